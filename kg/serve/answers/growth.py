"""How the use of things grew: papers a year that name each, and their share of that year's papers."""

from __future__ import annotations

from collections.abc import Sequence

from kg.serve import behind
from kg.serve.answers.shapes import Answer, thing, thing_row
from kg.serve.index import Index

__all__ = ["growth"]

MOST = 8


def growth(index: Index, thing_ids: Sequence[str]) -> Answer:
    """One line a thing, over all years of the graph; years without a paper are there with 0. Raises NotHere."""
    totals = {
        row["year"]: row["k"]
        for row in index.rows("SELECT year, count(*) k FROM papers WHERE year IS NOT NULL GROUP BY year ORDER BY year")
    }
    years = list(range(min(totals), max(totals) + 1)) if totals else []
    rows = [thing_row(index, id) for id in list(dict.fromkeys(thing_ids))[:MOST]]
    if not rows:
        rows = index.rows("SELECT * FROM things WHERE type IN ('ARCH', 'METHOD') ORDER BY papers DESC, n LIMIT 5")
    lines = []
    for row in rows:
        counted = {
            found["year"]: found["k"]
            for found in index.rows(
                """SELECT year, count(*) k FROM mentions JOIN papers ON papers.n = mentions.paper
                   WHERE thing = ? AND year IS NOT NULL GROUP BY year""",
                row["n"],
            )
        }
        undated = index.number(
            """SELECT count(*) FROM mentions JOIN papers ON papers.n = mentions.paper
               WHERE thing = ? AND year IS NULL""",
            row["n"],
        )
        lines.append({"thing": thing(row), "papers": [counted.get(year, 0) for year in years], "undated": undated})
    return {
        "years": years,
        "totals": [totals.get(year, 0) for year in years],
        "undated": index.number("SELECT count(*) FROM papers WHERE year IS NULL"),
        "lines": lines,
        "sparql": behind.growth(row["id"] for row in rows),
    }
