"""Linking as a whole: order-free, idempotent, nothing lost; and the gold clusters where they are at hand."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codec import read_records
from kg.domain import Thing
from kg.link import NO_AUTHORITY, Name, link
from tests.link.given import entity, name, record

_GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
_ENTITIES = st.sampled_from(
    [
        ("CNN", "ARCH"),
        ("convolutional neural network", "ARCH"),
        ("Convolutional networks", "METHOD"),
        ("deep CNN", "ARCH"),
        ("CIFAR-10", "DATASET"),
        ("CIFAR10", "METHOD"),
        ("CIFAR-100", "DATASET"),
        ("MAP", "METRIC"),
        ("MAP", "METHOD"),
        ("reinforcement learning", "TASK"),
        ("reinforcment learning", "METHOD"),
        ("deep reinforcement learning", "METHOD"),
        ("SNN", "ARCH"),
        ("glow nets", "ARCH"),
        ("glow-net", "METHOD"),
        ("glow net model", "ARCH"),
    ]
)
_NAMES = st.lists(_ENTITIES, max_size=14).map(
    lambda found: [name(f"p{number}", text, kind) for number, (text, kind) in enumerate(found)]
)


@given(_NAMES)
def test_order_changes_nothing(found: list[Name]) -> None:
    """The same things for every order of the names."""
    assert link(found) == link(found[::-1]) == link(sorted(found))


@given(_NAMES)
def test_every_name_is_in_one_thing(found: list[Name]) -> None:
    """No member is lost, none is in two things, no two things share an id, and they are sorted."""
    things = link(found)
    members = [(member.paper, member.entity) for thing in things for member in thing.members]
    assert sorted(members) == sorted((item.paper, item.entity) for item in found)
    ids = [thing.id for thing in things]
    assert ids == sorted(set(ids))


@given(_NAMES)
def test_linking_what_was_linked_changes_nothing(found: list[Name]) -> None:
    """Names that carry the labels of their things make the same groups."""
    things = link(found)
    again = [name(m.paper, thing.label, thing.type.value) for thing in things for m in thing.members]
    assert _groups(link(again)) == _groups(things)


def _groups(things: tuple[Thing, ...]) -> list[list[str]]:
    return sorted(sorted(thing.papers) for thing in things)


def test_records_and_names_are_the_same_to_it() -> None:
    """Records are mapped on the way."""
    given_record = record("p", entity("long short-term memory", "ARCH", "LSTM"), entity("MNIST", "DATASET"))
    from kg.link import names

    assert link([given_record]) == link(names(given_record))


def test_every_join_has_its_reason() -> None:
    """A thing of two keys says how they came together."""
    found = [name("a", "back propagation"), name("b", "backpropagation"), name("c", "Backpropagation")]
    (thing,) = link(found, authority=NO_AUTHORITY)
    assert {(reason.rule, reason.left, reason.right) for reason in thing.reasons} == {
        ("spelling", "back propagation", "backpropagation"),
        ("same key", "Backpropagation", "backpropagation"),
    }


def test_no_names_make_no_things() -> None:
    """An empty corpus is a corpus."""
    assert link([]) == ()


@pytest.mark.skipif(not (_GOLD / "links.json").is_file(), reason="the annotated abstracts are not here")
def test_gold_clusters() -> None:
    """Pairs F1 ≥ 0.85 with precision ≥ 0.92, at most 3 % of the look-alikes merged."""
    gold = json.loads((_GOLD / "links.json").read_text(encoding="utf-8"))
    records = [record for record in read_records(_GOLD / "gold.jsonl") if int(record.id) < 200]
    thing = {(m.paper, m.entity): t.id for t in link(records) for m in t.members}
    cluster = {tuple(member): number for number, members in enumerate(gold["same"]) for member in members}
    same = {pair for members in gold["same"] for pair in itertools.combinations(sorted(map(tuple, members)), 2)}
    found = {pair for pair in itertools.combinations(sorted(cluster), 2) if thing[pair[0]] == thing[pair[1]]}
    precision, recall = len(found & same) / len(found), len(found & same) / len(same)
    assert precision >= 0.92
    assert 2 * precision * recall / (precision + recall) >= 0.85
    merged = [pair for pair in gold["different"] if thing[tuple(pair[0])] == thing[tuple(pair[1])]]
    assert len(merged) <= 0.03 * len(gold["different"])
