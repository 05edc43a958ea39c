"""Finding by any name, with typing errors forgiven.

Exact and leading matches first, then forms that share letter trigrams with the words, ordered by how few edits lie
between them (Damerau's errors, measured by rapidfuzz). Papers are found by the words of their titles.
"""

from __future__ import annotations

import sqlite3

from kg.serve import behind
from kg.serve.answers.shapes import Answer, paper, thing
from kg.serve.index import Index, plain

__all__ = ["search"]

_CANDIDATES = 400
_LIKE_ENOUGH = 72.0


def search(index: Index, words: str, *, kind: str | None = None, limit: int = 20) -> Answer:
    """Things and papers for some words; `kind` keeps one type of thing, or PAPER."""
    wanted = plain(words)[:120]
    things = _things(index, wanted, kind, limit) if wanted and kind != "PAPER" else []
    papers = _papers(index, wanted, limit) if wanted and kind in (None, "PAPER") else []
    return {"words": words, "things": things, "papers": papers, "sparql": behind.search(words)}


def _things(index: Index, wanted: str, kind: str | None, limit: int) -> list[Answer]:
    from rapidfuzz import fuzz

    best: dict[int, tuple[float, str, sqlite3.Row]] = {}
    for row in _candidates(index, wanted):
        if kind and row["type"] != kind:
            continue
        score = _score(wanted, row["plain"], fuzz.ratio(wanted, row["plain"]), fuzz.partial_ratio(wanted, row["plain"]))
        if score >= _LIKE_ENOUGH and score > best.get(row["n"], (0.0,))[0]:
            best[row["n"]] = (score, row["form"], row)
    # Among matches that are as good, what more papers name comes first; five points are one step.
    ranked = sorted(best.values(), key=lambda b: (-round(b[0] / 5), -b[2]["papers"], -b[0], b[2]["label"], b[2]["id"]))
    return [{"thing": thing(row), "matched": form} for _, form, row in ranked[:limit]]


def _score(wanted: str, form: str, ratio: float, partial: float) -> float:
    if form == wanted:
        return 130.0
    if form.startswith(wanted):
        return 110.0
    if f" {wanted}" in f" {form}":
        return 100.0
    if wanted in form and len(wanted) > 2:
        return 92.0
    return max(ratio, partial * 0.88 if len(wanted) > 4 else 0.0)


def _candidates(index: Index, wanted: str) -> list[sqlite3.Row]:
    columns = "forms.form, forms.plain, things.n, things.id, things.label, things.type, things.papers"
    leading = index.rows(
        f"""SELECT {columns} FROM forms JOIN things ON things.n = forms.thing
            WHERE forms.plain >= ? AND forms.plain < ? ORDER BY things.papers DESC LIMIT ?""",
        wanted,
        wanted + "\U0010ffff",
        _CANDIDATES,
    )
    grams = sorted({wanted[i : i + 3] for i in range(len(wanted) - 2)})
    if not grams:
        return leading
    match = " OR ".join(f'"{gram}"' for gram in grams)
    near = index.rows(
        f"""SELECT {columns} FROM (SELECT rowid AS r FROM grams WHERE grams MATCH ? ORDER BY rank LIMIT ?)
            JOIN forms ON forms.rowid = r JOIN things ON things.n = forms.thing""",
        match,
        _CANDIDATES,
    )
    return leading + near


def _papers(index: Index, wanted: str, limit: int) -> list[Answer]:
    tokens = wanted.split()
    match = " ".join(f'"{token}"' for token in tokens[:-1]) + f' "{tokens[-1]}"*'
    rows = index.rows(
        """SELECT papers.* FROM (SELECT rowid AS r FROM titles WHERE titles MATCH ? ORDER BY rank LIMIT ?)
           JOIN papers ON papers.n = r""",
        match.strip(),
        limit,
    )
    exact = index.rows("SELECT * FROM papers WHERE lower(id) = ?", wanted)
    return [paper(row) for row in (*exact, *(row for row in rows if row["n"] not in {e["n"] for e in exact}))]
