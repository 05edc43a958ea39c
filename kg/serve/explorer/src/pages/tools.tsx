// For graph tools: which file, which steps, what is in each column.

import { Heading } from "../parts/frame";

interface Tool {
  name: string;
  formats: string[];
  files: string[];
  steps: string[];
  inside: string;
}

const TOOLS: Tool[] = [
  {
    name: "Gephi",
    formats: ["gexf"],
    files: ["graph.gexf"],
    steps: [
      "File › Open, choose graph.gexf, keep “Directed” and “Append” as they are offered.",
      "Places, colours and sizes are in the file: it opens as a picture. Run a layout only if you want another.",
      "Filters › Attributes › Partition › type keeps some types; Range › papers keeps what is well known.",
    ],
    inside: "Every node and edge column below, and the place, colour and size of each node.",
  },
  {
    name: "Cytoscape",
    formats: ["cx2", "graphml"],
    files: ["graph.cx2", "graph.graphml"],
    steps: [
      "File › Import › Network from File, choose graph.cx2: it comes with its places and its style.",
      "Cytoscape before 3.10 takes graph.graphml; in Style, map Fill Color to type and Size to papers.",
    ],
    inside: "Every column below. Each edge has an id of its own, so parallel edges stay apart.",
  },
  {
    name: "Neo4j",
    formats: ["neo4j"],
    files: ["neo4j-nodes.csv", "neo4j-edges.csv", "neo4j-import.sh", "neo4j-load.cypher", "neo4j-schema.cypher"],
    steps: [
      "A new, stopped database: sh neo4j-import.sh, then start it and run neo4j-schema.cypher.",
      "A running server: copy the two CSV files to its import directory, then cypher-shell -f neo4j-load.cypher.",
      "MATCH (m:Method)-[r]->(d:Dataset) RETURN m.label, type(r), d.label LIMIT 50",
    ],
    inside: "Labels by type (an architecture is a method too), relationships by relation, numbers as numbers.",
  },
  {
    name: "networkx, igraph",
    formats: ["graphml", "json"],
    files: ["graph.graphml", "graph.json"],
    steps: [
      'networkx.read_graphml("graph.graphml") gives a MultiDiGraph.',
      'igraph.Graph.Read_GraphML("graph.graphml") gives a directed graph.',
      'networkx.node_link_graph(json.load(open("graph.json")), edges="links") reads the other one, as D3 does.',
    ],
    inside: "Every column below as plain numbers and texts; what is unknown is left out.",
  },
  {
    name: "DataFrames and spreadsheets",
    formats: ["parquet", "csv"],
    files: ["nodes.parquet", "edges.parquet", "nodes.csv", "edges.csv"],
    steps: [
      'nodes = pandas.read_parquet("nodes.parquet"); edges = pandas.read_parquet("edges.parquet")',
      'edges.merge(nodes, left_on="target", right_on="id")',
      "The CSV files open in any spreadsheet: no cell of theirs is run as a formula.",
    ],
    inside: "The two tables below, one row a node and one row an edge.",
  },
  {
    name: "Any triple store",
    formats: ["turtle", "nquads-full"],
    files: ["graph.ttl", "graph-full.nq"],
    steps: [
      "Load graph.ttl for papers, things, claims and the edges between them.",
      "Load graph-full.nq for all evidence too, in two named graphs: graph/facts and graph/evidence.",
      "Load ontology/kg.ttl beside it for the classes, the properties and what they mean.",
    ],
    inside: "Nodes are IRIs that do not change when papers are added; there are no blank nodes.",
  },
];

const COLUMNS: [string, [string, string][]][] = [
  [
    "A node",
    [
      ["id", "thing/…, paper/… or claim/…; the last part of its address here"],
      ["label", "its name; the title of a paper"],
      ["kind, type", "thing, paper or claim, and its class: Task, Method, Architecture, Dataset, Metric, Paper, Result, …"],
      ["papers", "how many papers name it"],
      ["first_year, last_year", "of those papers"],
      ["score", "how sure a claim is, from 0 to 1"],
      ["iri, concept, broader", "its whole address, the concept it was linked to, what is above it"],
      ["aliases", "all names seen, the most frequent first"],
      ["text", "the sentence of a claim, the abstract of a paper"],
      ["date, venue, authors, doi, arxiv, url", "of a paper"],
      ["paper, subject, predicate, object, metric, value, dataset", "of a claim: its paper, and its parts as written; *_id where one is a thing of the graph"],
      ["polarity, quantity_kind, quantity_low, quantity_high, quantity_unit", "of a claim: whether it denies, and its value as a number"],
    ],
  ],
  [
    "An edge",
    [
      ["id", "source, relation and target; no two are alike"],
      ["source, target", "ids of nodes"],
      ["relation, label", "usedFor, evaluatedOn, outperforms, …, and how it reads"],
      ["papers", "how many papers say so"],
      ["score, weight", "how sure it is, from 0 to 1, and its weight for layouts"],
      ["evidence, sentences, paper_ids, stages", "how many sentences, the sentences, the papers, and what found them"],
      ["first_year, last_year", "of the papers that say so"],
    ],
  ],
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
              <b>{tool.files.length > 1 ? "Files" : "File"}:</b> {tool.files.join(", ")}
            </p>
            <pre tabIndex={0} aria-label={`Command for ${tool.name}`}>
              kg export GRAPH {tool.formats.join(" ")} -o DIR
            </pre>
            <ol>
              {tool.steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
            <p class="soft">{tool.inside}</p>
          </section>
        ))}
      </div>
      <h2>What is in each column</h2>
      {COLUMNS.map(([what, columns]) => (
        <div class="wide-table" tabIndex={0} role="region" aria-label={`Columns: ${what}`}>
          <table>
            <thead>
              <tr>
                <th>{what}</th>
                <th>says</th>
              </tr>
            </thead>
            <tbody>
              {columns.map(([names, says]) => (
                <tr>
                  <td>
                    <code>{names}</code>
                  </td>
                  <td>{says}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
      <h2>Only a part of it</h2>
      <p>Every export takes the same filters:</p>
      <pre tabIndex={0} aria-label="Filters">
        kg export GRAPH gexf -o DIR --type Method --relation outperforms --min-papers 2 --min-score 0.5{"\n"}
        kg export GRAPH graphml -o DIR --around thing/transformer --depth 2
      </pre>
    </article>
  );
}
