"""RIS, as EndNote, Scopus, Ovid, Mendeley and Zotero write it. Parsed by rispy, one reference at a time.

A reference runs from TY, or from its first tag where TY is missing, to ER or to the next TY. The abstract is AB, else
N2. Numbers, tags without a title and other junk between references (Ovid) are passed over.
What it cannot do: tags that start inside a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed
from kg.read.format import Format
from kg.read.markup import plain_text

__all__ = ["FORMAT"]

_TYPE = re.compile(r"\W{0,3}TY {1,2}-")
_END = re.compile(r"\s*ER {1,2}-")
_TAG = re.compile(r"[A-Z][A-Z0-9]  -")
_TELLING = re.compile(r"(?:TI|T1|AB|N2)  -")
_LOOSE_TAG = re.compile(r"([A-Z][A-Z0-9]) - ?")
_JUNK = re.compile(r"\s*(?:<[0-9]{1,9}>|[0-9]{1,9}\.)?\s*")
_SIGNATURE = re.compile(r"^\W{0,3}TY {1,2}- ?[A-Z]", re.MULTILINE)


def sign(head: str) -> int | None:
    """Where a line begins a reference: "TY  - JOUR"."""
    found = _SIGNATURE.search(head)
    return found.start() if found else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The references of a file, in its order."""
    for reference in _references(feed):
        if not reference.begun and not any(_TELLING.match(text) for text in reference.lines):
            continue  # Ovid's tags after ER
        if reference.size > feed.max_entry:
            reason = f"an entry of more than {feed.max_entry:,} characters"
            yield Fault(reason=reason, line=reference.line, quoted=" ".join(reference.lines[:3]))
        else:
            yield _entry(reference.lines, reference.line)


@dataclass(slots=True)
class _Reference:
    """A reference that is being read: the line it begins on, its lines without TY and ER, whether TY was there."""

    line: int
    begun: bool
    lines: list[str] = field(default_factory=list)
    size: int = 0


def _references(feed: Feed) -> Iterator[_Reference]:
    held: _Reference | None = None
    loose = False
    for number, text, whole in feed.lines():
        if _TYPE.match(text):
            if held is not None:
                yield held
            held = _Reference(number, begun=True)
            loose = "TY -" in text
        elif held is not None and _END.match(text):
            yield held
            held = None
        elif held is not None or _TAG.match(text):
            held = held or _Reference(number, begun=False)
            held.size += len(text) if whole else feed.max_entry + 1
            if held.size <= feed.max_entry:
                tagged = loose and _LOOSE_TAG.match(text)
                held.lines.append(_LOOSE_TAG.sub(r"\1  - ", text, count=1) if tagged else text)
    if held is not None:
        yield held


def _entry(reference: list[str], line: int) -> Entry:
    import rispy

    lines = ["TY  - GEN", *(text for text in reference if not _JUNK.fullmatch(text)), "ER  - "]
    parsed = rispy.loads("\n".join(lines))
    fields = parsed[0] if parsed else {}

    def value(*names: str) -> str | None:
        for name in names:
            found = fields.get(name)
            if isinstance(found, list):
                found = next((item for item in found if item), None)
            if isinstance(found, str) and found.strip():
                return found
        return None

    title = value("title", "primary_title", "short_title")
    abstract = value("abstract", "notes_abstract")
    authors = fields.get("authors") or fields.get("first_authors") or []
    return Entry(
        format="ris",
        line=line,
        id=value("id"),
        title=plain_text(title) if title else None,
        text=plain_text(abstract) if abstract else None,
        year=(value("year", "publication_year") or "").split("/")[0].strip() or None,
        date=(value("date", "publication_year", "year") or "").strip("/ ").removesuffix("/") or None,
        venue=value("journal_name", "secondary_title", "alternate_title3", "alternate_title2", "place_published"),
        authors=tuple(author for author in authors if isinstance(author, str)),
        url=value("urls"),
        doi=value("doi"),
        arxiv=value("urls"),
    )


FORMAT = Format(
    name="ris",
    description="RIS of EndNote, Scopus, Ovid, Zotero",
    told_by='a line "TY  - "',
    extensions=("ris",),
    sign=sign,
    entries=entries,
)
