"""The whole as communities with names, each with a place on the map; and one community opened."""

from __future__ import annotations

from kg.serve import behind
from kg.serve.answers.shapes import Answer, NotHere, thing
from kg.serve.index import Index

__all__ = ["community", "overview"]

_TOP = 8


def overview(index: Index, *, shown: int = 1500) -> Answer:
    """Communities with their best known members, what they share, and up to `shown` things for the map."""
    # Two passes over the things, not two a community.
    top: dict[int, list[Answer]] = {}
    for found in index.rows(
        """SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY community ORDER BY papers DESC, links DESC, n) place
                          FROM things WHERE community IS NOT NULL)
           WHERE place <= ? ORDER BY community, place""",
        _TOP,
    ):
        top.setdefault(found["community"], []).append(thing(found))
    types: dict[int, dict[str, int]] = {}
    for found in index.rows(
        """SELECT community, type, count(*) k FROM things WHERE community IS NOT NULL
           GROUP BY community, type ORDER BY community, type"""
    ):
        types.setdefault(found["community"], {})[found["type"]] = found["k"]
    communities = [
        {
            **{key: row[key] for key in ("n", "name", "size", "x", "y", "r")},
            "top": top.get(row["n"], []),
            "types": types.get(row["n"], {}),
        }
        for row in index.rows("SELECT * FROM communities ORDER BY n")
    ]
    nodes = index.rows("SELECT * FROM things WHERE x IS NOT NULL ORDER BY papers DESC, links DESC, n LIMIT ?", shown)
    shared = index.rows(
        """SELECT min(s.community, o.community) a, max(s.community, o.community) b, sum(links.papers) k
           FROM links JOIN things s ON s.n = links.subject JOIN things o ON o.n = links.object
           WHERE s.community IS NOT NULL AND o.community IS NOT NULL AND s.community <> o.community
           GROUP BY a, b ORDER BY k DESC, a, b LIMIT 400"""
    )
    return {
        "communities": communities,
        "shared": [[row["a"], row["b"], row["k"]] for row in shared],
        "nodes": [{**thing(row), "x": row["x"], "y": row["y"], "community": row["community"]} for row in nodes],
        "edges": _edges(index, [row["n"] for row in nodes]),
        "mapped": index.number("SELECT count(*) FROM things WHERE x IS NOT NULL"),
        "things": index.number("SELECT count(*) FROM things"),
        "sparql": behind.overview(),
    }


def community(index: Index, number: int, *, shown: int = 400) -> Answer:
    """The members of a community with their places and the links between them. Raises NotHere."""
    row = index.row("SELECT * FROM communities WHERE n = ?", number)
    if row is None:
        raise NotHere(f"community {number}")
    members = index.rows(
        "SELECT * FROM things WHERE community = ? ORDER BY papers DESC, links DESC, n LIMIT ?", number, shown
    )
    return {
        "community": {key: row[key] for key in ("n", "name", "size", "x", "y", "r")},
        "nodes": [{**thing(found), "x": found["x"], "y": found["y"], "community": number} for found in members],
        "edges": _edges(index, [found["n"] for found in members], number),
        "sparql": behind.overview(),
    }


def _edges(index: Index, numbers: list[int], community: int | None = None) -> list[list[object]]:
    """Links between the things of a list, by their positions in it: [from, to, predicate, papers, score, first, last]."""
    at = {number: position for position, number in enumerate(numbers)}
    inside = "WHERE subject IN (SELECT n FROM things WHERE community = ?)" if community is not None else ""
    rows = index.rows(
        f"SELECT subject, object, predicate, papers, score, first, last FROM links {inside} ORDER BY papers DESC, n",
        *([community] if community is not None else []),
    )
    return [
        [
            at[row["subject"]],
            at[row["object"]],
            *(row[key] for key in ("predicate", "papers", "score", "first", "last")),
        ]
        for row in rows
        if row["subject"] in at and row["object"] in at
    ][:12000]
