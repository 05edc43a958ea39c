"""Semantic Scholar: papers of the Graph API (one, a page with `data`, a batch) and of its bulk data sets.

An abstract that is null stays missing; the machine-made `tldr` is never taken for one.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.people import names_of

__all__ = ["FLAVOUR"]


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is one of Semantic Scholar's papers."""
    return "paperId" in fields or "corpusid" in fields or ("externalIds" in fields and "title" in fields)


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in a paper. Raises ReadError for a field that is not a text."""
    known = fields.get("externalIds") or fields.get("externalids")
    elsewhere: Mapping[str, object] = known if isinstance(known, dict) else {}
    year = fields.get("year")
    return Entry(
        format="semantic-scholar",
        line=line,
        id=field_text(fields, "paperId", "corpusid", "corpusId"),
        title=field_text(fields, "title"),
        text=field_text(fields, "abstract"),
        year=year if isinstance(year, int | str) else None,
        date=field_text(fields, "publicationDate", "publicationdate"),
        venue=field_text(fields, "venue"),
        authors=names_of(fields.get("authors")),
        url=field_text(fields, "url"),
        doi=field_text(elsewhere, "DOI"),
        arxiv=field_text(elsewhere, "ArXiv"),
        escaped=True,
    )


FLAVOUR = Flavour(
    name="semantic-scholar",
    description="Semantic Scholar papers: Graph API answers, or bulk JSON Lines",
    told_by="paperId, corpusid or externalIds",
    fits=fits,
    entry=entry,
)
