"""One entry of an input, between its format and `Paper`: what every format gives, and how it becomes a paper.

    format ──▶ Entry | Fault ──paper_of──▶ Paper

Out: a `Paper` with one source. An entry needs an abstract, and a title or an id (a DOI or an arXiv id is one). What
cannot be understood in a side field (a year "n.d.") is left out with a remark; what cannot be understood in title or
abstract rejects the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.domain import Paper, Source
from kg.errors import ReadError
from kg.read import dates, locators, text
from kg.read.feed import undecoded
from kg.read.people import straight

__all__ = ["Entry", "Fault", "field_text", "paper_of"]

_CONVERT = "convert the file to UTF-8 or name its encoding (--encoding latin-1)"
_LONGEST_ID = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a format found in one entry, as it stood there.

    `line` counts from 1. `exact` keeps every character of title and text in its place (see `kg.read.text`).
    `escaped` says that lone surrogates can only come from escapes such as "\\ud83d", not from undecodable bytes.
    """

    format: str
    title: str | None
    text: str | None
    line: int | None = None
    id: str | None = None
    year: int | float | str | None = None
    date: str | Sequence[object] | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    url: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    other_ids: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    comments: int | None = None
    exact: bool = False
    escaped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An entry, or a stretch of the input, that its format could not make sense of."""

    reason: str
    line: int | None = None
    quoted: str = ""
    to_do: str | None = None

    @classmethod
    def of(cls, error: ReadError, *, line: int | None, quoted: str = "") -> Fault:
        """The fault that says what an error says."""
        return cls(reason=error.what, line=line, quoted=quoted, to_do=error.to_do)


def field_text(fields: Mapping[str, object], *names: str) -> str | None:
    """The first of the named fields that holds a text; numbers count as texts, absent and null ones are passed over.

    Raises ReadError for a list, an object or a truth value where a text should be.

    >>> field_text({"abstract": None, "summary": "We show"}, "abstract", "summary")
    'We show'
    """
    for name in names:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise ReadError(f"{name} is not a text", to_do=f"give {name} as a string")
    return None


def paper_of(entry: Entry, source: Source, *, made_id: Callable[[Paper], str], remark: Callable[[str], None]) -> Paper:
    """The paper in an entry. `made_id` names it where the entry gives no id; `remark` hears what was left out.

    Raises ReadError, without a place, if there is no abstract, neither title nor id, or bytes that are not text.
    """
    title = _cleaned(entry, "title", entry.title, remark)
    abstract = _cleaned(entry, "abstract", entry.text, remark)
    if not abstract:
        raise ReadError("no abstract", to_do="give the entry an abstract, or leave it out")
    given = _short(entry, "id", entry.id, remark)
    if len(given) > _LONGEST_ID:
        raise ReadError(f"an id of {len(given):,} characters", to_do=f"give an id of at most {_LONGEST_ID}")
    date = dates.iso_date(entry.date)
    if entry.date and date is None:
        remark(f"a date that is not understood: {str(entry.date)[:40]!r}")
    year = dates.year_of(entry.year)
    if year is None and entry.year not in (None, ""):
        remark(f"a year that is not understood: {str(entry.year)[:40]!r}")
    doi = locators.doi(entry.doi) or locators.doi(entry.url if "doi.org/" in (entry.url or "") else None)
    if entry.doi and doi is None:
        remark(f"a DOI that is none: {entry.doi[:40]!r}")
    arxiv = locators.arxiv_id(entry.arxiv, bare=True) or locators.arxiv_id(entry.doi) or locators.arxiv_id(entry.url)
    if not title and not (given or doi or arxiv):
        raise ReadError("neither a title nor an id", to_do="give the entry one of them")
    paper = Paper(
        id=given or "?",
        title=title,
        text=abstract,
        year=year if year is not None else dates.year_of(date),
        date=date,
        venue=_short(entry, "venue", entry.venue, remark) or None,
        authors=tuple(name for author in entry.authors if (name := straight(_short(entry, "author", author, remark)))),
        author_count=entry.author_count,
        url=locators.web_address(entry.url),
        doi=doi,
        arxiv=arxiv,
        other_ids=tuple(sorted({text.one_line(other) for other in entry.other_ids} - {"", given})),
        code=tuple(sorted({*locators.code_links(abstract), *filter(None, map(locators.web_address, entry.code))})),
        comments=entry.comments,
        sources=(source,),
    )
    return paper if given else replace(paper, id=made_id(paper))


def _cleaned(entry: Entry, name: str, value: str | None, remark: Callable[[str], None]) -> str:
    if not value:
        return ""
    if not entry.escaped and (broken_bytes := undecoded(value)):
        raise ReadError(f"{name} holds {broken_bytes}", to_do=_CONVERT)
    cleaned = text.exact(value) if entry.exact else text.flow(value)
    if cleaned.controls:
        remark(f"{name}: {cleaned.controls} control characters taken out")
    if cleaned.broken:
        remark(f"{name}: {cleaned.broken} broken characters replaced by U+FFFD")
    return cleaned.text if name != "title" or entry.exact else " ".join(cleaned.text.split())


def _short(entry: Entry, name: str, value: str | None, remark: Callable[[str], None]) -> str:
    """A short field on one line, cleaned as a title is."""
    if not value:
        return ""
    if value.isprintable() and "  " not in value:
        return value.strip()
    if not entry.escaped and (broken_bytes := undecoded(value)):
        raise ReadError(f"{name} holds {broken_bytes}", to_do=_CONVERT)
    cleaned = text.flow(value)
    if cleaned.controls or cleaned.broken:
        remark(f"{name}: {cleaned.controls + cleaned.broken} characters taken out or replaced")
    return " ".join(cleaned.text.split())
