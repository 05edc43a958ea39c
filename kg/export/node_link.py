"""Node-link JSON, as networkx reads it: `networkx.node_link_graph(json.load(file), edges="edges")`; D3 wants the same.

Ends of edges are ids, not places in a list. The edge's id is its key too, so that parallel edges stay apart.
"""

from __future__ import annotations

from kg.export.json_lines import write_list
from kg.export.source import Cells, Source, Tally
from kg.staging import Staging

__all__ = ["FILE", "write"]

FILE = "graph.json"


def write(source: Source, files: Staging) -> Tally:
    """Write the file; how many nodes and edges are in it."""
    node_cells, edge_cells = Cells.nodes(), Cells.edges()
    with files.text(FILE) as out:
        out.write('{"directed":true,"multigraph":true,"graph":{"name":"kg"},\n"nodes":')
        nodes = write_list(out, (node_cells.fields(row) for row in source.nodes()))
        out.write(',\n"edges":')
        edges = write_list(out, ({"key": row.id} | edge_cells.fields(row) for row in source.edges()))
        out.write("}\n")
    return Tally(nodes=nodes, edges=edges)
