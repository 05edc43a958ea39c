"""The shapes that recur in answers: a thing, a paper, a text cut at its mentions, an evidence.

Texts come as segments, not as offsets, so that code points (Python) and UTF-16 units (JavaScript) cannot be confused.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from kg.domain import Evidence
from kg.graph import Contribution
from kg.graph.contribution import LinkedMention
from kg.serve.index import Index

__all__ = ["Answer", "NotHere", "cut", "evidence", "paper", "segments", "thing", "thing_row", "things_by_number"]

Answer = dict[str, Any]

_END = re.compile(r"[.!?][\"')\]]*\s+(?=[A-Z0-9\"'(\[])")


class NotHere(LookupError):
    """Nothing in this graph has that id; the message names it."""


def thing(row: sqlite3.Row) -> Answer:
    """A thing as it stands in every list; the row needs id, label, type and papers."""
    return {"id": row["id"], "label": row["label"], "type": row["type"], "papers": row["papers"]}


def paper(row: sqlite3.Row) -> Answer:
    """A paper as it stands in every list; the row needs id, node, title and year."""
    return {"id": row["id"], "node": row["node"], "title": row["title"], "year": row["year"]}


def thing_row(index: Index, thing_id: str) -> sqlite3.Row:
    """The row of a thing, by "thing/name" or the name alone. Raises NotHere."""
    full = thing_id if thing_id.startswith("thing/") else f"thing/{thing_id}"
    row = index.row("SELECT * FROM things WHERE id = ?", full)
    if row is None:
        raise NotHere(full)
    return row


def things_by_number(index: Index, numbers: Iterable[int]) -> dict[int, Answer]:
    """Things by their number in the index."""
    wanted = sorted(set(numbers))
    found: dict[int, Answer] = {}
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        marks = ", ".join("?" * len(part))
        found |= {row["n"]: thing(row) for row in index.rows(f"SELECT * FROM things WHERE n IN ({marks})", *part)}
    return found


def cut(items: Sequence[Any], limit: int) -> Answer:
    """A list that says how long it was before it was cut.

    >>> cut([1, 2, 3], 2)
    {'total': 3, 'items': [1, 2]}
    """
    return {"total": len(items), "items": list(items[:limit])}


def segments(text: str, start: int, end: int, mentions: Iterable[LinkedMention]) -> list[list[str]]:
    """text[start:end] cut at its mentions: [words] or [words, type, thing id]; joined, it is the text.

    Where mentions overlap, the one that starts first stays, and of those the longest.
    """
    inside = sorted(
        (m for m in mentions if m.mention.start >= start and m.mention.end <= end),
        key=lambda m: (m.mention.start, -m.mention.end, m.thing),
    )
    out: list[list[str]] = []
    at = start
    for linked in inside:
        mention = linked.mention
        if mention.start < at or mention.start == mention.end:
            continue
        if mention.start > at:
            out.append([text[at : mention.start]])
        out.append([text[mention.start : mention.end], mention.type.value, linked.thing])
        at = mention.end
    if at < end:
        out.append([text[at:end]])
    return out


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds [start, end): from the last sentence end before it to the first after it.

    >>> text = "One here. Two here. Three."
    >>> text[slice(*sentence_around(text, 10, 13))]
    'Two here.'
    """
    first = 0
    last = len(text)
    for match in _END.finditer(text):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end - 1:
            last = match.end() - len(match.group()) + len(match.group().rstrip())
            break
    return first, last


def evidence(index: Index, item: Evidence, contribution: Contribution | None, paper_row: sqlite3.Row | None) -> Answer:
    """An evidence with the very sentence, marked up, and the paper that says it."""
    if contribution is None or item.part == "none" or paper_row is None:
        return {"paper": None, "part": "none", "segments": [], "stage": item.stage, "score": round(item.score, 4)}
    text = contribution.paper.title if item.part == "title" else contribution.paper.text
    start, end = item.start, item.end
    if item.stage in ("mentions", "introduced") and item.part == "text" and end - start < len(text):
        start, end = sentence_around(text, start, end)
    elif item.part == "title":
        start, end = 0, len(text)
    mentions = (linked for linked in contribution.mentions if linked.part == item.part)
    return {
        "paper": paper(paper_row),
        "part": item.part,
        "segments": segments(text, start, end, mentions),
        "stage": item.stage,
        "score": round(item.score, 4),
    }
