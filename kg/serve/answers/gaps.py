"""Gaps: well-known things of two types that meet nowhere, and how surprising that is."""

from __future__ import annotations

from kg.serve import behind
from kg.serve.answers.shapes import Answer, thing
from kg.serve.index import Index

__all__ = ["gaps"]


def gaps(index: Index, *, rows: str = "METHOD", columns: str = "TASK", height: int = 24, width: int = 18) -> Answer:
    """A table of the best known `rows` and `columns`: papers that name both, and the empty cells ranked.

    `expected` is the number of papers that would name both if the two were independent (n₁·n₂/N), `between` the number
    of things that both are linked to: an empty cell with much between is the likelier gap.
    """
    by_row = _known(index, rows, height)
    by_column = _known(index, columns, width)
    total = max(1, index.number("SELECT count(*) FROM papers"))
    row_marks, column_marks = (", ".join("?" * len(part)) for part in (by_row, by_column))
    together = {
        (found["a"], found["b"]): found["k"]
        for found in index.rows(
            f"""SELECT a.thing a, b.thing b, count(*) k FROM mentions a JOIN mentions b ON a.paper = b.paper
                WHERE a.thing IN ({row_marks}) AND b.thing IN ({column_marks}) GROUP BY a.thing, b.thing""",
            *by_row,
            *by_column,
        )
    }
    near = {n: _neighbours(index, n) for n in (*by_row, *by_column)}
    empty = [
        {
            "row": by_row[r],
            "column": by_column[c],
            "expected": round(by_row[r]["papers"] * by_column[c]["papers"] / total, 2),
            "between": len(near[r] & near[c]),
        }
        for r in by_row
        for c in by_column
        if (r, c) not in together and r != c
    ]
    empty.sort(key=lambda gap: (-gap["expected"] - gap["between"], gap["row"]["id"], gap["column"]["id"]))
    return {
        "rows": list(by_row.values()),
        "columns": list(by_column.values()),
        "cells": [[together.get((r, c), 0) for c in by_column] for r in by_row],
        "gaps": empty[:100],
        "total": len(empty),
        "sparql": behind.gaps(rows, columns),
    }


def _known(index: Index, kind: str, limit: int) -> dict[int, Answer]:
    """The best known things of a type; an architecture is a method too."""
    kinds = ("METHOD", "ARCH") if kind == "METHOD" else (kind, kind)
    found = index.rows("SELECT * FROM things WHERE type IN (?, ?) ORDER BY papers DESC, n LIMIT ?", *kinds, limit)
    return {row["n"]: thing(row) for row in found}


def _neighbours(index: Index, number: int) -> set[int]:
    rows = index.rows(
        "SELECT object FROM links WHERE subject = ?1 UNION SELECT subject FROM links WHERE object = ?1", number
    )
    return {row[0] for row in rows}
