"""Records and namings become rows and triples: every paper of a first build, or those that changed.

A paper's share is a pure function of its record and its naming, so workers make it; things follow, each with the
facts that lead from it. Quads go to the store as they come: none is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

from kg.flow.progress import Progress
from kg.flow.workshop import Workshop
from kg.graph import Contribution
from kg.rdf.quads import contribution_quads, thing_quads
from kg.store import Part, Publication, StoredGraph, Things, part_of
from kg.store.graph import Described, Share, unpack_described, unpack_share
from kg.store.search import WordRow, words_of_thing

_PAPERS = 64
_THINGS = 256
_FEW = 2000
"""Papers that one process has done before others have started."""
_FEW_THINGS = 10_000
Item = TypeVar("Item")

__all__ = ["changed_lines", "every_line", "renew_changed", "renew_every"]


def renew_every(
    graph: StoredGraph, publication: Publication, workshop: Workshop, *, progress: Progress
) -> Iterator[bytes]:
    """Write the rows of every paper's contribution, after `Publication.clear`, and gather its words; their N-Quads in blocks, as they come."""
    total = graph.count_papers()
    progress("graph", 0, total)
    results = workshop.map(_maker, _batches(graph.shares(), _PAPERS), worth_it=total > _FEW)
    done = 0
    with publication.contributing() as add:
        for parts, block in results:
            add(parts)
            yield block
            done += len(parts)
            progress("graph", done, total)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def _maker() -> Callable[[list[Share]], tuple[list[Part], bytes]]:
    return _made


def _made(batch: list[Share]) -> tuple[list[Part], bytes]:
    """What a batch of papers adds to the tables and to the triples."""
    contributions = [unpack_share(share) for share in batch]
    return [part_of(one) for one in contributions], _block(contribution_quads(one) for one in contributions)


def _block(pieces: Iterable[list[str]]) -> bytes:
    """The lines of all pieces as they go to the store: in bytes already, since the process that collects them is the one that waits."""
    return "".join(f"{line}\n" for piece in pieces for line in piece).encode()


def every_line(
    graph: StoredGraph, publication: Publication, workshop: Workshop, *, progress: Progress
) -> Iterator[bytes]:
    """Gather the words of every thing, after `renew_every`; the N-Quads of things in blocks, as they come."""
    total = graph.count_things()
    progress("triples", 0, total)
    batches = _batches(graph.described(), _THINGS)
    results = workshop.map(_describer, batches, worth_it=total > _FEW_THINGS)
    done = 0
    for words, block in results:
        publication.gather_words(words)
        yield block
        done = min(done + _THINGS, total)
        progress("triples", done, total)


def _describer() -> Callable[[list[Described]], tuple[list[tuple[str, WordRow]], bytes]]:
    return _described


def _described(batch: list[Described]) -> tuple[list[tuple[str, WordRow]], bytes]:
    """The words of a batch of things, each with the thing's id, and their N-Quads."""
    pairs = [unpack_described(described) for described in batch]
    words = [(thing.id, row) for thing, _ in pairs for row in words_of_thing(thing)]
    return words, _block(thing_quads(thing, facts) for thing, facts in pairs)


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


def changed_lines(
    old: StoredGraph, new: StoredGraph, things: Things
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """N-Quads lines that go and lines that come, for every changed paper and thing."""
    for paper_id in things.changed_papers():
        yield _difference(*(_own(graph.contribution(paper_id)) for graph in (old, new)))
    for thing_id in things.changed_things():
        yield _difference(*_of_thing(old.described_thing(thing_id), new.described_thing(thing_id)))


def _difference(before: Iterable[str], after: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    going, coming = frozenset(before), frozenset(after)
    return going - coming, coming - going


def _own(contribution: Contribution | None) -> list[str]:
    return contribution_quads(contribution) if contribution is not None else []


def _of_thing(old: Described | None, new: Described | None) -> tuple[list[str], list[str]]:
    """The lines of a thing as it was and as it is, without those of facts that stayed as they were.

    A thing that everybody names has thousands of facts, of which a paper more changes a few. What a concept scheme
    says of kinds (`isA`) always counts: one of its lines may be one of the thing's own.
    """
    before, after = (_by_fact(described) for described in (old, new))
    stayed = {fact for fact, rows in before.items() if fact[0] != "isA" and after.get(fact) == rows}
    return _lines_of(old, stayed), _lines_of(new, stayed)


def _by_fact(described: Described | None) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    """The rows of `links` of a thing, by predicate and object."""
    rows = described[2] if described is not None else ()
    return {fact: list(found) for fact, found in groupby(rows, key=itemgetter(1, 2))}


def _lines_of(described: Described | None, without: set[tuple[str, str]]) -> list[str]:
    if described is None:
        return []
    row, members, links = described
    thing, facts = unpack_described((row, members, tuple(link for link in links if link[1:3] not in without)))
    return thing_quads(thing, facts)
