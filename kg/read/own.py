"""Our own JSON form: {id, title, abstract | text, year, venue, authors, url, doi, ...}, one object a paper.

Every character of title and abstract keeps its place, so that offsets made elsewhere stay right. An object of unknown
make that has a title or an id, and a text, is read in this form too.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.people import names_of

__all__ = ["FLAVOUR"]

_TEXTS = ("abstract", "text", "summary", "description")


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object may be a paper at all."""
    return "title" in fields or ("id" in fields and any(name in fields for name in _TEXTS))


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in an object. Raises ReadError for a field that is not a text."""
    year, date = fields.get("year"), fields.get("date")
    comments, count = fields.get("comments"), fields.get("author_count")
    return Entry(
        format="json",
        line=line,
        id=field_text(fields, "id"),
        title=field_text(fields, "title"),
        text=field_text(fields, *_TEXTS),
        year=year if isinstance(year, int | float | str) else None,
        date=date if isinstance(date, str) else None,
        venue=field_text(fields, "venue", "journal", "booktitle"),
        authors=names_of(fields.get("authors") or fields.get("author")),
        author_count=count if isinstance(count, int) else None,
        url=field_text(fields, "url"),
        doi=field_text(fields, "doi", "DOI"),
        arxiv=field_text(fields, "arxiv", "arxiv_id"),
        other_ids=strings(fields.get("other_ids")),
        code=strings(fields.get("code")),
        comments=comments if isinstance(comments, int) else None,
        exact=True,
        escaped=True,
    )


def strings(value: object) -> tuple[str, ...]:
    """The strings of a list, or the one string."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


FLAVOUR = Flavour(
    name="json",
    description="JSON or JSON Lines, one object a paper: id, title, abstract, year, venue, authors, url, doi",
    told_by="title or id, and abstract or text",
    fits=fits,
    entry=entry,
)
