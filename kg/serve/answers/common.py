"""What a set of papers has in common: the things that several of them name, and the facts that several state."""

from __future__ import annotations

from collections.abc import Sequence

from kg.serve import behind
from kg.serve.answers.shapes import Answer, NotHere, paper, thing, things_by_number
from kg.serve.index import Index

__all__ = ["common"]

MOST = 50


def common(index: Index, papers: Sequence[str]) -> Answer:
    """Things by how many of the papers name them, then by how rare they are elsewhere. Raises NotHere.

    papers: node ids or own ids, at most 50. `lift` compares the share among these papers with the share among all.
    """
    rows = []
    for name in list(dict.fromkeys(papers))[:MOST]:
        row = index.row("SELECT * FROM papers WHERE node = ? OR node = 'paper/' || ? OR id = ?", name, name, name)
        if row is None:
            raise NotHere(name)
        rows.append(row)
    marks = ", ".join("?" * len(rows))
    numbers = [row["n"] for row in rows]
    order = {row["n"]: position for position, row in enumerate(rows)}
    all_papers = max(1, index.number("SELECT count(*) FROM papers"))
    found = index.rows(
        f"""SELECT things.*, count(*) k, group_concat(paper) who FROM mentions JOIN things ON things.n = mentions.thing
            WHERE paper IN ({marks}) GROUP BY things.n HAVING count(*) > 1
            ORDER BY k DESC, things.papers, things.n LIMIT 200""",
        *numbers,
    )
    facts = index.rows(
        f"""SELECT links.*, count(DISTINCT paper) k FROM evidence JOIN links ON links.n = evidence.link
            WHERE paper IN ({marks}) GROUP BY links.n HAVING count(DISTINCT paper) > 1
            ORDER BY k DESC, links.n LIMIT 100""",
        *numbers,
    )
    things = things_by_number(index, [n for row in facts for n in (row["subject"], row["object"])])
    return {
        "papers": [paper(row) for row in rows],
        "things": [
            {
                "thing": thing(row),
                "in": row["k"],
                "which": sorted(order[int(n)] for n in row["who"].split(",")),
                "lift": round((row["k"] / len(rows)) / (row["papers"] / all_papers), 2) if row["papers"] else None,
            }
            for row in found
        ],
        "facts": [
            {
                "subject": things[row["subject"]],
                "predicate": row["predicate"],
                "object": things[row["object"]],
                "in": row["k"],
            }
            for row in facts
        ],
        "sparql": behind.common(row["node"] for row in rows),
    }
