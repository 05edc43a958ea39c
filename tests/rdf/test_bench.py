"""How fast questions are on the engine and on rdflib: ratios are printed, nothing fails on time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from kg.graph import MemoryGraph
from kg.rdf.quads import lines
from kg.rdf.query import query
from kg.rdf.questions import question, resolve
from kg.rdf.terms import PREFIXES

COPIES = 40
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
    store = Store()
    store.bulk_load(input=text.encode(), format=RdfFormat.N_QUADS)
    other = rdflib.Graph()
    for subject, predicate, target, _ in rdflib.Dataset().parse(data=text, format="nquads").quads():
        other.add((subject, predicate, target))
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
