"""The tables: names of a paper are replaced whole, keys meet in their places, rows come back as they were."""

from __future__ import annotations

import sqlite3

import pytest

from kg.domain import EntityType, Reason
from kg.errors import LinkError
from kg.link.state import State
from kg.link.tables import GroupRow, NodeRow
from kg.link.tally import Kind
from tests.link.given import name


@pytest.fixture
def state() -> State:
    """An empty one, in memory."""
    return State(sqlite3.connect(":memory:"))


def test_a_paper_that_comes_again_has_its_new_names_alone(state: State) -> None:
    """And the keys of both its old and its new names are told."""
    assert state.put_names([name("a", "glow net"), name("b", "shine")]) == {"glow net", "shine"}
    assert state.put_names([name("a", "gleam")]) == {"glow net", "gleam"}
    assert list(state.keys()) == ["gleam", "shine"]
    assert state.drop_papers(["a", "nobody"]) == {"gleam"}
    assert state.present(["gleam", "shine"]) == {"shine"}


def test_more_keys_than_a_statement_takes(state: State) -> None:
    """Thousands of values are asked for in chunks, each key once and in order."""
    keys = [f"thing {number:05}" for number in range(2_345)]
    state.put_names(name(f"p{number}", key) for number, key in enumerate(keys))
    assert [key for key, _ in state.tallies(reversed(keys))] == keys
    assert [row[0] for row in state.names(keys)] == keys


def test_tallies_sum_the_names(state: State) -> None:
    """By type, with forms and what is defined for them."""
    state.put_names(
        [name("a", "glow net", "ARCH", "GN"), name("b", "Glow Nets", "ARCH"), name("c", "glow net", "METHOD")]
    )
    ((key, by_type),) = state.tallies(["glow net"])
    assert key == "glow net"
    assert by_type[EntityType.ARCH].names == 2
    assert by_type[EntityType.ARCH].shorts == {"gn": 1}
    assert by_type[EntityType.METHOD].forms == {"glow net": 1}


def test_keys_meet_in_blocks_and_in_further_places(state: State) -> None:
    """Until they are taken out."""

    def further(key: str) -> list[str]:
        return ["@shared"] if key in ("shine", "gleam") else []

    state.put_places(["back propagation", "backpropagation", "shine", "gleam"], further)
    assert sorted(state.all_meetings()) == [["back propagation", "backpropagation"], ["gleam", "shine"]]
    assert state.meetings(["shine"], further) == [["gleam", "shine"]]
    assert state.keys_at(["@shared"]) == {"gleam", "shine"}
    state.drop_places(["gleam"], further)
    assert state.meetings(["shine"], further) == []


def test_rows_come_back_as_they_were(state: State) -> None:
    """Nodes and groups, with all their reasons."""
    node = NodeRow(key="gn", part="metric", group="g", kind=Kind.METRIC, short=True, defines=False)
    reason = Reason(rule="spelling", left="a", right="ä", score=0.95)
    group = GroupRow(group="g", concept=None, root="r", thing="thing/gn", reasons=(reason,), sense=reason)
    state.put_nodes([node])
    state.put_groups([group])
    assert state.node_rows(keys=["gn"]) == state.node_rows(groups=["g"]) == [node]
    assert state.group_rows(groups=["g"]) == state.group_rows(roots=["r"]) == [group]
    assert list(state.things()) == [("thing/gn", "r")]
    assert state.drop_nodes(["gn"]) == {"g"}
    assert state.drop_groups(["g"]) == [group]
    assert list(state.things()) == []


def test_names_that_look_like_statements_are_text(state: State) -> None:
    """Nothing of a name is ever run."""
    hostile = "x'); DROP TABLE link_name; --"
    state.put_names([name("a' OR '1'='1", hostile)])
    assert [row[2] for row in state.names(state.keys())] == [hostile]


def test_what_utf8_cannot_hold_is_refused(state: State) -> None:
    """A lone surrogate is told, not stored."""
    with pytest.raises(LinkError, match="not Unicode"):
        state.put_names([name("a", "glow \ud800 net")])
