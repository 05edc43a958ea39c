"""Where a key meets others: the places of its blocks, and further ones that an authority or a person gives it.

In: keys. Out: rows of `link_block`, a pure function of keys, authority and curation, so that any process can make them.
What it cannot do: say which keys meet; that takes all of their rows (`kg.link.state`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

from kg.link.authority import Authority
from kg.link.curation import Curation
from kg.link.propose import blocks

__all__ = ["Further", "PlaceRow", "further", "place_hash", "place_rows"]

PlaceRow = tuple[int, str]
"""A row of `link_block`: the hash of a place, and a key there."""
Further = Callable[[str], Iterable[str]]
"""The places of a key besides its blocks."""


def further(key: str, authority: Authority, curation: Curation) -> Iterator[str]:
    """Places of a key besides its blocks: concepts that it may be a label of, a group that a person made."""
    if key in curation.same:
        yield f"={curation.same[key]}"
    for block in blocks(key):
        if block.sort != "hole":
            for iri in authority.labelled(block.text):
                yield f"@{iri}"


def place_rows(keys: Iterable[str], others: Further) -> Iterator[PlaceRow]:
    """The rows of these keys; `others` gives the places besides their blocks."""
    for key in keys:
        for block in blocks(key):
            yield place_hash(block.place), key
        for place in others(key):
            yield place_hash(place), key


def place_hash(place: str) -> int:
    """A place as a signed 64-bit number; that two places share one costs a comparison and changes nothing."""
    digest = blake2b(place.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
