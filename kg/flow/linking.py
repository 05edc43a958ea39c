"""Names of the papers that changed go to the linker; what it says changed goes to the things of the folder.

The linker keeps its state in tables of the same database, so it is published, or not, with everything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.domain import Record
from kg.flow.progress import Progress
from kg.flow.settings import Settings
from kg.link import Name, hierarchy, names
from kg.link.linker import Linker
from kg.store import StoredGraph, Things, Writer

__all__ = ["relink"]

_TOLD_EVERY = 512


def relink(
    writer: Writer, graph: StoredGraph, things: Things, settings: Settings, *, anew: bool, progress: Progress
) -> None:
    """Bring the things in line with the papers that are marked as changed; anew: link every paper again."""
    papers = () if anew else tuple(things.changed_papers())
    if anew:
        writer.drop_tables("link_")
    linker = Linker(writer.connection, authority=settings.authority, curation=settings.curation)
    found = graph.records() if anew else _records(graph, papers)
    total = graph.count_papers() if anew else len(papers)
    delta = linker.update(_names(found, total, progress), papers)
    if anew:
        things.replace(linker.things())
    else:
        for thing_id in delta.gone:
            things.drop(thing_id)
        for thing in linker.things(delta.changed):
            things.put(thing)
    things.set_hierarchy(hierarchy(graph.concepts(), settings.authority))
    progress("link", total, total)


def _records(graph: StoredGraph, papers: tuple[str, ...]) -> Iterator[Record]:
    for paper_id in papers:
        record = graph.record(paper_id)
        if record is not None:
            yield record


def _names(records: Iterator[Record], total: int, progress: Progress) -> Iterator[Name]:
    progress("link", 0, total)
    for done, record in enumerate(records, 1):
        yield from names(record)
        if done % _TOLD_EVERY == 0:
            progress("link", done, total)
