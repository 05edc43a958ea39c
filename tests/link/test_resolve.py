"""The middle of linking: concepts of nodes, meetings, senses."""

from __future__ import annotations

import pytest

from kg.domain import EntityType
from kg.link import NO_AUTHORITY, NO_CURATION, Concept
from kg.link.resolve import Definition, concept_of, is_open, meetings, resolve, sense
from kg.link.tally import Kind, Node, Tally
from tests.link.given import authority

_METRIC = Concept(iri="c:map", label="mean average precision", type=EntityType.METRIC, others=("MAP",))


def _node(key: str, kind: EntityType = EntityType.METHOD, form: str | None = None, short: str | None = None) -> Node:
    tally = Tally(names=1, forms={form or key: 1}, shorts={short: 1} if short else {})
    return Node(key=key, part="", types=((kind, tally),))


def test_a_concept_is_found_by_label_and_kind() -> None:
    """A task may turn out to be a metric; an abbreviation is not a label."""
    known = authority(_METRIC)
    assert concept_of(_node("mean average precision", EntityType.TASK), known) == "c:map"
    assert concept_of(_node("map", EntityType.METRIC, "MAP"), known) is None


def test_two_wider_blocks_are_no_meeting() -> None:
    """ "glow method" and "glow algorithm" meet in "glow" only if somebody says just that."""
    assert not [m for m in meetings(_node("glow method"), _node("glow algorithm")) if m[0].sort == m[1].sort == "wider"]
    assert list(meetings(_node("glow method"), _node("glow")))


def test_a_group_with_a_concept_or_a_definition_stands_for_itself() -> None:
    """Only what is neither may be a short form."""
    assert is_open(None, [_node("gn")])
    assert not is_open("c:map", [_node("map")])
    assert not is_open(None, [_node("glow net", short="gn")])


@pytest.mark.parametrize(
    ("kind", "long", "expected"),
    [
        (Kind.MAKING, "glow net", "g1"),
        (Kind.METRIC, "glow net", None),
        (Kind.MAKING, "glow net 2", None),
        (Kind.MAKING, "gn", None),
    ],
)
def test_only_definitions_that_fit_count(kind: Kind, long: str, expected: str | None) -> None:
    """Of the same kind, with the same numbers, and longer than the short form itself."""
    found = sense(
        "g0",
        [_node("gn", form="GN")],
        lambda short: [Definition(long=long, kind=kind, group="g1", count=2)],
        lambda iri: None,
        NO_AUTHORITY,
    )
    assert (found.target if found else None) == expected


def test_no_node_is_lost() -> None:
    """Every node is in one bundle."""
    given = {node.id: node for node in (_node("gn", form="GN"), _node("glow net", short="gn"), _node("shine"))}
    bundles = resolve(given, NO_AUTHORITY, NO_CURATION)
    assert sorted(node for bundle in bundles for node in (*bundle.nodes, *bundle.shorts)) == sorted(given)
    assert [bundle.shorts for bundle in bundles if bundle.shorts] == [(("gn", ""),)]
