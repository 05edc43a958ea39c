"""The graph as quads, in pieces that can be added and taken away by themselves.

A quad belongs to exactly one piece, so that a store updates by pieces and never counts references:

    contribution_quads(contribution)  the paper, its edges, passages, mentions, claims, and why it says each fact
    thing_quads(thing, facts)         the thing, its labels, the edges that lead from it, and how sure each one is

Two named graphs. Facts: papers, things, claims, edges. Evidence: one `akg:Fact` node an edge (`introduces` and those
between things) with its confidence, its number of papers and the passages that state it; one `akg:Passage` node a
sentence, shared by all that is said there; mentions are passages that name a thing. Where a fact has several evidences,
each has an `akg:Evidence` node with its own score and stage; a single one's are the fact's. The edges `mentions` and
`claims` need no fact node: the mention and the claim carry their own place and score. What was weighed: a node an
evidence always would add a fifth to the quads, and a store pays for each with about 150 bytes and 12 microseconds.

Lines are N-Quads; parts are joined as text and parsed where objects are wanted. Offsets are code points, as everywhere
in the program; a reader that counts UTF-16 units (JavaScript) must convert where the text leaves the Basic Multilingual
Plane. What it cannot do: aliases and reasons of a thing are told, the deciding between them is `kg.link`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph

from kg.domain import Fact, Thing
from kg.graph import Contribution, Graph
from kg.rdf.fact import fact_lines, fact_node
from kg.rdf.paper import claim_lines, mention_lines, paper_lines, passage_lines
from kg.rdf.terms import IN_FACTS, TERM, node
from kg.rdf.thing import thing_lines

__all__ = ["by_thing", "contribution_quads", "fact_node", "lines", "parse", "quads", "thing_quads"]

_BATCH = 512
"""Lines handed to the parser at once: enough to keep it busy, few enough to be nothing in memory."""


def contribution_quads(contribution: Contribution, *, full: bool = True, mentions: bool = True) -> list[str]:
    """What one paper brings, as N-Quads lines without line ends; each once, in no order that matters.

    full: with the evidence graph. mentions: with one node a mention in it (a quarter of all quads).
    """
    made = [paper_lines(contribution, full=full), claim_lines(contribution, full=full)]
    if full:
        own = (fact for fact in contribution.facts if fact.predicate == "introduces")
        made += [passage_lines(contribution), *map(fact_lines, own)]
        made += [mention_lines(contribution)] if mentions else []
    return list(dict.fromkeys(chain.from_iterable(made)))


def thing_quads(thing: Thing, facts: Iterable[Fact], *, full: bool = True) -> list[str]:
    """One thing and the facts that lead from it, as N-Quads lines without line ends; each once.

    What the concept scheme says of kinds is `skos:broader` too: a hierarchy that can be followed to any depth, which
    what single papers say cannot, because errors add up from step to step.

    facts: all that have the thing as subject, each with the evidence of all papers.
    """
    me = node(thing.id)
    made = list(thing_lines(thing, full=full))
    for fact in facts:
        made.append(f"{me} {TERM['akg:' + fact.predicate]} {node(fact.object)}{IN_FACTS}")
        if fact.predicate == "isA" and any(item.part == "none" for item in fact.evidence):
            made.append(f"{me} {TERM['skos:broader']} {node(fact.object)}{IN_FACTS}")
        if full:
            made.extend(fact_lines(fact))
    return list(dict.fromkeys(made))


def lines(graph: Graph, *, full: bool = True, mentions: bool = True, ordered: bool = False) -> Iterator[str]:
    """The whole graph as N-Quads lines without line ends, piece after piece; memory holds one piece.

    ordered: each piece sorted, so that all statements about a node stand together (a node belongs to one piece).
    """
    for contribution in graph.contributions():
        piece = contribution_quads(contribution, full=full, mentions=mentions)
        yield from sorted(piece) if ordered else piece
    for thing, facts in by_thing(graph):
        piece = thing_quads(thing, facts, full=full)
        yield from sorted(piece) if ordered else piece


def quads(graph: Graph, *, full: bool = True, mentions: bool = True) -> Iterator[pyoxigraph.Quad]:
    """The whole graph as quads, each once.

    full: with the evidence graph; without it, the facts alone.
    """
    return parse(lines(graph, full=full, mentions=mentions))


def parse(quad_lines: Iterable[str]) -> Iterator[pyoxigraph.Quad]:
    """N-Quads lines as quads."""
    return pyoxigraph.parse(input=io.BufferedReader(_Lines(quad_lines)), format=pyoxigraph.RdfFormat.N_QUADS)


class _Lines(io.RawIOBase):
    """Lines as the binary file that the parser reads from, so that none holds them all."""

    def __init__(self, quad_lines: Iterable[str]) -> None:
        self._lines = iter(quad_lines)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the stub's Buffer has no len
        if not self._rest:
            self._rest = b"".join(f"{line}\n".encode() for line in islice(self._lines, _BATCH))
        given = self._rest[: len(buffer)]
        buffer[: len(given)] = given
        self._rest = self._rest[len(given) :]
        return len(given)


def by_thing(graph: Graph) -> Iterator[tuple[Thing, list[Fact]]]:
    """Things with the facts that lead from each: both come sorted by id, so they are merged as they come."""
    facts = (fact for fact in graph.facts() if fact.subject.startswith("thing/"))
    waiting = next(facts, None)
    for thing in graph.things():
        own = []
        while waiting is not None and waiting.subject <= thing.id:
            if waiting.subject == thing.id:
                own.append(waiting)
            waiting = next(facts, None)
        yield thing, own
