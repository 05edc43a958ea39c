"""GraphML 1.0 (http://graphml.graphdrawing.org/specification.html), valid against its schema.

Read by yEd, Gephi, Cytoscape, igraph, networkx, graph-tool, NodeXL. Node and edge ids are unique over the whole file:
Gephi and yEd drop edges whose id is there already. The schema wants name tokens as ids, so `thing/bert` is written as
`thing:bert`; the column `kg_id` has the id as every other format has it.
"""

from __future__ import annotations

import re

from kg.export.source import Cells, Source, Tally
from kg.export.xml import attribute, element
from kg.graph.columns import Column
from kg.staging import Staging

__all__ = ["FILE", "token", "write"]

FILE = "graph.graphml"

_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_NO_TOKEN = re.compile(r"[^A-Za-z0-9.\-:]")


def token(node: str) -> str:
    """An id as an XML name token; a slug has neither slash nor colon, so that ids stay apart.

    >>> token("thing/bert:usedFor:thing/ner"), token("a_b")
    ('thing:bert:usedFor:thing:ner', 'a_5f_b')
    """
    return _NO_TOKEN.sub(lambda found: f"_{ord(found[0]):x}_", node.replace("/", ":"))


def _key(column: Column, name: str, domain: str) -> str:
    return (
        f'<key id="{domain[0]}_{name}" for="{domain}" attr.name="{name}" attr.type="{column.type}">'
        f"<desc>{element(column.meaning)}</desc></key>\n"
    )


def write(source: Source, files: Staging) -> Tally:
    """Write the file; how many nodes and edges are in it."""
    node_cells, edge_cells = Cells.nodes(), Cells.edges("source", "target")
    nodes = edges = 0
    with files.text(FILE) as out:
        out.write(_HEADER)
        for domain, cells in (("node", node_cells), ("edge", edge_cells)):
            out.writelines(_key(column, _named(column), domain) for column in cells.columns)
        out.write('<graph id="G" edgedefault="directed">\n')
        for row in source.nodes():
            data = "".join(f'<data key="n_{_named(c)}">{element(v)}</data>' for c, v in node_cells.known(row))
            out.write(f'<node id="{token(row.id)}">{data}</node>\n')
            nodes += 1
        for edge in source.edges():
            data = "".join(f'<data key="e_{_named(c)}">{element(v)}</data>' for c, v in edge_cells.known(edge))
            ends = f'source="{token(edge.source)}" target="{token(edge.target)}"'
            out.write(f'<edge id="{attribute(token(edge.id))}" {ends}>{data}</edge>\n')
            edges += 1
        out.write("</graph>\n</graphml>\n")
    return Tally(nodes=nodes, edges=edges)


def _named(column: Column) -> str:
    return "kg_id" if column.name == "id" else column.name
