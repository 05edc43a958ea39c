"""Groups of things that belong together, their names, and a place for each on the map: computed ahead, never moving.

Louvain (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008) on the links between things, weighted by papers;
inside each group ForceAtlas2; the groups as discs beside those that they share most with. All of it seeded, so the
same graph gives the same map. At most `MAPPED` things, those with the most papers, get a place.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter

__all__ = ["MAPPED", "place"]

MAPPED = 4000
_LEAST = 4
_SEED = 7
_GAP = 1.12

Weights = dict[tuple[int, int], int]


def place(connection: sqlite3.Connection) -> None:
    """Fill the table of communities, and community, x and y of the things that have one."""
    chosen = [
        n
        for (n,) in connection.execute(
            "SELECT n FROM things WHERE links > 0 ORDER BY papers DESC, links DESC, n LIMIT ?", (MAPPED,)
        )
    ]
    weights = _weights(connection, set(chosen))
    groups = _groups(chosen, weights)
    discs = _discs(groups, weights)
    for number, (group, (x, y, r)) in enumerate(zip(groups, discs, strict=True)):
        name = _name(connection, group, weights)
        connection.execute(
            "INSERT INTO communities VALUES(?, ?, ?, ?, ?, ?)",
            (number, name, len(group), _short(x), _short(y), _short(r)),
        )
        connection.executemany(
            "UPDATE things SET community = ?, x = ?, y = ? WHERE n = ?",
            ((number, _short(x + r * dx), _short(y + r * dy), n) for n, (dx, dy) in _inside(group, weights).items()),
        )


def _short(value: float) -> float:
    return round(value, 2)


def _weights(connection: sqlite3.Connection, chosen: set[int]) -> Weights:
    weights: Counter[tuple[int, int]] = Counter()
    for subject, target, papers in connection.execute("SELECT subject, object, papers FROM links ORDER BY n"):
        if subject in chosen and target in chosen:
            weights[min(subject, target), max(subject, target)] += max(papers, 1)
    return dict(sorted(weights.items()))


def _groups(chosen: list[int], weights: Weights) -> list[list[int]]:
    """Groups of at least four, the largest first; members by number."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(chosen))
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in weights.items())
    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED) if weights else []
    groups = [sorted(group) for group in found if len(group) >= _LEAST]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _degrees(group: list[int], weights: Weights) -> dict[int, int]:
    inside = set(group)
    degrees = dict.fromkeys(group, 0)
    for (a, b), weight in weights.items():
        if a in inside and b in inside:
            degrees[a] += weight
            degrees[b] += weight
    return degrees


def _name(connection: sqlite3.Connection, group: list[int], weights: Weights) -> str:
    """What a group is about: its three best known things (papers, then links inside); one of them a task, if it has one.

    Measures are left out, because every group has accuracy.
    """
    degrees = _degrees(group, weights)
    facts = {
        n: (label, kind, papers)
        for n, label, kind, papers in connection.execute(
            f"SELECT n, label, type, papers FROM things WHERE n IN ({', '.join('?' * len(group))})", group
        )
    }
    ranked = sorted(group, key=lambda n: (-facts[n][2], -degrees[n], len(facts[n][0]), n))
    told = [n for n in ranked if facts[n][1] != "METRIC"] or ranked
    task = next((n for n in told if facts[n][1] == "TASK"), None)
    named = told[:3] if task is None or task in told[:3] else [*told[:2], task]
    return " · ".join(facts[n][0] for n in named)


def _discs(groups: list[list[int]], weights: Weights) -> list[tuple[float, float, float]]:
    """A disc for each group: radius by size, as near as it fits to the groups that it shares links with."""
    home = {n: g for g, group in enumerate(groups) for n in group}
    shared: Counter[tuple[int, int]] = Counter()
    for (a, b), weight in weights.items():
        ga, gb = home.get(a), home.get(b)
        if ga is not None and gb is not None and ga != gb:
            shared[ga, gb] += weight
            shared[gb, ga] += weight
    placed: list[tuple[float, float, float]] = []
    for number, group in enumerate(groups):
        radius = 14.0 * math.sqrt(len(group)) + 10.0
        pull = [(shared[number, other], disc) for other, disc in enumerate(placed)]
        total = sum(weight for weight, _ in pull)
        x = sum(weight * disc[0] for weight, disc in pull) / total if total else 0.0
        y = sum(weight * disc[1] for weight, disc in pull) / total if total else 0.0
        placed.append((*_free(x, y, radius, placed), radius))
    return placed


def _free(x: float, y: float, radius: float, placed: list[tuple[float, float, float]]) -> tuple[float, float]:
    """The first free place on a spiral around (x, y)."""
    import numpy as np

    if not placed:
        return x, y
    there = np.array(placed)
    apart = ((radius + there[:, 2]) * _GAP) ** 2
    begin, many = 0, 512
    while True:
        step = np.arange(begin, begin + many)
        turn, out = step * 2.399963, radius * 0.35 * np.sqrt(step)
        points = np.stack((x + out * np.cos(turn), y + out * np.sin(turn)), axis=1)
        away = ((points[:, None, :] - there[None, :, :2]) ** 2).sum(axis=2)
        free = (away >= apart).all(axis=1)
        if free.any():
            first = points[int(free.argmax())]
            return float(first[0]), float(first[1])
        begin, many = begin + many, many * 2


def _inside(group: list[int], weights: Weights) -> dict[int, tuple[float, float]]:
    """Places in the unit disc: what is linked is near, and nothing lies on anything else."""
    from crategraph_forceatlas2 import layout

    order = {n: i for i, n in enumerate(group)}
    edges = [((order[a], order[b]), w) for (a, b), w in weights.items() if a in order and b in order]
    start = _spiral(group, _degrees(group, weights))
    found = layout(
        len(group),
        [edge for edge, _ in edges],
        init=start,
        weights=[float(w) for _, w in edges],
        iterations=200,
        seed=_SEED,
        threads=1,
        strongGravityMode=True,
        gravity=0.05,
        scalingRatio=10.0,
        barnesHutOptimize=len(group) > 1000,
    )
    x0, y0 = (float(value) for value in found.mean(axis=0))
    reach = [math.hypot(float(x) - x0, float(y) - y0) for x, y in found]
    # Ranks instead of distances keep the few far ones from pressing all the others together.
    rank = {i: r for r, i in enumerate(sorted(range(len(group)), key=lambda i: (reach[i], i)))}
    places = {}
    for n, i in order.items():
        away = math.sqrt((rank[i] + 0.5) / len(group)) * 0.92
        scale = away / reach[i] if reach[i] else 0.0
        places[n] = ((float(found[i][0]) - x0) * scale, (float(found[i][1]) - y0) * scale)
    return places


def _spiral(group: list[int], degrees: dict[int, int]) -> object:
    """Where the layout starts: the best connected in the middle, so that it ends the same on every machine."""
    import numpy as np

    start = np.zeros((len(group), 2))
    ranked = sorted(range(len(group)), key=lambda i: (-degrees[group[i]], i))
    for rank, i in enumerate(ranked):
        turn, away = rank * 2.399963, 10.0 * math.sqrt(rank + 0.5)
        start[i] = (away * math.cos(turn), away * math.sin(turn))
    return start
