"""What a graph holds, and where a reader may begin."""

from __future__ import annotations

from kg.serve.answers.around import RELATIONS
from kg.serve.answers.shapes import Answer, paper, thing
from kg.serve.index import Index

__all__ = ["about"]


def about(index: Index, *, title: str) -> Answer:
    """Counts, years, how relations read, and the best known things of each type to start from."""
    counts = index.memory.get("counts") or index.graph.counts()
    index.memory["counts"] = counts
    years = index.row("SELECT min(year) a, max(year) b, count(*) - count(year) undated FROM papers")
    kinds = [row["type"] for row in index.rows("SELECT DISTINCT type FROM things ORDER BY type")]
    return {
        "title": title,
        "counts": {
            "papers": counts.papers,
            "things": sum(counts.entities.values()),
            "types": dict(counts.entities),
            "mentions": counts.mentions,
            "relations": counts.relations,
            "claims": dict(counts.claims),
        },
        "years": [years["a"], years["b"]] if years is not None and years["a"] is not None else None,
        "relations": RELATIONS,
        "start": {
            kind: [
                thing(row)
                for row in index.rows(
                    "SELECT * FROM things WHERE type = ? ORDER BY papers DESC, links DESC, n LIMIT 8", kind
                )
            ]
            for kind in kinds
        },
        "papers": [
            paper(row)
            for row in index.rows(
                """SELECT papers.* FROM papers JOIN (SELECT paper, count(*) k FROM claims GROUP BY paper) ON paper = n
                   ORDER BY k DESC, n LIMIT 6"""
            )
        ],
    }
