// For graph tools: which file, which steps, what is in each column.

import { Heading } from "../parts/frame";

interface Tool {
  name: string;
  file: string;
  command: string;
  steps: string[];
  inside: string;
}

const TOOLS: Tool[] = [
  {
    name: "Gephi",
    file: "graph.gexf",
    command: "kg export GRAPH gexf -o DIR",
    steps: ["File › Open, choose graph.gexf, keep “Directed”.", "Positions, colours and sizes are in the file; run a layout only if you want another.", "Filters › Attributes › type keeps one type of node."],
    inside: "Nodes: id, label, type, papers, position, colour, size. Edges: id, relation, papers, confidence, years.",
  },
  {
    name: "Cytoscape",
    file: "graph.cx2, graph.graphml",
    command: "kg export GRAPH cx2 graphml -o DIR",
    steps: ["File › Import › Network from File, choose graph.cx2 (or graph.graphml).", "In Style, map fill colour to type and width to papers."],
    inside: "The same columns; every edge has an id of its own, so parallel edges stay apart.",
  },
  {
    name: "Neo4j",
    file: "neo4j/",
    command: "kg export GRAPH neo4j -o DIR",
    steps: ["Put the CSV files into the import folder of an empty database.", "Run the neo4j-admin command that stands in the folder, or the Cypher file in the browser.", "MATCH (m:Method)-[r:EVALUATED_ON]->(d:Dataset) RETURN m, r, d LIMIT 50"],
    inside: "Nodes with labels by type; relationships by relation, with papers and confidence as numbers.",
  },
  {
    name: "networkx, igraph",
    file: "graph.graphml, graph.node-link.json",
    command: "kg export GRAPH graphml node-link -o DIR",
    steps: ["networkx.read_graphml(\"graph.graphml\") gives a MultiDiGraph.", "igraph.Graph.Read_GraphML(\"graph.graphml\") gives a directed graph."],
    inside: "Attributes are plain numbers and texts, so no reader has to guess.",
  },
  {
    name: "DataFrames",
    file: "nodes.parquet, edges.parquet, or .csv",
    command: "kg export GRAPH parquet csv -o DIR",
    steps: ["pandas.read_parquet(\"edges.parquet\")", "Join edges.source and edges.target with nodes.id."],
    inside: "nodes: id, label, type, papers, …; edges: source, relation, target, papers, confidence, first and last year.",
  },
  {
    name: "Any triple store",
    file: "graph.nq, graph.ttl, graph.jsonld",
    command: "kg export GRAPH nquads turtle -o DIR",
    steps: ["Load graph.nq to keep facts and evidence in two named graphs, or graph.ttl for one graph.", "Load ontology/kg.ttl beside it for the classes and their hierarchy."],
    inside: "Papers, things, claims, facts with confidence, and the passages that state them.",
  },
];

export function ToolsPage() {
  return (
    <article class="page">
      <Heading title="For graph tools">For graph tools</Heading>
      <p class="lead">
        Which file to take where. <code>kg export --list</code> tells every format.
      </p>
      <div class="toolcards">
        {TOOLS.map((tool) => (
          <section>
            <h2>{tool.name}</h2>
            <p>
              <b>File:</b> {tool.file}
            </p>
            <pre tabIndex={0} aria-label={`Command for ${tool.name}`}>{tool.command}</pre>
            <ol>
              {tool.steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
            <p class="soft">{tool.inside}</p>
          </section>
        ))}
      </div>
      <h2>Only a part of it</h2>
      <p>Every export takes the same filters:</p>
      <pre tabIndex={0} aria-label="Filters">
        kg export GRAPH gexf -o DIR --type Method --relation outperforms --min-papers 2 --min-score 0.5{"\n"}
        kg export GRAPH graphml -o DIR --around thing/transformer --depth 2
      </pre>
    </article>
  );
}
