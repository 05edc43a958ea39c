"""The reduce step of linking: the names of many papers become one count a key and type.

In: `Name`s in any order. Out: a `Tally` for each (key, type), and `Node`s: the tallies of one key that are one thing as
far as their types go. Counting is a sum, so shards can be counted apart and added (`Tally.add`), and taken away again.

When types part a key. METHOD, ARCH and TASK never do: papers type one thing differently. For an ordinary name only a
dataset and a metric are two things; for an abbreviation (MAP the metric, MAP the estimate) any two of
dataset, metric and the rest are. A type that fewer than two names or fewer than a quarter of them have is taken for a
slip and follows the majority (decision 0010).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kg.domain import EntityType
from kg.link.name import Name
from kg.link.normalise import is_short

__all__ = ["Kind", "Node", "NodeKey", "Tally", "count_names", "kind_of", "part_by_type"]

_LEAST_NAMES = 2
_LEAST_SHARE = 0.25

NodeKey = tuple[str, str]
"""A key and the kind that types part it by; the kind is empty where they do not."""


class Kind(StrEnum):
    """The three sorts of things that a short form may mean at once."""

    MAKING = "making"
    DATASET = "dataset"
    METRIC = "metric"


_KINDS = {EntityType.DATASET: Kind.DATASET, EntityType.METRIC: Kind.METRIC}


def kind_of(entity_type: EntityType) -> Kind:
    """Dataset, metric, or a making: method, architecture, task."""
    return _KINDS.get(entity_type, Kind.MAKING)


@dataclass(slots=True)
class Tally:
    """What all papers together say under one key and type: names, surface forms, and short forms defined for it."""

    names: int = 0
    forms: dict[str, int] = field(default_factory=dict)
    shorts: dict[str, int] = field(default_factory=dict)

    def count(self, forms: Iterable[tuple[str, int]], shorts: Iterable[str]) -> None:
        """Count one name in, by its forms and the short forms that its paper defines."""
        self.names += 1
        for form, count in forms:
            self.forms[form] = self.forms.get(form, 0) + count
        for short in shorts:
            self.shorts[short] = self.shorts.get(short, 0) + 1

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.names += other.names
        for form, count in other.forms.items():
            self.forms[form] = self.forms.get(form, 0) + count
        for short, count in other.shorts.items():
            self.shorts[short] = self.shorts.get(short, 0) + count


def count_names(found: Iterable[Name]) -> dict[str, dict[EntityType, Tally]]:
    """Tallies by key and type; the order of the names does not matter."""
    tallies: dict[str, dict[EntityType, Tally]] = {}
    for name in found:
        by_type = tallies.setdefault(name.key, {})
        tally = by_type.get(name.type)
        if tally is None:
            tally = by_type[name.type] = Tally()
        tally.count(name.forms, name.shorts)
    return tallies


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The names under one key that are one thing as far as types go."""

    key: str
    part: str
    types: tuple[tuple[EntityType, Tally], ...]

    @property
    def id(self) -> NodeKey:
        """Key and part."""
        return self.key, self.part

    @property
    def names(self) -> int:
        """How many names it stands for."""
        return sum(tally.names for _, tally in self.types)

    @property
    def kind(self) -> Kind:
        """The kind that most names have."""
        if len(self.types) == 1:
            return kind_of(self.types[0][0])
        counts: Counter[Kind] = Counter()
        for entity_type, tally in self.types:
            counts[kind_of(entity_type)] += tally.names
        return min(counts, key=lambda kind: (-counts[kind], kind != Kind.MAKING, kind))

    def share(self, entity_type: EntityType) -> float:
        """The part of its names that has this type, in [0, 1]."""
        return sum(tally.names for kind, tally in self.types if kind == entity_type) / self.names

    @property
    def short(self) -> bool:
        """Whether most of its mentions look like an abbreviation or a coined name."""
        return _mostly_short(tally for _, tally in self.types)


def _mostly_short(tallies: Iterable[Tally]) -> bool:
    short = total = 0
    for tally in tallies:
        for form, count in tally.forms.items():
            total += count
            short += count if is_short(form) else 0
    return 2 * short > total


def part_by_type(key: str, tallies: dict[EntityType, Tally], known: frozenset[Kind] = frozenset()) -> tuple[Node, ...]:
    """The nodes of one key, sorted by part; `known` are the kinds that an authority has under it.

    >>> def tally(n: int) -> Tally: return Tally(names=n, forms={"MAP": n})
    >>> [str(node.part) for node in part_by_type("map", {EntityType.METRIC: tally(3), EntityType.METHOD: tally(2)})]
    ['making', 'metric']
    >>> [str(node.part) for node in part_by_type("map", {EntityType.METRIC: tally(9), EntityType.METHOD: tally(1)})]
    ['']
    """
    if len(tallies) == 1:
        return (Node(key=key, part="", types=tuple(tallies.items())),)
    counts: Counter[Kind] = Counter()
    for entity_type, tally in tallies.items():
        counts[kind_of(entity_type)] += tally.names
    total = sum(counts.values())
    first = min(counts, key=lambda kind: (kind not in known, -counts[kind], kind != Kind.MAKING, kind))
    short = len(counts) > 1 and _mostly_short(tallies.values())

    def apart(kind: Kind) -> bool:
        if kind == first:
            return False
        if kind in known and first in known:
            return True
        if counts[kind] < _LEAST_NAMES or counts[kind] < _LEAST_SHARE * total:
            return False
        return short or {kind, first} == {Kind.DATASET, Kind.METRIC}

    parted = {kind for kind in counts if apart(kind)}
    parts: dict[str, list[tuple[EntityType, Tally]]] = {}
    for entity_type, tally in sorted(tallies.items()):
        kind = kind_of(entity_type)
        part = str(kind if kind in parted else first) if parted else ""
        parts.setdefault(part, []).append((entity_type, tally))
    return tuple(Node(key=key, part=part, types=tuple(types)) for part, types in sorted(parts.items()))
