"""The formats, and which one an input is in.

In: a feed. Out: the format that its content shows; the file's extension decides only where the content leaves it open.
Add a format by writing its module and one line in `_SURE` or `_LOOSE`.
What it cannot do: read; each format's `entries` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from kg.errors import ReadError, UsageError
from kg.read import (
    arxiv,
    atom,
    bibtex,
    crossref,
    csl,
    hf_daily,
    hf_page,
    markdown,
    nbib,
    openalex,
    own,
    plain,
    pubmed,
    recorded,
    ris,
    semantic_scholar,
    table,
)
from kg.read.feed import Feed
from kg.read.format import Flavour, Format
from kg.read.json_stream import json_entries, json_sign
from kg.read.reject import excerpt

__all__ = ["ALIASES", "FORMATS", "format_named", "tell_format"]

_FLAVOURS: tuple[Flavour, ...] = (  # the first that fits an object reads it; our own is the loosest, so it comes last
    recorded.FLAVOUR,
    openalex.FLAVOUR,
    hf_daily.FLAVOUR,
    arxiv.FLAVOUR,
    semantic_scholar.FLAVOUR,
    crossref.FLAVOUR,
    csl.FLAVOUR,
    own.FLAVOUR,
)


def _of_flavour(flavour: Flavour) -> Format:
    """A JSON flavour as a format. Under the name of our own each object is read by the flavour that fits it."""
    tried = _FLAVOURS if flavour is own.FLAVOUR else (flavour,)
    return Format(
        name=flavour.name,
        description=flavour.description,
        told_by=flavour.told_by,
        extensions=("jsonl", "json", "ndjson"),
        sign=json_sign,
        entries=lambda feed: json_entries(feed, tried),
    )


_JSON = _of_flavour(own.FLAVOUR)
_SURE: tuple[Format, ...] = (  # each has a sign of its own; the one whose sign comes first in the head is it
    _JSON,
    pubmed.FORMAT,
    atom.FORMAT,
    ris.FORMAT,
    nbib.FORMAT,
    bibtex.FORMAT,
    hf_page.FORMAT,
    table.FORMAT,
)
_LOOSE: tuple[Format, ...] = (markdown.FORMAT, plain.FORMAT)  # in the order in which they are tried
_TOLD = (*_SURE, *_LOOSE)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.name: form
        for form in sorted(
            (*_TOLD, *(_of_flavour(flavour) for flavour in _FLAVOURS if flavour is not own.FLAVOUR)),
            key=lambda form: form.name,
        )
    }
)
"""Every input format by its name, sorted."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "jsonl": "json",
        "tsv": "csv",
        "bib": "bibtex",
        "txt": "text",
        "md": "markdown",
        "plain": "text",
        "medline": "nbib",
    }
)
"""Other names under which a format may be asked for."""

_KNOWN_OTHERS = (
    (re.compile(r"%PDF-"), "a PDF", "extract its text first"),
    (re.compile(r"PK\x03\x04"), "a zip archive or an office document", "unpack it, or export it as CSV"),
    (re.compile(r"PAR1"), "a Parquet file", "export it as JSON Lines or CSV"),
    (re.compile(r"SQLite format 3"), "an SQLite database", "export it as JSON Lines or CSV"),
    (
        re.compile(r"BZh|.7zXZ|\x1f", re.DOTALL),
        "compressed in a way that is not read here",
        "unpack it, or use gzip or zstd",
    ),
    (re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE), "an HTML page", "save it as text"),
    (re.compile(r"\s*<"), "XML of another kind", "PubMed XML and arXiv's Atom are read"),
)


def format_named(name: str) -> Format:
    """The format of that name or alias. Raises UsageError that lists them all."""
    form = FORMATS.get(ALIASES.get(name.lower(), name.lower()))
    if form is None:
        raise UsageError(f"no format {name!r}", to_do="the formats are: " + ", ".join(FORMATS))
    return form


def tell_format(feed: Feed) -> Format:
    """The format of a feed. Raises ReadError that says what was seen and lists the formats."""
    head, extension = feed.head, feed.source.extension
    if not head.strip():
        raise ReadError("nothing in it", where=feed.where(), to_do="leave the file out")
    for pattern, what, to_do in _KNOWN_OTHERS[:-2]:
        if pattern.match(head):
            raise ReadError(f"{what}, not a format that is read", where=feed.where(), to_do=to_do)
    signs = [(sign, number) for number, form in enumerate(_SURE) if (sign := form.sign(head)) is not None]
    if signs:
        return _SURE[min(signs)[1]]
    named = next((form for form in (table.FORMAT, markdown.FORMAT) if extension in form.extensions), None)
    found = named or next((form for form in _LOOSE if form.sign(head) is not None), None)
    if found is None or (found is plain.FORMAT and head.lstrip().startswith("<")):
        what, to_do = next(((what, to_do) for pattern, what, to_do in _KNOWN_OTHERS if pattern.match(head)), ("", ""))
        seen = what or f"it begins with «{excerpt(head, length=60)}»"
        wanted = (f"{to_do}; " if to_do else "") + "or name its format (--format): " + ", ".join(FORMATS)
        raise ReadError(f"the format cannot be told: {seen}", where=feed.where(), to_do=wanted)
    return found
