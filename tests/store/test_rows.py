"""What is packed comes back, and damage is told."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.codec import encode_paper
from kg.domain import EntityType, Member, Reason, Thing
from kg.errors import FolderDamaged
from kg.store.rows import (
    content_key,
    digest,
    pack,
    pack_record,
    pack_thing,
    thing_digest,
    unpack,
    unpack_record,
    unpack_thing,
)
from tests.samples import records

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), _JSON))
def test_fields_round_trip(fields: dict[str, object]) -> None:
    """Any JSON object."""
    assert fields == unpack(pack(fields))


def test_every_flipped_byte_is_found() -> None:
    """The frame's checksum, or the JSON, gives it away."""
    body = pack({"text": "a sentence that is long enough to be packed, packed, packed"})
    for place in range(len(body)):
        damaged = bytearray(body)
        damaged[place] ^= 0x01
        try:
            assert unpack(bytes(damaged)) == unpack(body), "a flag that changes nothing"
        except FolderDamaged as error:
            assert error.to_do


def test_a_record_is_kept_without_its_paper() -> None:
    """And comes back with any paper of the same text."""
    record = records()[0]
    assert record == unpack_record(pack_record(record), encode_paper(record.paper))
    assert b"Ada" not in pack_record(record)


def test_a_thing_round_trips_and_its_digest_sees_everything() -> None:
    """Members live in rows of their own, and count in the digest."""
    thing = Thing(
        id="thing/x",
        label="X",
        type=EntityType.TASK,
        aliases=(("X", 2), ("the X", 1)),
        members=(Member(paper="p", entity="X"),),
        reasons=(Reason(rule="spelling", left="X", right="the X", score=0.9),),
        broader=("thing/y",),
    )
    again = unpack_thing(pack_thing(thing), thing_id="thing/x", label="X", kind="TASK", members=[("p", "X")])
    assert thing == again
    fewer = unpack_thing(pack_thing(thing), thing_id="thing/x", label="X", kind="TASK", members=[])
    assert thing_digest(thing) != thing_digest(fewer)


def test_parts_of_a_digest_do_not_run_together() -> None:
    """("ab", "c") is not ("a", "bc"); title and text are apart in a paper's key."""
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
    first, second = (record.paper for record in records()[:2])
    assert content_key(first) != content_key(second)
