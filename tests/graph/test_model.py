"""The graph in memory: sorted, counted, independent of order."""

from __future__ import annotations

import itertools

import pytest

from kg.domain import EntityType, Thing
from kg.errors import LinkError
from kg.graph import MemoryGraph, sentence_of
from tests import samples


def test_the_order_of_papers_changes_nothing() -> None:
    """Every order of the records gives the same facts, claims and counts."""
    given = samples.records()
    expected = samples.graph()
    for order in itertools.permutations(given):
        graph = MemoryGraph.of(order, reversed(samples.things(given)))
        assert list(graph.facts()) == list(expected.facts())
        assert list(graph.claims()) == list(expected.claims())
        assert graph.counts() == expected.counts()


def test_facts_gather_the_evidence_of_all_papers() -> None:
    """Two papers say that QuickNet beats SlowNet; the fact has both, and is surer than either."""
    fact = next(f for f in samples.graph().facts() if (f.predicate, f.subject) == ("outperforms", "thing/quicknet"))
    assert fact.papers == ("p1", "p2")
    assert fact.score == pytest.approx(1 - (1 - 0.7) * (1 - 0.8))


def test_everything_is_sorted() -> None:
    """Iterators come by id."""
    graph = samples.graph()
    assert [t.id for t in graph.things()] == sorted(t.id for t in graph.things())
    assert [c.id for c in graph.claims()] == sorted(c.id for c in graph.claims())
    keys = [(f.subject, f.predicate, f.object) for f in graph.facts()]
    assert keys == sorted(set(keys))


def test_counts_add_up() -> None:
    """Nodes are papers, things and claims; edges are facts; relations those between things."""
    graph = samples.graph()
    counts = graph.counts()
    assert counts.nodes == 3 + len(list(graph.things())) + len(list(graph.claims()))
    assert counts.edges == len(list(graph.facts()))
    assert counts.relations == sum(f.subject.startswith("thing/") for f in graph.facts())
    assert counts.set_aside == 1


def test_authority_facts_have_no_paper() -> None:
    """A hierarchy pair becomes an isA fact of stage authority."""
    given = samples.records()
    graph = MemoryGraph.of(given, samples.things(given), hierarchy=[("thing/quicknet", "thing/slownet")])
    fact = next(f for f in graph.facts() if f.predicate == "isA")
    assert (fact.papers, fact.evidence[0].stage, fact.score) == ((), "authority", 1.0)
    assert sentence_of(graph, fact.evidence[0]) == ""


def test_sentence_of_gives_the_words() -> None:
    """Evidence is a pointer into the paper's text."""
    graph = samples.graph()
    fact = next(f for f in graph.facts() if f.predicate == "usedFor")
    assert sentence_of(graph, fact.evidence[0]) == "We propose QuickNet for image sorting."


def test_two_things_with_one_id_are_an_error() -> None:
    """Linking must not give an id twice."""
    thing = Thing(id="thing/x", label="x", type=EntityType.TASK)
    with pytest.raises(LinkError, match="thing/x"):
        MemoryGraph.of((), (thing, thing))
