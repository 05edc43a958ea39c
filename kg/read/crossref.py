"""Crossref works: one, a page with `message.items`, or JSON Lines of a snapshot. Abstracts are JATS.

The date is the earliest of `published`, `issued`, `published-online` and `published-print` that is given first.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.markup import plain_text
from kg.read.people import names_of

__all__ = ["FLAVOUR", "date_parts"]

_DATES = ("published", "issued", "published-online", "published-print")


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is a work, or wraps one in `message`. In CSL-JSON, its kin, a title is a string."""
    if isinstance(fields.get("message"), dict) and "message-type" in fields:
        return True
    return "DOI" in fields and (isinstance(fields.get("title"), list) or {"member", "prefix"} <= fields.keys())


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in a work. Raises ReadError for a field that is not what it should be."""
    message = fields.get("message")
    work: Mapping[str, object] = message if isinstance(message, dict) else fields
    abstract = field_text(work, "abstract")
    titles = ": ".join(part for part in (_first(work.get("title")), _first(work.get("subtitle"))) if part)
    return Entry(
        format="crossref",
        line=line,
        title=plain_text(titles),
        text=plain_text(abstract) if abstract else None,
        date=next((parts for name in _DATES if (parts := date_parts(work.get(name)))), None),
        venue=plain_text(_first(work.get("container-title")) or "") or None,
        authors=names_of(work.get("author")),
        url=field_text(work, "URL"),
        doi=field_text(work, "DOI"),
        escaped=True,
    )


def date_parts(value: object) -> tuple[object, ...] | None:
    """The first date of `{"date-parts": [[2017, 6, 12]]}`, or None.

    >>> date_parts({"date-parts": [[2017, 6]]})
    (2017, 6)
    """
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    return tuple(first) if isinstance(first, list) and first and first[0] is not None else None


def _first(value: object) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    return value if isinstance(value, str) else None


FLAVOUR = Flavour(
    name="crossref",
    description="Crossref works: JSON of the API or of a snapshot, JATS abstracts",
    told_by="DOI and a list of titles",
    fits=fits,
    entry=entry,
)
