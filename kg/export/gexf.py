"""GEXF 1.3 (https://gexf.net/schema.html) with colour, size and position, for Gephi and Gephi Lite.

Every edge has its relation as `kind`, so that parallel edges stay apart, and its papers as weight. Titles of
attributes differ by more than case, and none is called as Gephi's own columns are. No date is written: the same graph
gives the same file.
"""

from __future__ import annotations

from kg.export.source import Cells, Source, Tally
from kg.export.xml import attribute, element
from kg.graph.columns import EdgeRow, NodeRow
from kg.staging import Staging
from kg.view.colours import radius, rgb, style_of

__all__ = ["FILE", "write"]

FILE = "graph.gexf"

_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
    "<meta><creator>kg</creator><description>Knowledge graph of research abstracts</description></meta>\n"
    '<graph defaultedgetype="directed" idtype="string" mode="static">\n'
)
_TYPES = {"string": "string", "int": "integer", "double": "double"}


def _attributes(cells: Cells, domain: str) -> str:
    columns = "".join(
        f'<attribute id="{column.name}" title="{column.name}" type="{_TYPES[column.type]}"/>\n'
        for column in cells.columns
    )
    return f'<attributes class="{domain}" mode="static">\n{columns}</attributes>\n'


def _values(cells: Cells, row: NodeRow | EdgeRow) -> str:
    values = "".join(
        f'<attvalue for="{column.name}" value="{attribute(value)}"/>' for column, value in cells.known(row)
    )
    return f"<attvalues>{values}</attvalues>"


def _node(row: NodeRow, position: tuple[float, float], most: int, cells: Cells) -> str:
    red, green, blue = rgb(style_of(row.type).colour)
    look = (
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{radius(row.papers, most)}"/>'
        f'<viz:position x="{position[0]}" y="{-position[1] + 0.0}" z="0.0"/>'
    )
    return f'<node id="{attribute(row.id)}" label="{attribute(row.label)}">{_values(cells, row)}{look}</node>\n'


def _edge(row: EdgeRow, cells: Cells) -> str:
    ends = f'source="{attribute(row.source)}" target="{attribute(row.target)}"'
    about = f'kind="{element(row.relation)}" label="{attribute(row.label)}" weight="{row.weight}"'
    return f'<edge id="{attribute(row.id)}" {ends} {about}>{_values(cells, row)}</edge>\n'


def write(source: Source, files: Staging) -> Tally:
    """Write the file; how many nodes and edges are in it."""
    node_cells = Cells.nodes("id", "label")
    edge_cells = Cells.edges("id", "source", "target", "label", "weight")
    nodes = edges = 0
    with files.text(FILE) as out:
        out.write(_HEADER + _attributes(node_cells, "node") + _attributes(edge_cells, "edge"))
        out.write("<nodes>\n")
        for row, position in source.placed():
            out.write(_node(row, position, source.most, node_cells))
            nodes += 1
        out.write("</nodes>\n<edges>\n")
        for edge in source.edges():
            out.write(_edge(edge, edge_cells))
            edges += 1
        out.write("</edges>\n</graph>\n</gexf>\n")
    return Tally(nodes=nodes, edges=edges)
