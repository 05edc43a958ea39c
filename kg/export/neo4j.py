"""CSV for `neo4j-admin database import`, with the command, and Cypher for a server that is running.

In the header of each file stand the types that the importer wants (Neo4j operations manual, *Neo4j-admin import*). A
text that a spreadsheet would run as a formula has a blank before it, which `--trim-strings` and `trim()` take away.
Labels and types of relationships come from the ontology's names, never from text of a paper.
"""

from __future__ import annotations

import re

from kg.export.csv_cells import line
from kg.export.source import Cells, Source, Tally
from kg.graph.columns import Column, NodeRow
from kg.graph.filters import CLAIM_CLASSES, RELATIONS
from kg.graph.rules import CLASS_NAMES
from kg.staging import Staging

__all__ = ["COMMAND", "EDGES", "LOAD", "NODES", "SCHEMA", "labels", "relationship", "write"]

NODES, EDGES = "neo4j-nodes.csv", "neo4j-edges.csv"
COMMAND, SCHEMA, LOAD = "neo4j-import.sh", "neo4j-schema.cypher", "neo4j-load.cypher"

_TYPES = {"string": "string", "int": "long", "double": "double"}
_CLASSES = ("Paper", *sorted(CLASS_NAMES.values()), *sorted(CLAIM_CLASSES.values()))
_GUARD = " "

_COMMAND = f"""#!/bin/sh
# Loads the graph into a new, stopped database: sh {COMMAND} [database, neo4j if not given]
# Then start the server and run {SCHEMA}.
cd "$(dirname "$0")" || exit 1
exec neo4j-admin database import full "${{1:-neo4j}}" \\
  --nodes={NODES} \\
  --relationships={EDGES} \\
  --id-type=string \\
  --delimiter=, \\
  --array-delimiter=";" \\
  --quote='"' \\
  --trim-strings=true \\
  --overwrite-destination=true
"""

_SCHEMA = """CREATE CONSTRAINT node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;
CREATE INDEX node_label IF NOT EXISTS FOR (n:Node) ON (n.label);
"""


def relationship(relation: str) -> str:
    """A property of the ontology as Neo4j's style guide writes a type.

    >>> relationship("evaluatedOn")
    'EVALUATED_ON'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation).upper()


def labels(kind: str, type_name: str) -> tuple[str, ...]:
    """The labels of a node: Node, its kind, its class, and what that is a subclass of.

    >>> labels("thing", "Architecture")
    ('Node', 'Thing', 'Method', 'Architecture')
    """
    above = ("Method",) if type_name == "Architecture" else ()
    return tuple(dict.fromkeys(("Node", kind.capitalize(), *above, type_name)))


def _header(cells: Cells, *, first: tuple[str, ...], last: tuple[str, ...]) -> str:
    columns = tuple(f"{column.name}:{_TYPES[column.type]}" for column in cells.columns)
    return ",".join((*first, *columns, *last)) + "\n"


def _convert(column: Column) -> str:
    read = f"row.`{column.name}:{_TYPES[column.type]}`"
    cast = {"string": "trim({})", "int": "toInteger({})", "double": "toFloat({})"}[column.type]
    return f"{column.name}: " + cast.format(read)


def _load(node_cells: Cells, edge_cells: Cells) -> str:
    """Cypher that reads both files from the server's import directory; one statement a class and a relation."""
    kinds = {"Paper": "paper"} | dict.fromkeys(CLASS_NAMES.values(), "thing")
    node_values = ", ".join(_convert(column) for column in node_cells.columns)
    edge_values = ", ".join(_convert(column) for column in edge_cells.columns)
    statements = [_SCHEMA.replace(";\n", ";\n\n").rstrip()]
    for name in _CLASSES:
        named = "".join(f":{label}" for label in labels(kinds.get(name, "claim"), name) if label != "Node")
        statements.append(
            f"LOAD CSV WITH HEADERS FROM 'file:///{NODES}' AS row\n"
            f"WITH row WHERE row.`type:string` = '{name}'\n"
            "CALL (row) {\n  MERGE (n:Node {id: row.`id:ID`})\n"
            f"  SET n{named}\n  SET n += {{{node_values}}}\n}} IN TRANSACTIONS OF 1000 ROWS;"
        )
    for name in RELATIONS:
        statements.append(
            f"LOAD CSV WITH HEADERS FROM 'file:///{EDGES}' AS row\n"
            f"WITH row WHERE row.`relation:string` = '{name}'\n"
            "CALL (row) {\n  MATCH (s:Node {id: row.`:START_ID`})\n  MATCH (t:Node {id: row.`:END_ID`})\n"
            f"  MERGE (s)-[r:{relationship(name)} {{id: row.`id:string`}}]->(t)\n"
            f"  SET r += {{{edge_values}}}\n}} IN TRANSACTIONS OF 1000 ROWS;"
        )
    head = (
        f"// Copy {NODES} and {EDGES} to the server's import directory, then: cypher-shell -f {LOAD}\n"
        "// The server needs db.import.csv.legacy_quote_escaping=false: a backslash is text here, not an escape.\n"
    )
    return head + "\n\n".join(statements) + "\n"


def _label_cell(row: NodeRow) -> str:
    return ";".join(labels(row.kind, row.type))


def write(source: Source, files: Staging) -> Tally:
    """Write the two tables, the command and the Cypher; how many nodes and edges are in them."""
    node_cells, edge_cells = Cells.nodes("id"), Cells.edges("source", "target")
    nodes = edges = 0
    with files.text(NODES) as out:
        out.write(_header(node_cells, first=("id:ID",), last=(":LABEL",)))
        for row in source.nodes():
            out.write(line((row.id, *node_cells.all(row), _label_cell(row)), _GUARD))
            nodes += 1
    with files.text(EDGES) as out:
        out.write(_header(edge_cells, first=(":START_ID", ":END_ID"), last=(":TYPE",)))
        for edge in source.edges():
            ends = (edge.source, edge.target)
            out.write(line((*ends, *edge_cells.all(edge), relationship(edge.relation)), _GUARD))
            edges += 1
    scripts = ((COMMAND, _COMMAND), (SCHEMA, _SCHEMA), (LOAD, _load(node_cells, edge_cells)))
    for name, script in scripts:
        with files.text(name) as out:
            out.write(script)
    return Tally(nodes=nodes, edges=edges)
