"""A method's family tree: what it is a kind of or built upon, and what is a kind of it or built upon it."""

from __future__ import annotations

from kg.serve import behind
from kg.serve.answers.shapes import Answer, thing_row, things_by_number
from kg.serve.index import Index

__all__ = ["family"]

_WIDEST = 24


def family(index: Index, thing_id: str, *, depth: int = 3) -> Answer:
    """Ancestors (negative generation) and descendants (positive) by isA and basedOn, up to `depth` steps each way.

    At most 24 a generation, those with the most papers; `left_out` counts the others. Raises NotHere.
    """
    row = thing_row(index, thing_id)
    generation = {row["n"]: 0}
    edges: dict[int, Answer] = {}
    left_out = 0
    for mine, other, sign in (("subject", "object", -1), ("object", "subject", 1)):
        level = [row["n"]]
        for step in range(1, depth + 1):
            marks = ", ".join("?" * len(level))
            found = index.rows(
                f"""SELECT links.*, things.papers AS known, links.{other} AS other FROM links
                    JOIN things ON things.n = links.{other}
                    WHERE links.predicate IN ('isA', 'basedOn') AND links.{mine} IN ({marks})
                    ORDER BY links.papers DESC, known DESC, links.n""",
                *level,
            )
            fresh = [n for n in dict.fromkeys(link["other"] for link in found) if n not in generation]
            left_out += max(0, len(fresh) - _WIDEST)
            level = fresh[:_WIDEST]
            generation |= dict.fromkeys(level, sign * step)
            edges |= {link["n"]: dict(link) for link in found if link["other"] in generation}
            if not level:
                break
    things = things_by_number(index, generation)
    return {
        "centre": row["id"],
        "nodes": [
            {**things[n], "generation": step}
            for n, step in sorted(generation.items(), key=lambda g: (g[1], -things[g[0]]["papers"], things[g[0]]["id"]))
        ],
        "edges": [
            {
                "s": things[link["subject"]]["id"],
                "p": link["predicate"],
                "o": things[link["object"]]["id"],
                "papers": link["papers"],
                "score": link["score"],
                "first": link["first"],
                "last": link["last"],
            }
            for _, link in sorted(edges.items())
        ],
        "left_out": left_out,
        "sparql": behind.family(row["id"]),
    }
