"""Things: readable ids that stay, labels, reasons, and their JSON line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.domain import EntityType, Member, Reason, Thing
from kg.errors import LinkError
from kg.link import NO_AUTHORITY, Concept, hierarchy, link, thing_from_json, thing_to_json
from tests.link.given import authority, name, names_of


def test_the_id_comes_from_the_names_not_from_how_often_they_are_used() -> None:
    """More papers with the other writing change the label at most."""
    few = names_of("back-propagation", "backpropagation")
    many = names_of("back-propagation", *["backpropagation"] * 9)
    (before,), (after,) = link(few, authority=NO_AUTHORITY), link(many, authority=NO_AUTHORITY)
    assert before.id == after.id == "thing/back-propagation"
    assert after.label == "backpropagation"


def test_the_label_is_singular_and_the_most_frequent() -> None:
    """All forms stay among the aliases, the most frequent first."""
    found = names_of("glow networks", "glow networks", "Glow Network", "glow network", "glow network")
    (thing,) = link(found, authority=NO_AUTHORITY)
    assert thing.label == "glow network"
    assert thing.aliases == (("glow network", 2), ("glow networks", 2), ("Glow Network", 1))
    (only,) = link(names_of("glow networks"), authority=NO_AUTHORITY)
    assert only.label == "glow network"


def test_the_type_is_that_of_most_papers() -> None:
    """With a fixed order where they are as many."""
    found = [name("a", "glow net"), name("b", "glow net", "ARCH"), name("c", "glow net", "ARCH")]
    assert [thing.type for thing in link(found, authority=NO_AUTHORITY)] == [EntityType.ARCH]
    assert [thing.type for thing in link(found[:2], authority=NO_AUTHORITY)] == [EntityType.ARCH]


def test_homonyms_have_ids_of_their_own() -> None:
    """And neither has the plain one that the other might be taken for."""
    found = [name(f"p{n}", "MAP", kind) for n, kind in enumerate(("METRIC", "METRIC", "METHOD", "METHOD"))]
    things = link(found, authority=NO_AUTHORITY)
    assert len({thing.id for thing in things}) == 2
    assert {thing.type for thing in things} == {EntityType.METRIC, EntityType.METHOD}


def test_the_hierarchy_passes_over_what_no_paper_names() -> None:
    """The nearest present parents; one that is above another present parent is not said again."""
    chain = [
        Concept(iri="c:1", label="alpha net", type=EntityType.ARCH),
        Concept(iri="c:2", label="beta net", type=EntityType.ARCH, broader=("c:1",)),
        Concept(iri="c:3", label="gamma net", type=EntityType.ARCH, broader=("c:2",)),
    ]
    known = authority(*chain)
    ends = link(names_of("alpha net", "gamma net", kind="ARCH"), authority=known)
    assert hierarchy(ends, known) == (("thing/gamma-net", "thing/alpha-net"),)
    every = link(names_of("alpha net", "beta net", "gamma net", kind="ARCH"), authority=known)
    assert hierarchy(every, known) == (("thing/beta-net", "thing/alpha-net"), ("thing/gamma-net", "thing/beta-net"))


def test_a_cycle_in_a_foreign_scheme_ends() -> None:
    """Schemes are not ours to trust."""
    known = authority(
        Concept(iri="c:1", label="alpha net", type=EntityType.ARCH, broader=("c:2",)),
        Concept(iri="c:2", label="beta net", type=EntityType.ARCH, broader=("c:1",)),
    )
    assert len(hierarchy(link(names_of("alpha net", kind="ARCH"), authority=known), known)) == 0
    assert list(known.above("c:1")) == [("c:2", 1)]


_TEXT = st.text(min_size=1, max_size=10)


@given(
    _TEXT,
    st.sampled_from(EntityType),
    st.dictionaries(_TEXT, st.integers(1, 5), max_size=3),
    st.lists(st.builds(Member, paper=_TEXT, entity=_TEXT), max_size=3),
    st.lists(st.builds(Reason, rule=st.just("spelling"), left=_TEXT, right=_TEXT), max_size=2),
    st.none() | _TEXT,
)
def test_what_is_written_is_read(
    label: str,
    kind: EntityType,
    aliases: dict[str, int],
    members: list[Member],
    reasons: list[Reason],
    concept: str | None,
) -> None:
    """A thing comes back from its line as it was."""
    thing = Thing(
        id=f"thing/{label}",
        label=label,
        type=kind,
        aliases=tuple(aliases.items()),
        members=tuple(members),
        reasons=tuple(reasons),
        concept=concept,
        broader=(concept,) if concept else (),
    )
    line = thing_to_json(thing)
    assert "\n" not in line
    assert thing_from_json(line) == thing


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"id": 1}', "[" * 100_000])
def test_what_is_no_thing_is_refused(line: str) -> None:
    """With an error of ours."""
    with pytest.raises(LinkError, match="not a thing"):
        thing_from_json(line)


def test_a_line_can_always_be_written() -> None:
    """Even of a name with a lone surrogate, which UTF-8 cannot hold."""
    (thing,) = link(names_of("glow \ud800 net"), authority=NO_AUTHORITY)
    line = thing_to_json(thing)
    assert line.encode("utf-8")
    assert thing_from_json(line) == thing
