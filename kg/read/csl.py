"""CSL-JSON, as Zotero, Mendeley and pandoc write it. Schema: https://github.com/citation-style-language/schema."""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.crossref import date_parts
from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.markup import plain_text
from kg.read.people import names_of

__all__ = ["FLAVOUR"]

_OWN_FIELDS = ("issued", "container-title", "citation-key", "DOI", "URL", "publisher", "accessed")


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is a CSL item: a type, and a field that only CSL has."""
    return isinstance(fields.get("type"), str) and any(name in fields for name in _OWN_FIELDS)


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in an item. Raises ReadError for a field that is not a text."""
    title, abstract = field_text(fields, "title"), field_text(fields, "abstract")
    issued = fields.get("issued")
    raw = field_text(issued, "raw", "literal") if isinstance(issued, dict) else None
    return Entry(
        format="csl",
        line=line,
        id=field_text(fields, "id", "citation-key"),
        title=plain_text(title) if title else None,
        text=plain_text(abstract) if abstract else None,
        date=date_parts(issued) or raw,
        venue=field_text(fields, "container-title", "collection-title"),
        authors=names_of(fields.get("author")),
        url=field_text(fields, "URL"),
        doi=field_text(fields, "DOI"),
        escaped=True,
    )


FLAVOUR = Flavour(
    name="csl",
    description="CSL-JSON of Zotero, Mendeley, pandoc",
    told_by="type, and issued, container-title, DOI or URL",
    fits=fits,
    entry=entry,
)
