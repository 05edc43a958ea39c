"""Parts of a graph, and things by any name."""

from __future__ import annotations

import dataclasses

import pytest

from kg.domain import EntityType, Member, Thing
from kg.errors import UsageError
from kg.graph import MemoryGraph
from kg.graph.filters import NODE_TYPES, RELATIONS, Filters, find_thing
from kg.graph.projection import Projection
from tests import samples


def _ids(filters: Filters) -> tuple[set[str], set[str]]:
    projection = Projection(samples.graph(), filters)
    return {row.id for row in projection.nodes()}, {row.id for row in projection.edges()}


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
