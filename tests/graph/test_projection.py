"""The rows that every export writes: counts, safety, filters, order."""

from __future__ import annotations

import dataclasses
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codec import read_records
from kg.domain import EntityType, Evidence, Member, Paper, Record, Thing
from kg.errors import UsageError
from kg.graph import MemoryGraph
from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, edge_values, join, node_values, safe_text
from kg.graph.filters import NODE_TYPES, RELATIONS, Filters, find_thing
from kg.graph.projection import Projection
from kg.graph.quotes import Quotes, sentence_around, strongest
from tests import samples
from tests.export.corpora import gold_graph

_XML = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def _ids(filters: Filters) -> tuple[set[str], set[str]]:
    projection = Projection(samples.graph(), filters)
    return {row.id for row in projection.nodes()}, {row.id for row in projection.edges()}


@given(st.text(st.integers(0, 0x10FFFF).map(chr)))
def test_safe_text_is_xml_on_one_line_and_settled(text: str) -> None:
    """Any code points at all give text that XML 1.0 allows, on one line; once more changes nothing."""
    safe = safe_text(text)
    assert _XML.fullmatch(safe)
    assert len(safe.splitlines()) <= 1
    assert safe == safe.strip() == safe_text(safe)
    safe.encode("utf-8")


@given(st.lists(st.text(st.characters(max_codepoint=0xD7FF))))
def test_joined_lists_come_apart_again(items: list[str]) -> None:
    """There are as many parts as there were items with anything in them."""
    kept = [safe_text(item).replace("|", "¦") for item in items if safe_text(item)]
    assert (join(items) or "").split(" | ") == (kept or [""])


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


def test_rows_fill_their_columns() -> None:
    """Required columns have a value, others the declared type or None."""
    python = {"string": str, "int": int, "double": float}
    projection = Projection(samples.graph())
    nodes = ((NODE_COLUMNS, node_values(row)) for row in projection.nodes())
    edges = ((EDGE_COLUMNS, edge_values(row)) for row in projection.edges())
    for columns, values in itertools.chain(nodes, edges):
        for column, value in zip(columns, values, strict=True):
            assert type(value) is python[column.type] or (value is None and not column.required), column


def test_the_order_of_papers_changes_nothing() -> None:
    """Every order of the records gives the same rows."""
    given_records = samples.records()
    expected = Projection(samples.graph())
    for order in itertools.permutations(given_records):
        projection = Projection(MemoryGraph.of(order, samples.things(given_records)))
        assert list(projection.nodes()) == list(expected.nodes())
        assert list(projection.edges()) == list(expected.edges())


def test_a_mention_is_quoted_with_its_sentence() -> None:
    """The evidence of a mention is the name alone; the edge shows the sentence around it."""
    edges = {row.id: row for row in Projection(samples.graph()).edges()}
    edge = edges["paper/p1:mentions:thing/slownet"]
    assert edge.sentences == "On TinyImages QuickNet beats SlowNet by 2.5% accuracy."
    assert edges["thing/quicknet:outperforms:thing/slownet"].papers == 2


def test_quotes_without_sentences() -> None:
    """A mention in a text of unknown sentences is quoted with the text; other evidence is a sentence by itself."""
    first = dataclasses.replace(samples.records()[0], sentences=())
    quotes = Quotes(MemoryGraph.of((first,), samples.things((first,))))
    assert quotes.quote(Evidence(paper="p1", start=3, end=5, stage="mentions")).text == first.paper.text
    assert quotes.quote(Evidence(paper="p1", start=0, end=10, stage="claims")).text == first.paper.text[:10]
    assert quotes.quote(Evidence(paper="p1", start=0, end=5, part="title", stage="mentions")).text == "Paper number 1"
    assert quotes.quote(Evidence(paper="", start=0, end=0, part="none", stage="authority")).text == ""
    assert sentence_around([(0, 4), (5, 9)], 3, 6).end == 9


def test_the_strongest_evidence_comes_from_different_papers() -> None:
    """Another paper's best goes before the second best of one."""
    evidence = [
        Evidence(paper="a", start=0, end=1, stage="s", score=0.9),
        Evidence(paper="a", start=2, end=3, stage="s", score=0.8),
        Evidence(paper="b", start=0, end=1, stage="s", score=0.1),
    ]
    assert [(item.paper, item.start) for item in strongest(evidence, 2)] == [("a", 0), ("b", 0)]


def test_no_filter_keeps_all() -> None:
    """The empty filter is recognised, so that nothing is held for it."""
    assert Filters().all
    assert not Filters(min_papers=1).all


def test_filter_by_type() -> None:
    """Method includes Architecture; edges stay where both ends do."""
    nodes, edges = _ids(Filters(types=("method",)))
    assert nodes == {"thing/gradient-dropping", "thing/quicknet", "thing/slownet"}
    assert edges == {
        "thing/quicknet:comparedWith:thing/slownet",
        "thing/quicknet:outperforms:thing/slownet",
        "thing/slownet:outperforms:thing/quicknet",
    }


def test_filter_by_relation_drops_what_it_leaves_alone() -> None:
    """Only the nodes that a kept edge touches stay."""
    nodes, edges = _ids(Filters(relations=("evaluatedon",)))
    assert nodes == {"thing/quicknet", "thing/tinyimages"}
    assert edges == {"thing/quicknet:evaluatedOn:thing/tinyimages"}


def test_filter_by_papers_support_and_score() -> None:
    """Things by the papers that name them, edges by those that state them, both by certainty."""
    assert {node for node in _ids(Filters(min_papers=3))[0] if node.startswith("thing/")} == {
        "thing/quicknet",
        "thing/slownet",
        "thing/tinyimages",
    }
    supported = {edge for edge in _ids(Filters(min_support=2))[1] if edge.startswith("thing/")}
    assert supported == {"thing/quicknet:outperforms:thing/slownet"}
    nodes, edges = _ids(Filters(min_score=0.85))
    assert {node for node in nodes if node.startswith("claim/")} == {"claim/p1-14be7467"}
    assert {edge for edge in edges if edge.startswith("thing/")} == {"thing/quicknet:outperforms:thing/slownet"}


def test_filter_by_year_is_as_if_no_other_paper_were_there() -> None:
    """The rows of 2020 are those of a graph of the papers of 2020."""
    second = samples.records()[1]
    alone = Projection(MemoryGraph.of((second,), samples.things((second,))))
    dated = Projection(samples.graph(), Filters(since=2020, until=2020))
    assert list(dated.edges()) == list(alone.edges())
    forms = {row.id: row for row in alone.nodes()}
    for row in dated.nodes():
        assert dataclasses.replace(row, aliases=None) == dataclasses.replace(forms.pop(row.id), aliases=None)
    assert forms == {}


def test_around_a_thing() -> None:
    """Depth 0 is the thing, depth 1 its neighbours in either direction; a relation narrows the steps too."""
    assert _ids(Filters(around="gradient dropping", depth=0)) == ({"thing/gradient-dropping"}, set())
    nodes, _ = _ids(Filters(around="GRADIENT  dropping"))
    assert nodes == {"thing/gradient-dropping", "paper/p2"}
    nodes, _ = _ids(Filters(around="TinyImages", relations=("evaluatedOn", "outperforms"), depth=2))
    assert nodes == {"thing/tinyimages", "thing/quicknet", "thing/slownet"}
    nodes, _ = _ids(Filters(around="image sorting", relations=("trainedOn",)))
    assert nodes == {"thing/image-sorting"}


def test_find_thing_by_any_name() -> None:
    """Id, the end of an id, IRI, label, alias; the label before an alias, then the better known."""
    made = (
        Thing(id="thing/a", label="Alpha", type=EntityType.TASK, aliases=(("beta", 1),), members=_members(3)),
        Thing(id="thing/b", label="Beta", type=EntityType.TASK, members=_members(1)),
        Thing(id="thing/c", label="Gamma", type=EntityType.TASK, aliases=(("g", 1),), members=_members(1)),
        Thing(id="thing/d", label="Delta", type=EntityType.TASK, aliases=(("G", 1),), members=_members(2)),
    )
    graph = MemoryGraph.of((), made)
    found = [find_thing(graph, name).id for name in ("thing/a", "b", "beta", "g", " gamma ")]
    assert found == ["thing/a", "thing/b", "thing/b", "thing/d", "thing/c"]
    with pytest.raises(UsageError, match=r"no thing is called 'Alfa' \(closest: Alpha"):
        find_thing(graph, "Alfa")
    with pytest.raises(UsageError, match="no things"):
        find_thing(MemoryGraph.of((), ()), "x")


def _members(number: int) -> tuple[Member, ...]:
    return tuple(Member(paper=f"p{n}", entity="x") for n in range(number))


@pytest.mark.parametrize(
    "wrong",
    [
        {"types": ("Metod",)},
        {"relations": ("beats",)},
        {"min_score": 1.5},
        {"depth": -1},
        {"since": 2021, "until": 2020},
    ],
)
def test_a_filter_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    """With what would do."""
    with pytest.raises(UsageError):
        Filters(**wrong)  # type: ignore[arg-type] # the wrong values are the point


def test_names_of_filters() -> None:
    """What may be asked for is what the ontology has."""
    assert {"Paper", "Thing", "Claim", "Architecture", "Result"} <= set(NODE_TYPES)
    assert {"mentions", "isA"} <= set(RELATIONS)


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
