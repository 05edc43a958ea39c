"""Where keys meet."""

from __future__ import annotations

from functools import partial

import pytest

from kg.domain import EntityType
from kg.link import NO_AUTHORITY, NO_CURATION, Concept, parse_curation
from kg.link.places import further, place_hash, place_rows
from tests.link.given import authority

_KNOWN = authority(
    Concept(iri="c:cnn", label="convolutional neural network", type=EntityType.ARCH, others=("CNN", "ConvNet"))
)


def test_a_key_is_in_the_places_of_its_blocks() -> None:
    """Two writings of one name share one; another name shares none."""
    others = partial(further, authority=NO_AUTHORITY, curation=NO_CURATION)
    places = {
        key: {place for place, _ in place_rows([key], others)}
        for key in ("back propagation", "backpropagation", "adam")
    }
    assert places["back propagation"] & places["backpropagation"]
    assert not places["adam"] & places["backpropagation"]


@pytest.mark.parametrize("key", ["convolutional neural network", "convnet"])
def test_labels_of_one_concept_meet_there(key: str) -> None:
    """Whatever their words."""
    assert "@c:cnn" in further(key, _KNOWN, NO_CURATION)


def test_what_a_person_joined_meets() -> None:
    """In a place of its own."""
    curation = parse_curation(["same: glow net | shine net"])
    one, two = (set(further(key, NO_AUTHORITY, curation)) for key in ("glow net", "shine net"))
    assert one == two != set()


def test_a_hash_fits_sqlite() -> None:
    """A signed number of 64 bits, also for a lone surrogate."""
    assert all(-(2**63) <= place_hash(place) < 2**63 for place in ("a", "\ud800", "ü" * 99))
