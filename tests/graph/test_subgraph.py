"""A part of a graph that is a graph."""

from __future__ import annotations

import pytest

from kg.graph.filters import Filters
from kg.graph.projection import Projection
from kg.graph.subgraph import Subgraph
from tests import samples

_FILTERS = (
    Filters(types=("Architecture", "Paper")),
    Filters(relations=("outperforms",)),
    Filters(since=2020),
    Filters(around="TinyImages", types=("Thing",)),
    Filters(min_score=0.85),
)


@pytest.mark.parametrize("filters", _FILTERS)
def test_it_is_what_the_projection_keeps(filters: Filters) -> None:
    """The same nodes and facts, counted, and nothing that points outside."""
    projection = Projection(samples.graph(), filters)
    graph = Subgraph(projection)
    nodes = {row.id for row in projection.nodes()}
    edges = [row.id for row in projection.edges()]
    assert (graph.counts().nodes, graph.counts().edges) == (len(nodes), len(edges))
    again = Projection(graph)
    assert {row.id for row in again.nodes()} == nodes
    assert [row.id for row in again.edges()] == edges
    for contribution in graph.contributions():
        assert {linked.thing for linked in contribution.mentions} <= nodes
        assert {end for fact in contribution.facts for end in (fact.subject, fact.object)} <= nodes
    for linked in graph.claims():
        slots = {linked.subject, linked.object, linked.metric, linked.dataset} - {None}
        assert slots <= nodes


def test_one_by_one() -> None:
    """A thing and a paper by id, or None where they are not kept."""
    graph = Subgraph(Projection(samples.graph(), Filters(since=2020, until=2020)))
    thing = graph.thing("thing/quicknet")
    assert thing is not None
    assert thing.papers == ("p2",)
    assert graph.thing("thing/accuracy") is None
    assert graph.contribution("p1") is None
    found = graph.contribution("p2")
    assert found is not None
    assert found.paper.id == "p2"
