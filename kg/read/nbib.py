"""PubMed's .nbib (MEDLINE display format): "PMID- 123", "TI  - ...", lines that go on are indented.

The id is the PMID. Labels in capitals at the beginning of the abstract's sections stay where they are.
Fields: https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed
from kg.read.format import Format

__all__ = ["FORMAT"]

_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)", re.DOTALL)
_FIRST = re.compile(r"\W{0,3}PMID ?- ?[0-9]")
_SIGNATURE = re.compile(r"^\W{0,3}PMID ?- ?[0-9]", re.MULTILINE)
_DOI = re.compile(r"(\S+) \[doi\]")


def sign(head: str) -> int | None:
    """Where a line begins a citation: "PMID- 123"."""
    found = _SIGNATURE.search(head)
    return found.start() if found else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The citations of a file, in its order. A citation ends at a blank line or at the next PMID."""
    held: list[str] = []
    start = size = 0
    for number, text, whole in feed.lines():
        blank = not text.strip()
        if held and (blank or _FIRST.match(text)):
            yield _entry(held, start, size, feed.max_entry)
            held, size = [], 0
        if blank:
            continue
        start = start if held else number
        size += len(text) if whole else feed.max_entry + 1
        if size <= feed.max_entry or not held:
            held.append(text)
    if held:
        yield _entry(held, start, size, feed.max_entry)


def _entry(lines: list[str], line: int, size: int, limit: int) -> Entry | Fault:
    if size > limit:
        return Fault(reason=f"an entry of more than {limit:,} characters", line=line, quoted=" ".join(lines[:3]))
    fields: dict[str, list[str]] = {}
    values: list[str] | None = None
    for text in lines:
        if text[:1].isspace():
            if values:
                values[-1] += " " + text.strip()
        elif found := _TAG.match(text.lstrip("\ufeff")):
            values = fields.setdefault(found[1], [])
            values.append(found[2].strip())
        else:
            values = None

    def value(*names: str) -> str | None:
        return next((fields[name][0] for name in names if fields.get(name) and fields[name][0]), None)

    abstracts = [text for text in fields.get("AB", ()) if text]
    dois = [found[1] for text in (*fields.get("LID", ()), *fields.get("AID", ())) if (found := _DOI.search(text))]
    pmid = value("PMID")
    return Entry(
        format="nbib",
        line=line,
        id=pmid,
        title=value("TI", "BTI", "TT"),
        text="\n\n".join(abstracts),
        date=value("DP"),
        year=(value("DP") or "")[:4] or None,
        venue=value("JT", "TA"),
        authors=tuple(fields.get("FAU") or fields.get("AU") or ()),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid and pmid.isdigit() else None,
        doi=dois[0] if dois else None,
    )


FORMAT = Format(
    name="nbib",
    description="PubMed .nbib (MEDLINE text)",
    told_by='a line "PMID- " and a number',
    extensions=("nbib", "medline"),
    sign=sign,
    entries=entries,
)
