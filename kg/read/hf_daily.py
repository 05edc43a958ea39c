"""Hugging Face papers as JSON: the daily list (`/api/daily_papers`) and single papers (`/api/papers/ID`).

The abstract is `summary`, in the daily list nested under `paper`; the machine-made `ai_summary` is never taken for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.own import strings
from kg.read.people import names_of

__all__ = ["FLAVOUR"]

_OWN_FIELDS = ("upvotes", "ai_summary", "ai_keywords", "submittedOnDailyAt", "discussionId", "numComments")


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is a paper, or an entry of the daily list."""
    paper = fields.get("paper")
    if isinstance(paper, dict):
        return "summary" in paper or "title" in paper
    return "summary" in fields and any(name in fields for name in _OWN_FIELDS)


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in an object. Raises ReadError for a field that is not a text."""
    nested = fields.get("paper")
    paper: Mapping[str, object] = nested if isinstance(nested, dict) else fields
    name = field_text(paper, "id")
    comments = fields.get("numComments")
    return Entry(
        format="hf-daily",
        line=line,
        id=name,
        title=field_text(paper, "title") or field_text(fields, "title"),
        text=field_text(paper, "summary"),
        date=field_text(paper, "publishedAt") or field_text(fields, "publishedAt"),
        authors=names_of(paper.get("authors")),
        url=f"https://huggingface.co/papers/{name}" if name else None,
        arxiv=name,
        code=strings(paper.get("githubRepo")),
        comments=comments if isinstance(comments, int) else None,
        escaped=True,
    )


FLAVOUR = Flavour(
    name="hf-daily",
    description="Hugging Face daily papers, JSON of the API",
    told_by="summary under paper, or summary and upvotes",
    fits=fits,
    entry=entry,
)
