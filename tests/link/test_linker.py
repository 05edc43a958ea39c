"""Linking again: whatever the history, the same things as from scratch."""

from __future__ import annotations

import pickle
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.domain import Entity, EntityType, Thing
from kg.link import NO_AUTHORITY, NO_CURATION, Authority, Concept, Curation, Name, link, names, parse_curation
from kg.link.assembly import assembled
from kg.link.linker import Delta, Linker
from kg.link.places import further, place_rows
from kg.link.tables import name_row
from tests.link.given import authority, entity, name, record

_KNOWN = authority(
    Concept(iri="c:cnn", label="convolutional neural network", type=EntityType.ARCH, others=("CNN", "ConvNet")),
    Concept(iri="c:c10", label="CIFAR-10", type=EntityType.DATASET),
    Concept(iri="c:map", label="mean average precision", type=EntityType.METRIC, others=("MAP",)),
    Concept(iri="c:snn", label="spiking neural network", type=EntityType.ARCH, others=("SNN",)),
)
_CURATION = parse_curation(["same: glow net | shine", "never-same: CNN | ConvNet", "label: map | The MAP"])

_ENTITIES = [
    entity("CNN", "ARCH"),
    entity("CNNs", "METHOD"),
    entity("ConvNet", "ARCH"),
    entity("convolutional neural network", "ARCH", "CNN"),
    entity("cellular neural network", "ARCH", "CNN"),
    entity("convolutional network", "METHOD"),
    entity("CIFAR-10", "DATASET"),
    entity("CIFAR10 dataset", "DATASET"),
    entity("CIFAR-100", "DATASET"),
    entity("MAP", "METRIC"),
    entity("MAP", "METHOD"),
    entity("maximum a posteriori", "METHOD", "MAP"),
    entity("mean average precision", "METRIC", "MAP"),
    entity("reinforcement learning", "METHOD", "RL"),
    entity("reinforcment learning", "METHOD"),
    entity("reinforcement learning approach", "METHOD"),
    entity("RL", "METHOD"),
    entity("SNN", "ARCH"),
    entity("sparse neural network", "ARCH", "SNN"),
    entity("glow net", "ARCH"),
    entity("glow-net model", "ARCH"),
    entity("glownet", "METHOD"),
    entity("shine", "METHOD"),
]
_PAPERS = st.lists(st.sampled_from(_ENTITIES), max_size=4, unique_by=lambda e: e.name)
_STEPS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | _PAPERS, max_size=4), min_size=1, max_size=7)


def _names(papers: dict[str, list[Entity]]) -> list[Name]:
    return [found for paper, entities in papers.items() for found in names(record(paper, *entities))]


@settings(max_examples=150)
@given(_STEPS, st.sampled_from([NO_AUTHORITY, _KNOWN]), st.sampled_from([NO_CURATION, _CURATION]))
def test_any_history_ends_like_a_build_from_scratch(
    steps: list[dict[str, list[Entity] | None]], known: Authority, curation: Curation
) -> None:
    """Papers come, change and go; things, what is told of them, and the tables are as if they had come at once."""
    connection = sqlite3.connect(":memory:")
    linker = Linker(connection, authority=known, curation=curation)
    papers: dict[str, list[Entity]] = {}
    before: dict[str, Thing] = {}
    for step in steps:
        for paper, entities in step.items():
            papers.pop(paper, None)
            if entities is not None:
                papers[paper] = entities
        added = _names({paper: entities for paper, entities in step.items() if entities is not None})
        delta = linker.update(added, step)
        things = tuple(linker.things())
        assert things == link(_names(papers), authority=known, curation=curation)
        after = {thing.id: thing for thing in things}
        assert {i for i, thing in after.items() if before.get(i) != thing} <= set(delta.changed) <= set(after)
        assert set(delta.gone) == before.keys() - after.keys()
        assert tuple(linker.things(delta.changed)) == tuple(after[i] for i in delta.changed)
        before = after
    fresh = sqlite3.connect(":memory:")
    Linker(fresh, authority=known, curation=curation).update(_names(papers))
    if linker_ran(connection) and linker_ran(fresh):
        assert _tables(connection) == _tables(fresh)


def linker_ran(connection: sqlite3.Connection) -> bool:
    """Whether anything was ever linked there."""
    return bool(connection.execute("SELECT count(*) FROM link_meta").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in sorted(tables)}


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("abcdefgh"), _PAPERS), st.sampled_from([NO_CURATION, _CURATION]))
def test_a_bulk_of_rows_makes_the_same_tables(papers: dict[str, list[Entity]], curation: Curation) -> None:
    """Names as other processes make them, and things as other processes assemble them."""
    given_names, given_rows = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    one = Linker(given_names, authority=_KNOWN, curation=curation)
    one.update(_names(papers))
    many = Linker(given_rows, authority=_KNOWN, curation=curation)
    others = partial(further, authority=_KNOWN, curation=curation)
    many.begin(([name_row(found)], list(place_rows([found.key], others))) for found in reversed(_names(papers)))
    assert _tables(given_names) == _tables(given_rows)
    sent = pickle.loads(pickle.dumps((list(many.parts()), _KNOWN, curation)))
    assert [thing for parts in sent[0] for thing in assembled(parts, *sent[1:])] == list(one.things())


def test_nothing_changed_is_told_as_nothing() -> None:
    """And does nothing."""
    linker = Linker(sqlite3.connect(":memory:"), authority=NO_AUTHORITY)
    linker.update([name("a", "glow net")])
    assert linker.update() == Delta()
    assert linker.update([], ["no such paper"]) == Delta()


def test_another_curation_links_everything_again() -> None:
    """The names are kept; what is gone is told."""
    connection = sqlite3.connect(":memory:")
    Linker(connection, authority=NO_AUTHORITY).update([name("a", "glow net"), name("b", "shine")])
    curation = parse_curation(["same: glow net | shine"])
    delta = Linker(connection, authority=NO_AUTHORITY, curation=curation).update()
    assert delta == Delta(changed=("thing/glow-net",), gone=("thing/shine",))


def test_only_what_is_touched_is_done_again() -> None:
    """A paper on something else leaves the others' things out of the delta."""
    linker = Linker(sqlite3.connect(":memory:"), authority=NO_AUTHORITY)
    linker.update([name(f"p{number}", f"thing number {number}x") for number in range(50)])
    assert linker.update([name("q", "glow net")]).changed == ("thing/glow-net",)


def test_the_state_survives_the_process(tmp_path: Path) -> None:
    """It is in the database and nowhere else; what was not committed is as if it had not been."""
    path = tmp_path / "state.db"
    with sqlite3.connect(path) as connection:
        Linker(connection, authority=NO_AUTHORITY).update([name("a", "glow net")])
    connection.close()
    lost = sqlite3.connect(path)
    Linker(lost, authority=NO_AUTHORITY).update([name("b", "shine")])
    lost.rollback()
    lost.close()
    again = sqlite3.connect(path)
    assert [thing.id for thing in Linker(again, authority=NO_AUTHORITY).things()] == ["thing/glow-net"]
    again.close()


def test_things_can_be_asked_for_by_id() -> None:
    """Unknown ids are passed over."""
    linker = Linker(sqlite3.connect(":memory:"), authority=NO_AUTHORITY)
    linker.update([name("a", "glow net"), name("b", "shine")])
    assert [thing.label for thing in linker.things(["thing/shine", "thing/nothing"])] == ["shine"]


@pytest.mark.slow
def test_hostile_names_cost_no_more_than_their_number() -> None:
    """Thousands of names that all share one place are linked in a time that grows with their number."""
    letters = "bcdfghjklmnpqrstvwxz"
    found = [name(f"p{a}{b}{c}", f"glowing{a}{b}{c}network", "ARCH") for a in letters for b in letters for c in letters]
    linker = Linker(sqlite3.connect(":memory:"), authority=NO_AUTHORITY)
    assert len(linker.update(found).changed) == len(found)
