"""Cytoscape JSON: elements with ids and positions, for cytoscape.js and for Cytoscape's *File > Import > Network*.

The column `name` repeats the label: Cytoscape on the desktop shows it by default.
"""

from __future__ import annotations

from kg.export.json_lines import write_list
from kg.export.source import Cells, Source, Tally
from kg.staging import Staging

__all__ = ["FILE", "write"]

FILE = "graph.cyjs"


def write(source: Source, files: Staging) -> Tally:
    """Write the file; how many nodes and edges are in it."""
    node_cells, edge_cells = Cells.nodes(), Cells.edges()
    placed = (
        {"data": node_cells.fields(row) | {"name": row.label}, "position": {"x": x, "y": y}}
        for row, (x, y) in source.placed()
    )
    linked = ({"data": edge_cells.fields(row) | {"name": row.label}} for row in source.edges())
    with files.text(FILE) as out:
        out.write('{"format_version":"1.0","generated_by":"kg","target_cytoscapejs_version":"~3.0",\n')
        out.write('"data":{"name":"kg"},\n"elements":{\n"nodes":')
        nodes = write_list(out, placed)
        out.write(',\n"edges":')
        edges = write_list(out, linked)
        out.write("}}\n")
    return Tally(nodes=nodes, edges=edges)
