"""A record as scoring sees it: plain tuples, from any record's JSON, its own or made elsewhere.

In: a JSON Lines file of records. Out: sheets in its order. Fields that may be missing are taken as empty; what is there and is not what it
should be is an error with file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReadError, Where

__all__ = ["ClaimRow", "EntityRow", "MentionRow", "RelationRow", "Sheet", "fold", "read_lines", "read_sheets"]

_ODD = re.compile(r"[^a-z0-9.%+]+")
SLOTS = ("subject", "object", "metric", "value", "dataset")


def fold(name: object) -> str:
    """The form in which two names are the same: lower case, no signs but . % +, no plural s.

    >>> fold("Graph Neural-Networks"), fold("over 90\\\\%")
    ('graph neural network', 'over 90%')
    """
    plain = _ODD.sub(" ", str(name).lower().replace("\\", "")).strip(" .")
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
        for word in plain.split()
    )


@dataclass(frozen=True, slots=True)
class MentionRow:
    """Where a mention stands, its type, and its score if it has one."""

    start: int
    end: int
    type: str
    score: float | None


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Name, type, and all folded forms, sorted."""

    name: str
    type: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Head, type, tail, and the score if it has one."""

    head: str
    type: str
    tail: str
    score: float | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """The sentence (an index or offsets), the kind, the stated slots, and the score if there is one."""

    sentence: int | tuple[int, int]
    kind: str
    slots: tuple[tuple[str, str], ...]
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What of a record is scored."""

    id: str
    sentences: tuple[tuple[int, int], ...] = ()
    mentions: tuple[MentionRow, ...] = ()
    entities: tuple[EntityRow, ...] = ()
    introduced: tuple[str, ...] = ()
    relations: tuple[RelationRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()


def read_lines(path: str | Path) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, blank ones left out. Raises ReadError if the file cannot be read."""
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot be read: {error}", where=Where(file=str(path)), to_do="check the path") from error


def read_sheets(path: str | Path) -> list[Sheet]:
    """The records of a file. Raises ReadError with file and line for what is not a record."""
    sheets = []
    for number, line in read_lines(path):
        try:
            sheets.append(_sheet(json.loads(line)))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            what = f"no field {error}" if isinstance(error, KeyError) else str(error)
            where = Where(file=str(path), line=number)
            raise ReadError(f"not a record: {what}", where=where, to_do="give the JSON Lines of kg extract") from error
    return sheets


def _sheet(fields: Mapping[str, Any]) -> Sheet:
    return Sheet(
        id=str(fields["id"]),
        sentences=tuple((int(a), int(b)) for a, b in fields.get("sentences") or ()),
        mentions=tuple(
            MentionRow(int(m["start"]), int(m["end"]), str(m["type"]), _score(m)) for m in fields.get("mentions") or ()
        ),
        entities=tuple(
            EntityRow(str(e["name"]), str(e["type"]), _forms(e["name"], *(e.get("aliases") or ())))
            for e in fields.get("entities") or ()
        ),
        introduced=tuple(map(str, fields.get("introduced") or ())),
        relations=tuple(
            RelationRow(str(r["head"]), str(r["type"]), str(r["tail"]), _score(r))
            for r in fields.get("relations") or ()
        ),
        claims=tuple(_claim(c) for c in fields.get("claims") or ()),
    )


def _score(fields: Mapping[str, Any]) -> float | None:
    return None if fields.get("score") is None else float(fields["score"])


def _forms(*names: object) -> tuple[str, ...]:
    return tuple(sorted({fold(name) for name in names} - {""}))


def _claim(fields: Mapping[str, Any]) -> ClaimRow:
    at = fields["sentence"]
    sentence = at if isinstance(at, int) else (int(at[0]), int(at[1]))
    slots = tuple((slot, str(fields[slot])) for slot in SLOTS if fields.get(slot))
    return ClaimRow(sentence, str(fields["kind"]), slots, _score(fields))
