"""What a format is: its name, how it is told, and its reader. The table of all of them is `kg.read.formats`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed

__all__ = ["Flavour", "Format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One input format.

    `told_by` says in words how content shows it; `sign` is that rule: where its first sign stands in the head of a
    file, None if there is none;
    `entries` gives the entries and the faults of a feed, in its order; `extensions`, the usual one first, break ties.
    """

    name: str
    description: str
    told_by: str
    extensions: tuple[str, ...]
    sign: Callable[[str], int | None]
    entries: Callable[[Feed], Iterator[Entry | Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One way in which JSON objects describe papers.

    `fits` tells it by the keys of an object; `entry` reads one (line: where it begins) and raises ReadError.
    """

    name: str
    description: str
    told_by: str
    fits: Callable[[Mapping[str, object]], bool]
    entry: Callable[[Mapping[str, object], int | None], Entry]
