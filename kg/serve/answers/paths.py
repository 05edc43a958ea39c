"""What connects two things: the shortest ways between them, each step with its sentence.

Ways of at most four steps over the links between things. Among ways of one length, those through rarer things come
first: a way through something that everything is linked to says little (cost of a node: log2 of its links).
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

from kg.serve import behind
from kg.serve.answers.proof import link_evidence
from kg.serve.answers.shapes import Answer, evidence, thing_row, things_by_number
from kg.serve.index import Index

__all__ = ["paths"]

_LONGEST = 4
_TRIED = 20_000

Adjacency = dict[int, dict[int, list[int]]]


def paths(index: Index, start: str, end: str, *, limit: int = 6) -> Answer:
    """Ways from one thing to another, and the sentences that name both. Raises NotHere."""
    a, b = thing_row(index, start), thing_row(index, end)
    near = _adjacency(index)
    found = _ways(near, a["n"], b["n"], limit)
    things = things_by_number(index, {n for way in found for n in way} | {a["n"], b["n"]})
    return {
        "from": things[a["n"]],
        "to": things[b["n"]],
        "paths": [[_step(index, near, things, *pair) for pair in pairwise(way)] for way in found],
        "together": _together(index, a["n"], b["n"], a["id"], b["id"]),
        "sparql": behind.paths(a["id"], b["id"]),
    }


def _adjacency(index: Index) -> Adjacency:
    """Who is linked to whom, and by which links; kept, because it is the same for every question."""
    near: Adjacency | None = index.memory.get("adjacency")
    if near is None:
        made: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        for row in index.rows("SELECT n, subject, object FROM links ORDER BY papers DESC, score DESC, n"):
            made[row["subject"]].setdefault(row["object"], []).append(row["n"])
            made[row["object"]].setdefault(row["subject"], []).append(row["n"])
        near = index.memory["adjacency"] = dict(made)
    return near


def _ways(near: Adjacency, a: int, b: int, limit: int) -> list[list[int]]:
    """Shortest ways first, then those that are one step longer, as long as fewer than `limit` are found."""
    if a == b or a not in near or b not in near:
        return []
    to_end = _distances(near, b, _LONGEST)
    if a not in to_end:
        return []
    found: list[list[int]] = []
    for length in range(to_end[a], _LONGEST + 1):
        ways: list[list[int]] = []
        _walk(near, to_end, [a], length, ways, [0])
        ways.sort(key=lambda way: (sum(math.log2(1 + len(near[n])) for n in way[1:-1]), way))
        found += ways[: limit - len(found)]
        if len(found) >= limit or (found and length > to_end[a]):
            break
    return found


def _distances(near: Adjacency, start: int, reach: int) -> dict[int, int]:
    distances, level = {start: 0}, [start]
    for step in range(1, reach + 1):
        level = sorted({n for at in level for n in near[at] if n not in distances})
        distances |= dict.fromkeys(level, step)
    return distances


def _walk(
    near: Adjacency, to_end: dict[int, int], way: list[int], left: int, ways: list[list[int]], tried: list[int]
) -> None:
    """Every simple way of exactly `left` more steps, as far as _TRIED steps allow."""
    if left == 0:
        if to_end[way[-1]] == 0:
            ways.append(list(way))
        return
    for n in sorted(near[way[-1]], key=lambda n: (len(near[n]), n)):
        if tried[0] > _TRIED:
            return
        if to_end.get(n, _LONGEST + 1) <= left - 1 and n not in way and (to_end[n] > 0 or left == 1):
            tried[0] += 1
            way.append(n)
            _walk(near, to_end, way, left - 1, ways, tried)
            way.pop()


def _step(index: Index, near: Adjacency, things: dict[int, Answer], a: int, b: int) -> Answer:
    """One step: the best supported link between two things, the way it was said, with its best sentence."""
    links = near[a][b]
    row = index.rows("SELECT * FROM links WHERE n = ?", links[0])[0]
    return {
        "subject": things[row["subject"]],
        "predicate": row["predicate"],
        "object": things[row["object"]],
        "forward": row["subject"] == a,
        "papers": row["papers"],
        "score": row["score"],
        "others": len(links) - 1,
        "evidence": link_evidence(index, links[0], limit=1)["items"],
    }


def _together(index: Index, a: int, b: int, a_id: str, b_id: str) -> Answer:
    """Papers that name both, with a sentence that does, where there is one."""
    rows = index.rows(
        """SELECT papers.* FROM mentions x JOIN mentions y ON x.paper = y.paper JOIN papers ON papers.n = x.paper
           WHERE x.thing = ? AND y.thing = ? ORDER BY year DESC, papers.n""",
        a,
        b,
    )
    items = []
    for row in rows[:8]:
        contribution = index.graph.contribution(row["id"])
        mentions = contribution.facts if contribution else ()
        of_a = next((f.evidence[0] for f in mentions if f.predicate == "mentions" and f.object == a_id), None)
        if contribution is not None and of_a is not None:
            shaped = [
                evidence(index, item, contribution, row)
                for f in mentions
                if f.predicate == "mentions" and f.object == a_id
                for item in f.evidence
            ]
            both = next((s for s in shaped if any(part[2:] == [b_id] for part in s["segments"])), shaped[0])
            items.append(both)
    return {"total": len(rows), "items": items}
