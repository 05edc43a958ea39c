"""The index of a graph: what it holds, and that it is the same however the papers came."""

from __future__ import annotations

from kg.graph import MemoryGraph
from kg.serve.index import Index, plain
from tests import samples


def _all(index: Index) -> dict[str, list[tuple[object, ...]]]:
    tables = ("papers", "things", "mentions", "links", "evidence", "claims", "forms", "communities")
    return {table: [tuple(row) for row in index.rows(f"SELECT * FROM {table}")] for table in tables}


def test_counts(index: Index) -> None:
    """Papers, things, links and claims are those of the graph."""
    counts = index.graph.counts()
    assert index.number("SELECT count(*) FROM papers") == counts.papers
    assert index.number("SELECT count(*) FROM things") == sum(counts.entities.values())
    assert index.number("SELECT count(*) FROM links") == counts.relations
    assert index.number("SELECT count(*) FROM claims") == sum(counts.claims.values())


def test_papers_and_links_of_a_thing_are_counted(index: Index) -> None:
    """A thing knows how many papers name it and how many links it has."""
    row = index.row("SELECT papers, links FROM things WHERE id = 'thing/quicknet'")
    assert row is not None
    named = [c for c in index.graph.contributions() if any(m.thing == "thing/quicknet" for m in c.mentions)]
    linked = [
        f for f in index.graph.facts() if f.subject.startswith("thing/") and "thing/quicknet" in (f.subject, f.object)
    ]
    assert tuple(row) == (len(named), len(linked))


def test_order_of_papers_changes_nothing(index: Index) -> None:
    """The same papers in another order give the same rows."""
    turned = tuple(reversed(samples.records()))
    other = Index.of(MemoryGraph.of(turned, tuple(reversed(samples.things(samples.records())))))
    assert _all(other) == _all(index)


def test_no_papers() -> None:
    """An empty graph has an index, and everything in it is empty."""
    index = Index.of(MemoryGraph.of((), ()))
    assert all(rows == [] for rows in _all(index).values())


def test_plain_forms() -> None:
    """Case, accents and punctuation do not matter; letters of other scripts stay."""
    assert plain("ResNet-50") == plain("resnet 50")
    assert plain("Größe") == "große".replace("ß", "ss")
    assert plain("注意力 机制") == "注意力 机制"
