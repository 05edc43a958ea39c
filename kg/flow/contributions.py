"""Records and namings become rows and triples: every paper of a first build, or those that changed.

A paper's share is a pure function of its record and its naming, so workers make it; things follow, each with the
facts that lead from it. Quads go to the store as they come: none is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice

from kg.domain import Fact
from kg.flow.progress import Progress
from kg.flow.workshop import Workshop
from kg.graph import Contribution
from kg.rdf.quads import contribution_quads, thing_quads
from kg.store import Part, Publication, StoredGraph, Things, part_of
from kg.store.graph import Share, unpack_share

_BATCH = 64
_FEW = 2000
"""Papers that one process has done before others have started."""

__all__ = ["changed_lines", "every_line", "renew_changed", "renew_every"]


def renew_every(
    graph: StoredGraph, publication: Publication, workshop: Workshop, *, progress: Progress
) -> Iterator[str]:
    """Write the rows of every paper's contribution, after `Publication.clear`; their N-Quads in blocks, as they come."""
    total = graph.count_papers()
    progress("graph", 0, total)
    results = workshop.map(_maker, _batches(graph.shares()), worth_it=total > _FEW, preload=(__name__,))
    done = 0
    for made in results:
        for part, block in made:
            publication.contribute(part)
            yield block
        done += len(made)
        progress("graph", done, total)


def _batches(shares: Iterator[Share]) -> Iterator[list[Share]]:
    while batch := list(islice(shares, _BATCH)):
        yield batch


def _maker() -> Callable[[list[Share]], list[tuple[Part, str]]]:
    return _made


def _made(batch: list[Share]) -> list[tuple[Part, str]]:
    """What a batch of papers adds to the tables and to the triples."""
    contributions = map(unpack_share, batch)
    return [(part_of(one), "\n".join(contribution_quads(one))) for one in contributions]


def every_line(graph: StoredGraph, progress: Progress) -> Iterator[str]:
    """The N-Quads of every thing, in blocks."""
    facts = groupby(graph.links(), key=lambda fact: fact.subject)
    subject, own = next(facts, ("", iter(())))
    total = graph.count_things()
    progress("triples", 0, total)
    for done, thing in enumerate(graph.things(), 1):
        while subject and subject < thing.id:
            subject, own = next(facts, ("", iter(())))
        mine: Iterable[Fact] = own if subject == thing.id else ()
        yield "\n".join(thing_quads(thing, mine))
        progress("triples", done, total)


def renew_changed(graph: StoredGraph, publication: Publication, things: Things, progress: Progress) -> None:
    """Bring the rows of changed papers up to date."""
    ids = tuple(things.changed_papers())
    progress("graph", 0, len(ids))
    for done, paper_id in enumerate(ids, 1):
        publication.take_back(paper_id)
        contribution = graph.contribution(paper_id)
        if contribution is not None:
            publication.contribute(part_of(contribution))
        progress("graph", done, len(ids))


def changed_lines(graph: StoredGraph, things: Things) -> Iterator[tuple[str, frozenset[str]]]:
    """(owner, N-Quads lines) of every changed paper and thing, as this graph has them; empty where it has them not."""
    for paper_id in things.changed_papers():
        contribution = graph.contribution(paper_id)
        yield f"paper {paper_id}", frozenset(_own(contribution))
    for thing_id in things.changed_things():
        thing = graph.thing(thing_id)
        yield thing_id, frozenset(thing_quads(thing, graph.links_from(thing_id)) if thing is not None else ())


def _own(contribution: Contribution | None) -> list[str]:
    return contribution_quads(contribution) if contribution is not None else []
