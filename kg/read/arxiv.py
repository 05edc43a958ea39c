"""arXiv's metadata snapshot: JSON Lines, one object a paper, as on Kaggle (the OAI-PMH fields of arXivRaw).

Abstracts are hard-wrapped and keep their LaTeX. `journal-ref` is the venue; the date is that of the first version.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.people import names_in, names_of

__all__ = ["FLAVOUR"]


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is of the snapshot."""
    return "abstract" in fields and ("authors_parsed" in fields or {"categories", "versions"} <= fields.keys())


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in an object. Raises ReadError for a field that is not a text."""
    name = field_text(fields, "id")
    return Entry(
        format="arxiv",
        line=line,
        id=name,
        title=field_text(fields, "title"),
        text=field_text(fields, "abstract"),
        date=_first_version(fields.get("versions")),
        venue=field_text(fields, "journal-ref"),
        authors=_authors(fields),
        url=f"https://arxiv.org/abs/{name}" if name else None,
        doi=(field_text(fields, "doi") or "").split(" ")[0] or None,
        arxiv=name,
        escaped=True,
    )


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    """`authors_parsed` holds [family, given, suffix]; `authors` one string."""
    parsed = fields.get("authors_parsed")
    if isinstance(parsed, list):
        rows = [row for row in parsed if isinstance(row, list) and row and all(isinstance(part, str) for part in row)]
        return tuple(" ".join(part for part in (*row[1:2], row[0], *row[2:3]) if part) for row in rows)
    authors = fields.get("authors")
    return names_in(authors) if isinstance(authors, str) else names_of(authors)


def _first_version(versions: object) -> str | None:
    """`created` of the first version: "Mon, 2 Apr 2007 19:18:42 GMT"."""
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        created = versions[0].get("created")
        return created if isinstance(created, str) else None
    return None


FLAVOUR = Flavour(
    name="arxiv",
    description="arXiv's metadata snapshot, JSON Lines",
    told_by="abstract, and authors_parsed or categories and versions",
    fits=fits,
    entry=entry,
)
