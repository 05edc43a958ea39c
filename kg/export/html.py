"""The page of `kg view`, among the exports. It draws what can be drawn; its tally is of what it draws."""

from __future__ import annotations

from kg.export.source import Source, Tally
from kg.staging import Staging

__all__ = ["FILE", "write"]

FILE = "graph.html"


def write(source: Source, files: Staging) -> Tally:
    """Write the file; how many nodes and edges it draws."""
    from kg.view.page import render

    page = render(source.projection)
    with files.text(FILE) as out:
        out.write(page.html)
    return Tally(nodes=page.nodes, edges=page.edges)
