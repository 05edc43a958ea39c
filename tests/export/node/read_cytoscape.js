// Loads a Cytoscape JSON file into cytoscape.js without a screen and tells what is there, as JSON on standard output.
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";

const document = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const graph = cytoscape({ headless: true, elements: document.elements });
const nodes = graph.nodes().map((node) => ({ ...node.data(), position: node.position() }));
const edges = graph.edges().map((edge) => edge.data());
process.stdout.write(JSON.stringify({ nodes, edges }));
