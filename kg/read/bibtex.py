"""BibTeX and BibLaTeX files (Zotero, ACL Anthology, DBLP, JabRef).

The file is cut at lines that begin an entry; each piece is parsed by bibtexparser, so that an entry with an unclosed
brace costs that entry alone. `@string` names and `#` are resolved here, with cycles told; LaTeX accents become
characters and formulae stay. The entry's key is its id. What it cannot do: `crossref` inheritance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ReadError
from kg.read.entry import Entry, Fault
from kg.read.feed import Feed
from kg.read.format import Format
from kg.read.latex import decode_latex

__all__ = ["FORMAT"]

_BEGIN = re.compile(r"\s*@\s*([A-Za-z]{1,30})\s*[{(]")
_SIGNATURE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{1,30}[ \t]*[{(]", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*(?:title|abstract)[ \t]*=[ \t]*[{\"]", re.MULTILINE | re.IGNORECASE)
_OUTSIDE = "fields outside of an entry"
_BEGIN_IT = "begin the entry with @article{key,"
_SILENT = frozenset({"comment", "preamble"})
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DEPTH = 50
_LONGEST = 1 << 20


def sign(head: str) -> int | None:
    """Where a line begins an entry: @article{."""
    found = _SIGNATURE.search(head)
    return found.start() if found else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The entries of a file, in its order."""
    import logging

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it logs are our faults
    strings = {month: month for month in _MONTHS}
    for line, piece, whole in _pieces(feed):
        if not whole:
            yield Fault(reason=f"an entry of more than {feed.max_entry:,} characters", line=line, quoted=piece)
        else:
            yield from _parsed(piece, line, strings)


def _pieces(feed: Feed) -> Iterator[tuple[int, str, bool]]:
    """Stretches that begin with an entry: first line, text, and whether it is whole. Before the first, a comment."""
    held: list[str] = []
    start, size = 1, 0
    for number, text, whole in feed.lines():
        if _BEGIN.match(text):
            if held:
                yield start, "\n".join(held), size <= feed.max_entry
            held, start, size = [], number, 0
        size += len(text) if whole else feed.max_entry + 1
        if size <= feed.max_entry or not held:
            held.append(text)
    if held:
        yield start, "\n".join(held), size <= feed.max_entry


def _parsed(piece: str, line: int, strings: dict[str, str]) -> Iterator[Entry | Fault]:
    import bibtexparser
    from bibtexparser import model

    begun = _BEGIN.match(piece)
    if begun and begun[1].lower() in _SILENT:
        return
    if not begun:
        if _FIELD.search(piece):
            yield Fault(reason=_OUTSIDE, line=line, quoted=piece, to_do=_BEGIN_IT)
        return
    for block in bibtexparser.parse_string(piece, parse_stack=[]).blocks:
        at = line + (block.start_line or 0)
        if isinstance(block, model.String):
            strings[block.key.lower()] = block.value
        elif isinstance(block, model.DuplicateFieldKeyBlock) and not block.duplicate_keys & {"title", "abstract"}:
            yield _entry_or_fault(block.ignore_error_block, at, strings)
        elif isinstance(block, model.ParsingFailedBlock):
            reason = (
                " ".join(str(getattr(block.error, "abort_reason", "") or block.error).split()) or "it does not parse"
            )
            yield Fault(reason=f"not BibTeX: {reason}"[:300], line=at, quoted=block.raw or piece)
        elif isinstance(block, model.ImplicitComment) and _FIELD.search(block.raw or ""):
            yield Fault(reason=_OUTSIDE, line=at, quoted=block.raw or "", to_do=_BEGIN_IT)
        elif isinstance(block, model.Entry):
            yield _entry_or_fault(block, at, strings)


def _entry_or_fault(block: Any, line: int, strings: Mapping[str, str]) -> Entry | Fault:
    try:
        return _entry(block, line, strings)
    except ReadError as error:
        return Fault.of(error, line=line, quoted=block.raw or "")


def _entry(block: Any, line: int, strings: Mapping[str, str]) -> Entry:
    """The entry in a block. Raises ReadError where title or abstract uses a name that has no end."""
    raw: dict[str, str] = {}
    for field in block.fields:
        name = field.key.rpartition("\n")[
            2
        ]  # biber allows lines of comment before a field; the parser takes them along
        raw.setdefault(name.strip().lower(), str(field.value))

    def value(*names: str, sure: bool = False) -> str | None:
        for name in names:
            if name in raw:
                try:
                    text = decode_latex(expanded(raw[name], strings)).strip()
                except ReadError:
                    if sure:
                        raise
                    continue
                if text:
                    return text
        return None

    authors = value("author", "editor")
    month, year = value("month"), value("year")
    eprint = value("eprint") if (value("archiveprefix", "eprinttype") or "arxiv").lower() == "arxiv" else None
    return Entry(
        format="bibtex",
        line=line,
        id=block.key or None,
        title=value("title", sure=True),
        text=value("abstract", "annotation", sure=True),
        year=year,
        date=value("date") or (f"{month} {year}" if month and year and month[:3].lower() in _MONTHS else None),
        venue=value("booktitle", "journal", "journaltitle", "publisher"),
        authors=tuple(part for part in _AND.split(authors) if part != "others") if authors else (),
        url=value("url"),
        doi=value("doi"),
        arxiv=eprint or value("journal"),
    )


def expanded(value: str, strings: Mapping[str, str]) -> str:
    """The text of a value: pieces in braces or quotes, numbers, and names of `@string`, joined by `#`.

    Raises ReadError for a name that stands for itself in the end, or for a text that grows without bound.

    >>> expanded('conf # " 2020"', {"conf": "{Proc. of Tests}"})
    'Proc. of Tests 2020'
    """
    return _expanded(value, strings, ())


def _expanded(value: str, strings: Mapping[str, str], above: tuple[str, ...]) -> str:
    parts: list[str] = []
    size = 0
    for piece in _joined(value):
        if len(piece) > 1 and piece[0] + piece[-1] in ('""', "{}"):
            text = piece[1:-1]
        else:
            name = piece.lower()
            if name in above or len(above) > _DEPTH:
                raise ReadError(f"the @string {piece[:40]!r} stands for itself", to_do="define it by a text")
            known = strings.get(name)
            text = piece if known is None or known == name else _expanded(known, strings, (*above, name))
        size += len(text)
        if size > _LONGEST and above:
            raise ReadError("an @string that grows beyond a megabyte", to_do="define it by a text")
        parts.append(text)
    return "".join(parts)


def _joined(value: str) -> Iterator[str]:
    """The pieces of a value at each # outside braces and quotes."""
    value = value.strip()
    if "#" not in value:
        yield value
        return
    depth, quoted, start = 0, False, 0
    for place, character in enumerate(value):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == '"' and depth == 0:
            quoted = not quoted
        elif character == "#" and depth == 0 and not quoted:
            yield value[start:place].strip()
            start = place + 1
    yield value[start:].strip()


FORMAT = Format(
    name="bibtex",
    description="BibTeX and BibLaTeX with abstracts",
    told_by="a line that begins an entry: @article{",
    extensions=("bib", "bibtex"),
    sign=sign,
    entries=entries,
)
