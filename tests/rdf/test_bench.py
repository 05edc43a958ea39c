"""How fast questions are on the engine and on rdflib: ratios are printed, nothing fails on time.

    KG_GRAPH=graph KG_PART=400 python -m pytest -m bench -s tests/rdf/test_bench.py

asks the six questions about twenty things each on that folder, and, for the ratio to rdflib, on a part of it that rdflib can hold:
so many papers, spread evenly, with all that they say.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from kg.graph import MemoryGraph
from kg.rdf.quads import contribution_quads, lines, thing_quads
from kg.rdf.query import query
from kg.rdf.questions import question, resolve
from kg.rdf.terms import PREFIXES
from kg.store import Folder, StoredGraph
from tests.rdf.questions import asked_with, timed

COPIES = 40
FOLDER = os.environ.get("KG_GRAPH")
PART = int(os.environ.get("KG_PART", "400"))
THINGS = 20
ASKED = {
    "evaluated-on": {"dataset": "TownMaps"},
    "outperforms": {"method": "StoneNet"},
    "methods-for-task": {"task": "map reading"},
    "leaderboard": {"dataset": "TownMaps"},
    "co-occurring": {"thing": "BeaconNet"},
    "contradictions": {"a": "StoneNet"},
}


def _many(graph: MemoryGraph) -> str:
    """The papers so many times over, about the same things."""
    own = re.compile(r"/resource/(paper|claim|evidence)/")
    plain = list(lines(graph))
    made = {own.sub(rf"\g<0>n{number}", line) for line in plain for number in range(COPIES)}
    return "\n".join(sorted(made))


def _part(graph: StoredGraph, count: int) -> str:
    """The quads of so many papers, spread evenly over a graph, and of what they name; as N-Quads."""
    step = max(1, graph.counts().papers // count)
    chosen = {paper.id for paper in islice(graph.papers(), 0, step * count, step)}
    made: set[str] = set()
    named: set[str] = set()
    for contribution in filter(None, map(graph.contribution, sorted(chosen))):
        made.update(contribution_quads(contribution))
        named.update(node for fact in contribution.facts for node in (fact.subject, fact.object))
    for thing in filter(None, map(graph.thing, sorted(named))):
        facts = [fact for fact in graph.links_from(thing.id) if chosen & set(fact.papers)]
        members = tuple(member for member in thing.members if member.paper in chosen)
        made.update(thing_quads(replace(thing, members=members), facts))
    return "\n".join(sorted(made))


def _both(text: str) -> tuple[Store, rdflib.Graph]:
    """The same quads in the engine and in rdflib, both in memory."""
    store = Store()
    store.bulk_load(input=text.encode(), format=RdfFormat.N_QUADS)
    other = rdflib.Graph()
    for subject, predicate, target, _ in rdflib.Dataset().parse(data=text, format="nquads").quads():
        other.add((subject, predicate, target))
    return store, other


def _seconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def _count(other: rdflib.Graph, text: str) -> int:
    return len(other.query(text, initNs=PREFIXES))


@pytest.mark.bench
@pytest.mark.slow
def test_questions_on_two_engines(graph: MemoryGraph, capsys: pytest.CaptureFixture[str]) -> None:
    """Six questions of the pack, both engines in memory; every question has an answer."""
    text = _many(graph)
    store, other = _both(text)
    told = [f"{len(other)} triples; question, seconds on pyoxigraph, on rdflib, ratio"]
    for name, values in ASKED.items():
        asked = question(name)
        bound = asked.bind(resolve(store, asked, values))
        ours = min(_seconds(partial(query, store, bound)) for _ in range(3))
        theirs = _seconds(partial(_count, other, bound))
        assert _count(other, bound) > 0
        told.append(f"{name:18} {ours:9.4f} {theirs:9.4f} {theirs / ours:7.0f}")
    with capsys.disabled():
        print("\n" + "\n".join(told))


@pytest.mark.bench
@pytest.mark.slow
@pytest.mark.skipif(FOLDER is None, reason="KG_GRAPH names no graph folder")
def test_questions_on_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """Median and 95th percentile on the whole folder; medians on a part of it, against rdflib."""
    with Folder.open(str(FOLDER)) as folder:
        counts = folder.graph.counts()
        told = [f"{counts.papers} papers; question, asked, rows at most, median and 95th percentile in ms of processor"]
        for name in ASKED:
            took, most = timed(folder.triples, question(name), THINGS)
            millis = sorted(1000 * value for value in took)
            late = millis[min(len(millis) - 1, int(0.95 * len(millis)))]
            told.append(f"{name:18} {len(took):5} {most:6} {statistics.median(millis):9.1f} {late:9.1f}")
        text = _part(folder.graph, PART)
    store, other = _both(text)
    told.append(f"{PART} papers, {len(other)} triples; question, median ms on pyoxigraph, on rdflib, ratio")
    for name in ASKED:
        asked = question(name)
        bound = [asked.bind(values) for values in islice(asked_with(store, asked, 4), 4)]
        ours = statistics.median(min(_seconds(partial(query, store, text)) for _ in range(3)) for text in bound)
        theirs = statistics.median(_seconds(partial(_count, other, text)) for text in bound)
        told.append(f"{name:18} {1000 * ours:9.2f} {1000 * theirs:9.1f} {theirs / ours:7.0f}")
    with capsys.disabled():
        print("\n" + "\n".join(told))
