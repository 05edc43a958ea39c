"""What is drawn of a graph that is too large."""

from __future__ import annotations

from kg.domain import Entity, EntityType, Paper, Record, Relation, RelationType
from kg.graph import MemoryGraph
from kg.graph.filters import Filters
from kg.graph.projection import Projection
from kg.view.choice import choose
from tests import samples
from tests.export.corpora import linked_by_name


def _record(number: int, *pairs: tuple[str, str]) -> Record:
    names = sorted({name for pair in pairs for name in pair})
    return Record(
        paper=Paper(id=f"p{number}", title=f"Paper {number}", text=""),
        entities=tuple(Entity(name=name, type=EntityType.METHOD) for name in names),
        relations=tuple(Relation(head=head, type=RelationType.BASED_ON, tail=tail) for head, tail in pairs),
    )


def _graph() -> MemoryGraph:
    """hub is named by four papers and joined to a, b, c, d; an island of two is named by three; loner by nobody else."""
    records = [_record(number, ("hub", name)) for number, name in enumerate("abcd")]
    records += [_record(10 + number, ("island one", "island two")) for number in range(3)]
    return linked_by_name((*records, _record(20, ("a", "b"))))


def test_a_graph_that_fits_is_drawn_whole() -> None:
    """Papers and claims too."""
    choice = choose(Projection(samples.graph()), 11)
    assert choice.whole
    assert (choice.nodes, choice.edges) == (11, 20)


def test_things_come_first_then_papers_then_claims() -> None:
    """Kinds come in whole or not at all."""
    kinds = [{name.partition("/")[0] for name in choose(Projection(samples.graph()), n).ids} for n in (6, 8, 9, 10)]
    assert kinds == [{"thing"}, {"thing"}, {"thing", "paper"}, {"thing", "paper"}]


def test_of_things_the_best_known_connected_ones() -> None:
    """The largest connected group around the best known; never more than may be drawn, always joined."""
    projection = Projection(_graph())
    assert choose(projection, 3).ids == {"thing/hub", "thing/a", "thing/b"}
    assert choose(projection, 5).ids == {"thing/hub", "thing/a", "thing/b", "thing/c", "thing/d"}
    assert len(choose(projection, 6).ids) == 5


def test_filters_choose_first() -> None:
    """What filters take away is not drawn, however well known."""
    choice = choose(Projection(samples.graph(), Filters(types=("Paper",))), 2)
    assert len(choice.ids) == 2
    assert all(name.startswith("paper/") for name in choice.ids)
    assert choice.nodes == 3
