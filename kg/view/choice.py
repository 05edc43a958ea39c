"""What a picture shows of a graph that is too large to draw.

In: a projection and how many nodes may be drawn. Out: the ids of those nodes, and how many there are in all.

A graph that fits is drawn whole. Of a larger one, things come first: those that most papers name, of these the best
connected, as one connected group. If the papers fit beside all things they are drawn too, and then the
claims. What it cannot do: show what is rare and lonely; search and tables are for that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush

from kg.graph.projection import Projection

__all__ = ["Choice", "choose"]

_CANDIDATES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The ids to draw, and how many nodes and edges there would be; `whole` if all are drawn."""

    ids: frozenset[str]
    nodes: int
    edges: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return len(self.ids) == self.nodes


def choose(projection: Projection, max_nodes: int) -> Choice:
    """The nodes to draw, at most `max_nodes`; one pass over the nodes, one over the facts.

    Held are the ids of all nodes, and one pair of ids a fact between things.
    """
    papers: dict[str, int] = {row.id: row.papers for row in projection.nodes()}
    things = {name for name in papers if name.startswith("thing/")}
    among = things or set(papers)
    edges, pairs = 0, set[tuple[str, str]]()
    for fact in projection.facts():
        edges += 1
        if fact.subject in among and fact.object in among:
            pairs.add((fact.subject, fact.object))
    if len(papers) <= max_nodes:
        chosen = set(papers)
    elif len(things) > max_nodes or not things:
        chosen = _best(papers, among, pairs, max_nodes)
    else:
        chosen = set(things)
        for kind in ("paper/", "claim/"):
            more = [name for name in papers if name.startswith(kind)]
            if len(chosen) + len(more) > max_nodes:
                break
            chosen.update(more)
    return Choice(ids=frozenset(chosen), nodes=len(papers), edges=edges)


def _best(papers: dict[str, int], among: set[str], pairs: set[tuple[str, str]], number: int) -> set[str]:
    """The best connected of the best known, joined to one another where that can be."""
    degree = Counter(name for pair in pairs for name in pair)
    ranked = sorted(among, key=lambda name: (-(degree[name] > 0), -papers[name], -degree[name], name))
    ranked = ranked[: number * _CANDIDATES]
    neighbours: dict[str, set[str]] = {name: set() for name in ranked}
    for one, other in pairs:
        if one in neighbours and other in neighbours:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return _joined(ranked, neighbours, number)


def _joined(ranked: list[str], neighbours: dict[str, set[str]], number: int) -> set[str]:
    """From the best of the largest connected group on, each time the best ranked of those that join it.

    Where nothing is connected, the first of the ranking.
    """
    among = _largest(ranked, neighbours)
    if len(among) < 2:
        return set(ranked[:number])
    places = {name: place for place, name in enumerate(ranked)}
    waiting = [min(places[name] for name in among)]
    seen, group = set(waiting), set[str]()
    while waiting and len(group) < number:
        name = ranked[heappop(waiting)]
        group.add(name)
        for place in sorted(places[other] for other in neighbours[name]):
            if place not in seen:
                seen.add(place)
                heappush(waiting, place)
    return group


def _largest(names: list[str], neighbours: dict[str, set[str]]) -> set[str]:
    """The largest connected group of these; of two as large, the one with the better ranked member."""
    left, best = set(names), set[str]()
    for name in names:
        if name not in left:
            continue
        group, edge = {name}, {name}
        while edge:
            edge = {other for one in edge for other in neighbours[one]} & left - group
            group |= edge
        left -= group
        if len(group) > len(best):
            best = group
    return best
