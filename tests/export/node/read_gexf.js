// Reads a GEXF file with graphology-gexf and tells what it found, as JSON on standard output.
import { readFileSync } from "node:fs";
import graphology from "graphology";
import gexf from "graphology-gexf";

const graph = gexf.parse(graphology.MultiDirectedGraph, readFileSync(process.argv[2], "utf-8"));
const nodes = graph.mapNodes((id, attributes) => ({ id, ...attributes }));
const edges = graph.mapEdges((id, attributes, source, target) => ({ id, source, target, ...attributes }));
process.stdout.write(JSON.stringify({ nodes, edges }));
