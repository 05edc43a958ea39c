"""Names of the papers that changed go to the linker; what it says changed goes to the things of the folder.

The linker keeps its state in tables of the same database, so it is published, or not, with everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from kg.domain import Record
from kg.flow.progress import Progress
from kg.flow.settings import Settings
from kg.flow.workshop import Workshop
from kg.link import Authority, Curation, Name, hierarchy, names
from kg.link.assembly import Parts, assembled
from kg.link.linker import Linker
from kg.link.places import further, place_rows
from kg.link.state import NamesAndPlaces
from kg.link.tables import name_row
from kg.store import StoredGraph, Things, Writer
from kg.store.graph import Named, unpack_named
from kg.store.things import ThingRows, thing_rows

__all__ = ["relink"]

_TOLD_EVERY = 512
_PAPERS = 256
_FEW = 4000
"""Papers whose names one process has made before others have started."""


def relink(
    writer: Writer,
    graph: StoredGraph,
    things: Things,
    settings: Settings,
    workshop: Workshop,
    *,
    anew: bool,
    progress: Progress,
) -> None:
    """Bring the things in line with the papers that are marked as changed; anew: link every paper again."""
    if anew:
        writer.drop_tables("link_")
    linker = Linker(writer.connection, authority=settings.authority, curation=settings.curation)
    if anew:
        total = graph.count_papers()
        linker.begin(_every_batch(graph, settings, workshop, total, progress))
        if things.none():
            make = partial(_assembler, settings.authority, settings.curation)
            things.begin(workshop.map(make, linker.parts(), worth_it=total > _FEW))
        else:
            things.replace(linker.things())
    else:
        papers = tuple(things.changed_papers())
        total = len(papers)
        delta = linker.update(_names(_records(graph, papers), total, progress), papers)
        for thing_id in delta.gone:
            things.drop(thing_id)
        for thing in linker.things(delta.changed):
            things.put(thing)
    things.set_hierarchy(hierarchy(graph.concepts(), settings.authority))
    progress("link", total, total)


def _every_batch(
    graph: StoredGraph, settings: Settings, workshop: Workshop, total: int, progress: Progress
) -> Iterator[NamesAndPlaces]:
    progress("link", 0, total)
    done = 0
    make = partial(_maker, settings.authority, settings.curation)
    for rows in workshop.map(make, _batches(graph.named()), worth_it=total > _FEW):
        yield rows
        done = min(done + _PAPERS, total)
        progress("link", done, total)


def _batches(named: Iterator[Named]) -> Iterator[list[Named]]:
    while batch := list(islice(named, _PAPERS)):
        yield batch


def _maker(authority: Authority, curation: Curation) -> Callable[[list[Named]], NamesAndPlaces]:
    others = partial(further, authority=authority, curation=curation)

    def rows(batch: list[Named]) -> NamesAndPlaces:
        found = [name for named in batch for name in names(unpack_named(named))]
        return [name_row(name) for name in found], list(place_rows(sorted({name.key for name in found}), others))

    return rows


def _assembler(authority: Authority, curation: Curation) -> Callable[[Parts], list[ThingRows]]:
    return lambda parts: [thing_rows(thing) for thing in assembled(parts, authority, curation)]


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
