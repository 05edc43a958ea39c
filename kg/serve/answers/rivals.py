"""Who beats whom, and where papers contradict each other."""

from __future__ import annotations

import json
import sqlite3

from kg.serve import behind
from kg.serve.answers.shapes import Answer, thing_row, things_by_number
from kg.serve.index import Index

__all__ = ["rivals"]


def rivals(index: Index, *, thing_id: str | None = None, task_id: str | None = None, shown: int = 60) -> Answer:
    """Pairs in which one thing outperforms another: everywhere, around a thing (two steps), or for a task or dataset.

    A pair is `opposed` where papers say both; each edge tells on what and by what measure, if a claim says so.
    Raises NotHere.
    """
    number = thing_row(index, thing_id)["n"] if thing_id else None
    task = thing_row(index, task_id)["n"] if task_id else None
    rows = _pairs(index, number, task)
    pairs = {(row["subject"], row["object"]) for row in rows}
    opposed = [row for row in rows if (row["object"], row["subject"]) in pairs]
    kept = (opposed + [row for row in rows if row not in opposed])[:shown]
    wins: dict[int, int] = {}
    losses: dict[int, int] = {}
    for row in kept:
        wins[row["subject"]] = wins.get(row["subject"], 0) + 1
        losses[row["object"]] = losses.get(row["object"], 0) + 1
    things = things_by_number(index, [*wins, *losses])
    levels = _levels([(row["subject"], row["object"]) for row in kept])
    nodes = [
        {**found, "wins": wins.get(n, 0), "losses": losses.get(n, 0), "level": levels[n]}
        for n, found in sorted(things.items(), key=lambda t: (levels[t[0]], -wins.get(t[0], 0), t[1]["label"]))
    ]
    edges = [
        {
            "s": things[row["subject"]]["id"],
            "p": "outperforms",
            "o": things[row["object"]]["id"],
            "papers": row["papers"],
            "score": row["score"],
            "first": row["first"],
            "last": row["last"],
            "opposed": (row["object"], row["subject"]) in pairs,
            "terms": _terms(index, row["subject"], row["object"]),
        }
        for row in kept
    ]
    return {
        "about": things_by_number(index, [n for n in (number, task) if n is not None]).get(number or task or -1),
        "total": len(rows),
        "contradictions": len(opposed) // 2,
        "nodes": nodes,
        "edges": edges,
        "sparql": behind.rivals(thing_id and thing_row(index, thing_id)["id"]),
    }


def _pairs(index: Index, number: int | None, task: int | None) -> list[sqlite3.Row]:
    base = "SELECT * FROM links WHERE predicate = 'outperforms'"
    order = " ORDER BY papers DESC, score DESC, n LIMIT 2000"
    if number is not None:
        near = f"SELECT subject FROM ({base} AND object = ?1) UNION SELECT object FROM ({base} AND subject = ?1) UNION SELECT ?1"
        rows = index.rows(f"{base} AND subject IN ({near}) AND object IN ({near}){order}", number)
        mine = [row for row in rows if number in (row["subject"], row["object"])]
        return mine + [row for row in rows if row not in mine]
    if task is not None:
        fit = """SELECT subject FROM links WHERE predicate IN ('usedFor', 'evaluatedOn') AND object = ?1
                 UNION SELECT subject FROM claims WHERE dataset = ?1 UNION SELECT object FROM claims WHERE dataset = ?1"""
        return index.rows(f"{base} AND (subject IN ({fit}) OR object IN ({fit})){order}", task)
    return index.rows(base + order)


def _terms(index: Index, winner: int, loser: int) -> list[str]:
    """On what, and by what measure: "ImageNet, accuracy"."""
    rows = index.rows(
        """SELECT said FROM claims WHERE kind = 'COMPARISON'
           AND ((subject = ?1 AND object = ?2 AND predicate = 'outperforms')
             OR (subject = ?2 AND object = ?1 AND predicate = 'underperforms')) ORDER BY n LIMIT 20""",
        winner,
        loser,
    )
    said = (json.loads(row["said"]) for row in rows)
    terms = (", ".join(words for words in (slots["dataset"], slots["metric"]) if words) for slots in said)
    return sorted({term for term in terms if term})[:4]


def _levels(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """How far below the top each stands: 0 for who is beaten by none.

    pairs: the best supported first; one that would close a circle (a contradiction) moves nobody.
    """
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    for winner, loser in pairs:
        graph.add_nodes_from((winner, loser))
        if not nx.has_path(graph, loser, winner):
            graph.add_edge(winner, loser)
    level: dict[int, int] = {}
    for node in nx.lexicographical_topological_sort(graph):
        level[node] = max((level[above] + 1 for above in graph.predecessors(node)), default=0)
    return level
