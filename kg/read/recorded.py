"""The program's own records (`kg extract`): the paper of each, without what was found in it.

Text and title keep every character in its place, so that the record's offsets stay right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.read import own
from kg.read.entry import Entry
from kg.read.format import Flavour

__all__ = ["FLAVOUR"]


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is a record: it has a text, and lists of what was found."""
    return "text" in fields and isinstance(fields.get("mentions"), list)


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The paper of a record. Raises ReadError for a field that is not a text."""
    return replace(own.entry(fields, line), format="record")


FLAVOUR = Flavour(
    name="record",
    description="records of `kg extract`, one object a paper, of which the paper is read",
    told_by="text and mentions",
    fits=fits,
    entry=entry,
)
