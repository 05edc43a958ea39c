"""The map step: names of one record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.domain import Entity, EntityType, Mention, Paper, Record
from kg.errors import LinkError
from kg.link import Name, decode_name, encode_name, names
from tests.link.given import entity, record


def test_an_entity_has_the_key_of_its_long_form() -> None:
    """Whether the record names it by the long form or by the short one."""
    for first, second in (("long short-term memory", "LSTM"), ("LSTM", "long short-term memory")):
        (only,) = names(record("p", entity(first, "ARCH", second)))
        assert only.key == "long short term memory"
        assert only.shorts == ("lstm",)


def test_abbreviations_of_the_paper_are_undone_in_its_other_names() -> None:
    """SNN is what this paper says it is."""
    found = names(record("p", entity("sparse neural network", "ARCH", "SNN"), entity("deep SNNs", "ARCH")))
    assert {name.entity: name.key for name in found}["deep SNNs"] == "deep sparse neural network"


def test_a_short_form_with_two_meanings_in_one_paper_is_left_alone() -> None:
    """Neither meaning is chosen."""
    found = names(
        record(
            "p",
            entity("average precision", "METRIC", "AP"),
            entity("access point", "METHOD", "AP"),
            entity("AP loss", "METHOD"),
        )
    )
    assert {name.entity: name.key for name in found}["AP loss"] == "ap loss"


def test_mentions_are_counted_in_title_and_text() -> None:
    """Every surface form with the number of its mentions; an alias without a mention counts once."""
    text = "CNNs beat CNN."
    given_record = Record(
        paper=Paper(id="p", title="CNN", text=text),
        entities=(Entity(name="CNN", type=EntityType.ARCH, aliases=("CNNs", "ConvNet")),),
        mentions=(
            Mention(start=0, end=4, text="CNNs", type=EntityType.ARCH, entity="CNN"),
            Mention(start=10, end=13, text="CNN", type=EntityType.ARCH),
        ),
        title_mentions=(Mention(start=0, end=3, text="CNN", type=EntityType.ARCH, entity="CNN"),),
    )
    (only,) = names(given_record)
    assert only.forms == (("CNN", 2), ("CNNs", 1), ("ConvNet", 1))


def test_a_name_that_no_mention_has_counts_once() -> None:
    """So that a thing can be called by it; another writing of it is enough."""
    (only,) = names(record("p", entity("glow net", "ARCH", "GN", "shine")))
    assert only.forms == (("GN", 1), ("glow net", 1), ("shine", 1))
    (only,) = names(record("p", entity("glow net", "ARCH", "Glow Nets")))
    assert only.forms == (("Glow Nets", 1),)


def test_things_that_only_mentions_know_are_names_too() -> None:
    """A record made elsewhere may have no entities at all."""
    given_record = Record(
        paper=Paper(id="p", title="MNIST", text=""),
        title_mentions=(Mention(start=0, end=5, text="MNIST", type=EntityType.DATASET),),
    )
    assert [(name.entity, name.type) for name in names(given_record)] == [("MNIST", EntityType.DATASET)]


_TEXT = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))


@given(
    _TEXT,
    _TEXT,
    st.sampled_from(EntityType),
    st.lists(st.tuples(_TEXT, st.integers(1, 9)), max_size=3),
    st.lists(_TEXT, max_size=2),
)
def test_what_is_written_is_read(
    paper: str, name: str, kind: EntityType, forms: list[tuple[str, int]], shorts: list[str]
) -> None:
    """A stored name comes back as it was."""
    given_name = Name(paper=paper, entity=name, type=kind, key=name, forms=tuple(forms), shorts=tuple(shorts))
    assert decode_name(encode_name(given_name)) == given_name


@pytest.mark.parametrize("line", ["", "[]", "{}", '["p"]', '["p","e","GADGET","k",[],[]]', "[" * 100_000])
def test_what_is_no_name_is_refused(line: str) -> None:
    """With an error of ours, not a traceback."""
    with pytest.raises(LinkError, match="not a stored name"):
        decode_name(line)
