"""A person's word: a plain text file that says what is one thing, what is not, and what things are called.

    # one statement a line; blank lines and what follows " #" are left out
    same:       ViT | Vision Transformer
    never-same: Adam | AdaMixUp
    label:      vit | Vision Transformer (ViT)
    type:       GLUE | DATASET

Names are folded like all names (case, plurals, hyphens do not count); `same` may name more than two. The file overrides
the authority and every rule; of two statements that contradict each other the build is told, with both lines.
`same` is transitive: A = B and B = C make A = C, and never-same of any two of them is a contradiction.
What it cannot do: split one name into two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kg.domain import EntityType
from kg.errors import LinkError, Where
from kg.identifiers import content_hash
from kg.link.normalise import fold

__all__ = ["NO_CURATION", "Curation", "parse_curation", "read_curation"]

_TO_DO = "write `same: A | B`, `never-same: A | B`, `label: NAME | LABEL` or `type: NAME | TYPE`"
_T = TypeVar("_T")
_TYPES = ", ".join(EntityType)


@dataclass(frozen=True, slots=True)
class Curation:
    """What a curation file says, by key. `same` maps each key to the first key, in order, of its group."""

    same: Mapping[str, str] = field(default_factory=dict)
    never: frozenset[tuple[str, str]] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, EntityType] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.same or self.never or self.labels or self.types)

    @property
    def fingerprint(self) -> str:
        """A hash of all that it says."""
        said = (sorted(self.same.items()), sorted(self.never), sorted(self.labels.items()), sorted(self.types.items()))
        return content_hash(*map(repr, said), digits=32)

    def parts(self, left: str, right: str) -> bool:
        """Whether two keys are said never to be one thing."""
        if not self.never:
            return False
        a, b = self.same.get(left, left), self.same.get(right, right)
        return (min(a, b), max(a, b)) in self.never

    def joins(self, left: str, right: str) -> bool:
        """Whether two keys are said to be one thing."""
        return left in self.same and self.same[left] == self.same.get(right)


NO_CURATION = Curation()
"""Says nothing."""


def read_curation(path: str | Path) -> Curation:
    """The curation in a file. Raises LinkError with file and line for what is no statement or a contradiction."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LinkError(f"cannot be read: {error}", where=Where(file=str(path))) from error
    return parse_curation(text.splitlines(), file=str(path))


def parse_curation(lines: Iterable[str], *, file: str | None = None) -> Curation:
    """The curation in lines of text.

    >>> curation = parse_curation(["same: ViT | Vision Transformers", "type: GLUE | DATASET"])
    >>> curation.joins("vit", "vision transformer"), curation.types["glue"].value
    (True, 'DATASET')
    """
    groups = _Groups()
    never: dict[tuple[str, str], int] = {}
    labels: dict[str, tuple[str, int]] = {}
    types: dict[str, tuple[EntityType, int]] = {}
    for number, line in enumerate(lines, 1):
        where = Where(file=file, line=number)
        text = line.split(" #", 1)[0].strip() if not line.lstrip().startswith("#") else ""
        if not text:
            continue
        verb, colon, rest = text.partition(":")
        fields = [part.strip() for part in rest.split("|")]
        if not colon or len(fields) < 2 or not all(fields):
            raise LinkError(f"not a statement: {text!r}", where=where, to_do=_TO_DO)
        verb = verb.strip().lower()
        if verb not in ("same", "never-same", "label", "type"):
            raise LinkError(f"unknown statement {verb!r}", where=where, to_do=_TO_DO)
        if len(fields) > 2 and verb != "same":
            raise LinkError(f"{verb!r} takes two fields, not {len(fields)}", where=where, to_do=_TO_DO)
        key = fold(fields[0])
        if verb == "same":
            for other in fields[1:]:
                groups.join(key, fold(other))
        elif verb == "never-same":
            other = fold(fields[1])
            if key == other:
                raise LinkError(f"{fields[0]!r} and {fields[1]!r} are one name", where=where, to_do="name two things")
            never.setdefault((min(key, other), max(key, other)), number)
        elif verb == "label":
            _state(labels, key, fields[1], number, where)
        else:
            if fields[1].upper() not in EntityType.__members__:
                raise LinkError(f"unknown type {fields[1]!r}", where=where, to_do=f"write one of {_TYPES}")
            _state(types, key, EntityType(fields[1].upper()), number, where)
    same = groups.first()
    parted: set[tuple[str, str]] = set()
    for (left, right), number in never.items():
        a, b = same.get(left, left), same.get(right, right)
        if a == b:
            raise LinkError(
                f"{left!r} and {right!r} are also said to be the same",
                where=Where(file=file, line=number),
                to_do="take one of the two statements out",
            )
        parted.add((min(a, b), max(a, b)))
    return Curation(
        same=same,
        never=frozenset(parted),
        labels={key: value for key, (value, _) in sorted(labels.items())},
        types={key: kind for key, (kind, _) in sorted(types.items())},
    )


def _state(said: dict[str, tuple[_T, int]], key: str, value: _T, number: int, where: Where) -> None:
    if key in said and said[key][0] != value:
        raise LinkError(f"line {said[key][1]} says otherwise of {key!r}", where=where, to_do="take one of the two out")
    said.setdefault(key, (value, number))


class _Groups:
    """Keys joined step by step; the first of a group in order stands for it."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        while self._parent.setdefault(key, key) != key:
            key = self._parent[key]
        return key

    def join(self, left: str, right: str) -> None:
        a, b = self.find(left), self.find(right)
        self._parent[max(a, b)] = min(a, b)

    def first(self) -> dict[str, str]:
        return {key: self.find(key) for key in sorted(self._parent)}
