"""What could not be read, and why: the values that go to the rejects file and to the summary.

A *reject* is an entry (or a whole file) that did not become a paper. A *remark* is about an entry that did, but not
with everything that stood there. Out: `Reject`, `Remark` and their JSON Lines form. What it cannot do: decide.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from kg.errors import KgError, Where

__all__ = ["EXCERPT", "Reject", "Remark", "encode_reject", "excerpt", "write_rejects"]

EXCERPT = 120
"""The most characters of an entry that a reject quotes."""


_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """An entry that did not become a paper: the place, the reason, how it begins, and what would help.

    >>> print(Reject(where=Where(file="a.bib", line=3), reason="no abstract", to_do="add an abstract field"))
    a.bib, line 3: no abstract (add an abstract field)
    """

    where: Where
    reason: str
    excerpt: str = ""
    to_do: str | None = None

    @classmethod
    def of(cls, error: KgError, *, quoted: str = "") -> Reject:
        """The reject that says what an error says; `quoted` is the entry, of which the beginning is kept."""
        return cls.at(error.where, error.what, quoted=quoted, to_do=error.to_do)

    @classmethod
    def at(cls, where: Where, reason: str, *, quoted: str = "", to_do: str | None = None) -> Reject:
        """The reject for a place, safe to print whatever the input holds: names of fields and columns come from it."""
        return cls(
            where=where,
            reason=excerpt(reason, length=_LONGEST_REASON),
            excerpt=excerpt(quoted),
            to_do=excerpt(to_do, length=_LONGEST_REASON) if to_do else None,
        )

    def __str__(self) -> str:
        place = str(self.where)
        return (f"{place}: " if place else "") + self.reason + (f" ({self.to_do})" if self.to_do else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something of an entry that was read had to be left out or replaced: the place and what."""

    where: Where
    what: str


def excerpt(text: str, *, length: int = EXCERPT) -> str:
    r"""The beginning of a text on one line, safe to print: what is invisible or moves the cursor is escaped.

    >>> excerpt("a\x00b\tc\n\u202ed")
    'a\\x00b c \\u202ed'
    """
    line = " ".join(text[: 4 * length].split())
    if line.isprintable():
        return line if len(line) <= length else line[: length - 1] + "…"
    shown: list[str] = []
    room = length
    for character in line:
        visible = _visible(character)
        if len(visible) >= room:
            shown.append("…")
            break
        shown.append(visible)
        room -= len(visible)
    return "".join(shown)


def _visible(character: str) -> str:
    """Categories C* (controls, formats such as bidi overrides, surrogates) as escapes, the rest as it is."""
    if character == " " or not unicodedata.category(character).startswith("C"):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def encode_reject(reject: Reject) -> dict[str, Any]:
    """A reject as a JSON object: file, line and entry where known, reason, what to do, excerpt."""
    fields = {
        "file": reject.where.file,
        "line": reject.where.line,
        "entry": reject.where.entry,
        "paper": reject.where.paper,
        "reason": reject.reason,
        "to_do": reject.to_do,
        "excerpt": reject.excerpt,
    }
    return {key: value for key, value in fields.items() if value not in (None, "")}


def write_rejects(rejects: Iterable[Reject], out: TextIO) -> int:
    """Write one JSON object a line, in the order given; the number written."""
    count = 0
    for reject in rejects:
        line = json.dumps(encode_reject(reject), ensure_ascii=False)
        out.write(line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
        count += 1
    return count
