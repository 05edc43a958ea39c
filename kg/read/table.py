"""CSV and TSV with a header line: Scopus, Web of Science, Kaggle, Zotero, spreadsheets.

The delimiter (comma, semicolon, tab, bar) is the one that makes the most known names of the header; `columns` maps our
fields to columns by name, or by number from 1 where there is no header. Quoting is RFC 4180's, checked strictly: a row
with a stray quote or another number of fields than the header is rejected, and reading goes on at the next *line*,
so that a quote that is never closed costs one row and not the rest of the file.
What it cannot do: rows whose quotes are broken in a way that still gives the right number of fields.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping

from kg.errors import ReadError
from kg.read.entry import Entry, Fault
from kg.read.feed import Feed, Line
from kg.read.format import Format
from kg.read.people import names_in

__all__ = ["FORMAT"]

_DELIMITERS = ",\t;|"
_NAMES: Mapping[str, tuple[str, ...]] = {  # folded names of columns, the best first
    "id": ("id", "paper id", "paperid", "key", "eid", "ut unique wos id", "pmid", "corpus id"),
    "title": ("title", "article title", "paper title", "document title", "titles", "ti"),
    "text": ("abstract", "abstract note", "text", "summary", "abstracts", "description", "ab"),
    "year": ("year", "publication year", "pub year", "py"),
    "date": ("date", "publication date", "published", "update date", "cover date"),
    "venue": ("venue", "source title", "journal", "publication title", "conference", "booktitle", "so"),
    "authors": ("authors", "author", "author full names", "au", "author names"),
    "url": ("url", "link", "urls", "landing page url"),
    "doi": ("doi", "di"),
    "arxiv": ("arxiv", "arxiv id"),
}
_KNOWN = {name: field for field, names in _NAMES.items() for name in names}
_MOST_LINES = 2_000
"""The most lines of one row: an abstract has tens; more means a quote that is not closed."""


def sign(head: str) -> int | None:
    """The beginning, if the first line names a title or an abstract, and at least one more known column."""
    return 0 if _sniff(_first_line(head)) else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The rows of a table, in its order."""
    csv.field_size_limit(max(csv.field_size_limit(), feed.max_entry))
    lines = _Lines(feed)
    header = lines.first()
    delimiter = _sniff(header.text) or _most_frequent(header.text)
    names = next(csv.reader([header.text], delimiter=delimiter), [])
    try:
        places, headless = _places(names, feed.columns)
    except ReadError as error:
        yield Fault.of(error, line=header.number, quoted=header.text)
        return
    if headless:
        lines.back([header])
    for row in _rows(lines, delimiter, len(names), feed.max_entry):
        yield row if isinstance(row, Fault) else _entry(row[0], row[1], places)


def _first_line(head: str) -> str:
    return next((line for line in head.split("\n") if line.strip()), "")


def _fold(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", name.strip().lower()).split())


def _sniff(header: str) -> str | None:
    """The delimiter under which the header has a title or an abstract, and two known columns; the most known wins."""
    best, most = None, 1
    for delimiter in _DELIMITERS:
        names = next(csv.reader([header[:20_000]], delimiter=delimiter), [])
        known = {_KNOWN[_fold(name)] for name in names if _fold(name) in _KNOWN}
        if len(known) > most and known & {"title", "text"}:
            best, most = delimiter, len(known)
    return best


def _most_frequent(header: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: (header.count(delimiter), -_DELIMITERS.index(delimiter)))


def _places(names: list[str], columns: Mapping[str, str]) -> tuple[dict[str, int], bool]:
    """Where each field stands, and whether the first line is already a row. Raises ReadError for what is missing."""
    folded = [_fold(name) for name in names]
    places: dict[str, int] = {}
    for field, known in _NAMES.items():
        place = next((folded.index(name) for name in known if name in folded), None)
        if place is not None:
            places[field] = place
    numbered = bool(columns) and all(column.isdigit() for column in columns.values())
    for field, column in columns.items():
        field = "text" if field == "abstract" else field
        if _fold(column) in folded:
            places[field] = folded.index(_fold(column))
        elif column.isdigit() and 1 <= int(column) <= len(names):
            places[field] = int(column) - 1
        else:
            raise ReadError(f"no column {column!r}", to_do="the columns are: " + ", ".join(names)[:300])
    if "text" not in places:
        to_do = "say which it is with --columns text=NAME; the columns are: " + ", ".join(names)[:300]
        raise ReadError("no column that is known to hold abstracts", to_do=to_do)
    return places, numbered and not any(name in _KNOWN for name in folded)


class _Lines:
    """The lines of a table, some of which may be put back to be read again."""

    def __init__(self, feed: Feed) -> None:
        self._rest = feed.lines()
        self._again: deque[Line] = deque()

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._again.popleft() if self._again else next(self._rest)

    def back(self, lines: list[Line]) -> None:
        """Put lines back, to come first."""
        self._again.extendleft(reversed(lines))

    def first(self) -> Line:
        """The first line that is not blank."""
        return next((line for line in self if line.text.strip()), Line(1, ""))


def _rows(lines: _Lines, delimiter: str, width: int, limit: int) -> Iterator[tuple[int, list[str]] | Fault]:
    for line in lines:
        if not line.text.strip():
            continue
        taken = [line]
        try:
            row = next(csv.reader(_taken(lines, taken, limit), delimiter=delimiter, strict=True), [])
            reason = f"{len(row)} fields where the header has {width}" if len(row) != width else None
        except csv.Error as error:
            row, reason = [], _said(error)
        if reason is None:
            yield line.number, row
        else:
            lines.back(taken[1:])
            to_do = "quote the field and double the quotes in it"
            yield Fault(reason=reason, line=line.number, quoted=line.text, to_do=to_do)


def _taken(lines: _Lines, taken: list[Line], limit: int) -> Iterator[str]:
    """The lines of one row for the parser, which asks for more while a quote is open; all are noted in `taken`."""
    size = 0
    line: Line | None = taken[0]
    while line is not None:
        size += len(line.text)
        if size > limit or not line.whole:
            raise csv.Error(f"a row of more than {limit:,} characters")
        if len(taken) > _MOST_LINES:
            raise csv.Error("unexpected end of data")
        yield line.text.replace("\0", "\ufffe") + "\n"
        line = next(lines, None)
        if line is not None:
            taken.append(line)


def _said(error: csv.Error) -> str:
    """The parser's message in the user's words."""
    text = str(error)
    if "end of data" in text:
        return "a quote that is not closed"
    return "a stray quote" if "expected after" in text else text


def _entry(line: int, row: list[str], places: Mapping[str, int]) -> Entry:
    found = {field: row[place].strip() or None for field, place in places.items()}
    return Entry(
        format="csv",
        line=line,
        id=found.get("id"),
        title=found.get("title"),
        text=found.get("text"),
        year=found.get("year"),
        date=found.get("date"),
        venue=found.get("venue"),
        authors=names_in(found.get("authors") or ""),
        url=found.get("url"),
        doi=found.get("doi"),
        arxiv=found.get("arxiv"),
    )


FORMAT = Format(
    name="csv",
    description="CSV, TSV and other tables with a header line; columns can be mapped",
    told_by="a first line that names a title or an abstract, and another known column",
    extensions=("csv", "tsv", "tab"),
    sign=sign,
    entries=entries,
)
