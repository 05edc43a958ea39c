"""Files of the graph for other programs: one module a format, all from one projection with the same counts.

In: a graph, names of formats, filters. Out: files, each whole or not there at all. See `kg.export.formats` for the
table of formats, `kg.graph.columns` for what is in each column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.callable_module import make_callable
from kg.export.formats import FORMATS, Format, find
from kg.export.source import Source, Tally
from kg.graph.filters import Filters
from kg.graph.model import Graph
from kg.graph.projection import Projection
from kg.staging import Staging

__all__ = ["FORMATS", "Exported", "Filters", "Format", "Tally", "export", "find"]

make_callable(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written: its format, how many nodes and edges that format holds, and its size in bytes."""

    format: str
    path: Path
    nodes: int
    edges: int
    bytes: int


def export(
    graph: Graph, formats: Sequence[str], directory: str | Path, *, filters: Filters | None = None
) -> tuple[Exported, ...]:
    """Write the graph, or what the filters keep of it, in each of these formats; the files by format and name.

    Every format is complete in the directory before the next one is begun. Same graph, same bytes. Raises UsageError
    for a format that is not there, ExportError where a file cannot be written; then the files of that format are as
    they were before.
    """
    wanted = [find(name) for name in dict.fromkeys(formats)]
    target = Path(directory)
    written: list[Exported] = []
    projection = Projection(graph, filters)
    with Staging(target), Source(projection, target) as source:
        for entry in wanted:
            with Staging(target) as files:
                tally = entry.load()(source, files)
                names = files.names
            for name in names:
                path = target / name
                size = path.stat().st_size
                written.append(Exported(format=entry.name, path=path, nodes=tally.nodes, edges=tally.edges, bytes=size))
    return tuple(written)
