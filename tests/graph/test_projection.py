"""The rows that every export writes: counts, order, safety."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from kg.codec import read_records
from kg.domain import Paper, Record
from kg.graph import MemoryGraph
from kg.graph.projection import Projection
from tests import samples
from tests.export.corpora import gold_graph


def test_counts_are_those_of_the_graph() -> None:
    """Without filters: as many nodes and edges as the graph says, and every edge has both its ends."""
    graph = samples.graph()
    projection = Projection(graph)
    nodes, edges = list(projection.nodes()), list(projection.edges())
    assert (len(nodes), len(edges)) == (graph.counts().nodes, graph.counts().edges)
    ids = [row.id for row in nodes]
    assert ids == sorted(set(ids))
    assert {row.source for row in edges} | {row.target for row in edges} <= set(ids)


def test_counts_on_real_records() -> None:
    """The same on the annotated abstracts, where they are."""
    graph = gold_graph()
    projection = Projection(graph)
    counts = graph.counts()
    edge_ids = [row.id for row in projection.edges()]
    assert (sum(1 for _ in projection.nodes()), len(set(edge_ids))) == (counts.nodes, counts.edges)


def test_the_order_of_papers_changes_nothing() -> None:
    """Every order of the records gives the same rows."""
    given_records = samples.records()
    expected = Projection(samples.graph())
    for order in itertools.permutations(given_records):
        projection = Projection(MemoryGraph.of(order, samples.things(given_records)))
        assert list(projection.nodes()) == list(expected.nodes())
        assert list(projection.edges()) == list(expected.edges())


def test_unsafe_ids_years_and_names() -> None:
    """A paper with a hostile id, title and year gives rows that are safe."""
    paper = Paper(id='"><b>\x00', title="\x00\ufffe", text="a\ud800", year=10**12, url="javascript:alert(1)")
    row = next(Projection(MemoryGraph.of((Record(paper=paper),), ())).nodes())
    assert row.label == "\ufffd\ufffd"
    assert row.text == "a\ufffd"
    assert row.first_year is None
    assert re.fullmatch(r"paper/[a-z0-9.\-]+", row.id)


def test_records_of_elsewhere(tmp_path: Path) -> None:
    """A record with an id alone is a graph of one node."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"id": "x"}\n', encoding="utf-8")
    rows = list(Projection(MemoryGraph.of(read_records(path), ())).nodes())
    assert [(row.id, row.label, row.text) for row in rows] == [("paper/x", "paper/x", None)]
