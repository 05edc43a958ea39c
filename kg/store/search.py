"""Looking for words: labels and aliases of things, titles of papers, sentences of claims (SQLite FTS5, bm25).

In: words as people type them. They are never read as the index's query language: each becomes a quoted term, the last
one a prefix, so that a search box answers while someone types. What it cannot do: spelling mistakes, meaning.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.domain import Thing
from kg.graph import Contribution

__all__ = [
    "Hit",
    "WordKind",
    "WordRow",
    "add_words",
    "remove_words",
    "search",
    "words_of_contribution",
    "words_of_thing",
]

WordKind = Literal["label", "alias", "title", "sentence"]
WordRow = tuple[str, str, WordKind]
"""Text, node, kind."""
_WORD = re.compile(r"\w+")
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A match: the node, which of its texts it was, that text, and how well it fits (higher is better, > 0)."""

    node: str
    kind: WordKind
    text: str
    score: float


def words_of_thing(thing: Thing) -> Iterator[WordRow]:
    """(text, node, kind) of a thing: its label, and its aliases in one row."""
    yield thing.label, thing.id, "label"
    aliases = [form for form, _ in thing.aliases if form != thing.label]
    if aliases:
        yield " · ".join(aliases), thing.id, "alias"


def words_of_contribution(contribution: Contribution) -> Iterator[WordRow]:
    """(text, node, kind) of a paper: its title, and the sentence of each of its claims."""
    yield contribution.paper.title, contribution.node, "title"
    for linked in contribution.claims:
        yield linked.claim.sentence.of(contribution.paper.text), linked.id, "sentence"


def add_words(connection: sqlite3.Connection, rows: Iterable[tuple[str, WordRow]]) -> None:
    """Index texts, each with its owner (a thing or a paper), so that those of one owner can be taken out together."""
    (last,) = connection.execute("SELECT coalesce(max(serial), 0) FROM worded").fetchone()
    numbered = list(enumerate(rows, last + 1))
    connection.executemany(
        "INSERT INTO worded(serial, node) VALUES (?, ?)", ((serial, owner) for serial, (owner, _) in numbered)
    )
    connection.executemany(
        "INSERT INTO words(rowid, text, node, kind) VALUES (?, ?, ?, ?)",
        ((serial, *row) for serial, (_, row) in numbered),
    )


def remove_words(connection: sqlite3.Connection, owner: str) -> None:
    """Take the texts of one owner out."""
    serials = connection.execute("SELECT serial FROM worded WHERE node = ?", (owner,)).fetchall()
    connection.executemany("DELETE FROM words WHERE rowid = ?", serials)
    connection.execute("DELETE FROM worded WHERE node = ?", (owner,))


def search(
    connection: sqlite3.Connection, words: str, *, limit: int = 20, kinds: tuple[str, ...] = ()
) -> tuple[Hit, ...]:
    """Texts that hold every one of the words, the last as a beginning; best first, then by node.

    limit: at most so many, ≥ 1. kinds: only these kinds of text; empty for all.
    """
    terms = _WORD.findall(words)[:_MOST_WORDS]
    if not terms or limit < 1:
        return ()
    asked = " ".join(f'"{term}"' for term in terms) + "*"
    marks = ", ".join("?" * len(kinds))
    only = f" AND kind IN ({marks})" if kinds else ""
    rows = connection.execute(
        f"SELECT node, kind, text, bm25(words) FROM words WHERE words MATCH ?{only} ORDER BY 4, 1, 2 LIMIT ?",
        (asked, *kinds, limit),
    )
    return tuple(Hit(node=node, kind=kind, text=text, score=max(-score, 0.0)) for node, kind, text, score in rows)
