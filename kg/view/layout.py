"""Where each node of a picture stands, computed ahead so that no browser has to.

In: ids, edges, radii. Out: one position an id, in pixels at scale 1, the y axis down. The same graph gives the same
positions: every node starts at a place made from its id, and the rest is arithmetic in one thread.

ForceAtlas2 (Jacomy et al. 2014, doi:10.1371/journal.pone.0098679) pulls together what is connected; then nodes that
overlap are moved apart. Where its library has no wheel, a plain Fruchterman-Reingold in numpy takes its place. Above
`LIMIT` nodes no layout is computed: nodes stand on a sunflower spiral in the order given, and the tool that opens the
file lays them out. What it cannot do: avoid crossings of edges, or of labels; labels are the picture's care.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

    Points = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

__all__ = ["LIMIT", "layout", "spiral"]

LIMIT = 10_000
"""The most nodes that are laid out: some ten seconds on one core."""

_PLAIN_LIMIT = 3_000
_SPACING = 24.0
_ASPECT = (1.12, 0.88)
_LOOSENING = 0.75

_GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


def layout(
    ids: Sequence[str],
    edges: Iterable[tuple[str, str, float]],
    *,
    radii: Mapping[str, float] | None = None,
    limit: int = LIMIT,
) -> dict[str, tuple[float, float]]:
    """A position for every id, centred on (0, 0), rounded to a tenth of a pixel.

    edges: (one id, other id, strength > 0); directions and loops do not matter, ends that are not in `ids` are left out.
    radii: of the nodes in pixels, 7 where unknown, so that none covers another.
    """
    if not ids:
        return {}
    if len(ids) > limit:
        return {name: spiral(place) for place, name in enumerate(ids)}
    import numpy

    order = sorted(range(len(ids)), key=lambda place: ids[place])
    names = [ids[place] for place in order]
    pairs, weights = _indexed(names, edges)
    start = numpy.array([_start(name) for name in names], dtype=numpy.float64)
    sizes = numpy.array([(radii or {}).get(name, 7.0) for name in names], dtype=numpy.float64)
    groups = _groups(len(names), pairs)
    points = numpy.zeros_like(start)
    for group in groups:
        if len(group) > 1:
            points[group] = _group_layout(start[group], sizes[group], *_within(group, pairs, weights))
    points = _packed(points, sizes, groups)
    placed = dict(zip(names, points.round(1).tolist(), strict=True))
    return {name: (placed[name][0] + 0.0, placed[name][1] + 0.0) for name in ids}


def spiral(place: int, spacing: float = _SPACING) -> tuple[float, float]:
    """The place-th seed of a sunflower (Vogel 1979, doi:10.1016/0025-5564(79)90080-4), counted from 0.

    >>> spiral(0)
    (0.0, 0.0)
    """
    distance, angle = spacing * math.sqrt(place), place * _GOLDEN_ANGLE
    return round(distance * math.cos(angle), 1) + 0.0, round(distance * math.sin(angle), 1) + 0.0


def _indexed(
    names: Sequence[str], edges: Iterable[tuple[str, str, float]]
) -> tuple[list[tuple[int, int]], list[float]]:
    """Undirected pairs of places in `names`, sorted, parallel edges as one of their summed strength."""
    places = {name: place for place, name in enumerate(names)}
    strengths: dict[tuple[int, int], list[float]] = {}
    for one, other, strength in edges:
        a, b = places.get(one, -1), places.get(other, -1)
        if a >= 0 and b >= 0 and a != b:
            strengths.setdefault((min(a, b), max(a, b)), []).append(strength)
    pairs = sorted(strengths)
    return pairs, [math.fsum(strengths[pair]) for pair in pairs]


def _start(name: str) -> tuple[float, float]:
    """A place in the unit square that depends on the name alone."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48, int.from_bytes(digest[6:12], "big") / 2**48


def _groups(number: int, pairs: list[tuple[int, int]]) -> list[list[int]]:
    """Places that hang together, the largest group first."""
    above = list(range(number))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for a, b in pairs:
        one, other = top(a), top(b)
        if one != other:
            above[max(one, other)] = min(one, other)
    found: dict[int, list[int]] = {}
    for place in range(number):
        found.setdefault(top(place), []).append(place)
    return sorted(found.values(), key=lambda group: (-len(group), group[0]))


def _within(
    group: list[int], pairs: list[tuple[int, int]], weights: list[float]
) -> tuple[list[tuple[int, int]], list[float]]:
    """The pairs of one group, renumbered within it."""
    places = {place: number for number, place in enumerate(group)}
    kept = [(places[a], places[b], weight) for (a, b), weight in zip(pairs, weights, strict=True) if a in places]
    return [(a, b) for a, b, _ in kept], [weight for _, _, weight in kept]


def _group_layout(start: Points, sizes: Points, pairs: list[tuple[int, int]], weights: list[float]) -> Points:
    points = _forces(start, pairs, weights)
    return _apart(_spread(points), sizes)


def _packed(points: Points, sizes: Points, groups: list[list[int]]) -> Points:
    """Groups side by side: the largest in the middle, each next one on a spiral around, where its circle is free."""
    import numpy

    points = points.copy()
    centres = numpy.zeros((len(groups), 2))
    extents = numpy.zeros(len(groups))
    step = 0
    for number, group in enumerate(groups):
        middle = (points[group].max(axis=0) + points[group].min(axis=0)) / 2
        reach = numpy.sqrt(((points[group] - middle) ** 2).sum(axis=1)) + sizes[group]
        extent = extents[number] = float(reach.max()) + _SPACING / 2
        if number:
            step = max(0, step - 40)
            while True:
                distance, angle = 12.0 * math.sqrt(step), step * _GOLDEN_ANGLE
                place = numpy.array([distance * math.cos(angle), distance * math.sin(angle)])
                gaps = numpy.sqrt(((centres[:number] - place) ** 2).sum(axis=1)) - extents[:number]
                if gaps.min() >= extent:
                    break
                step += 1
            centres[number] = place
        points[group] += centres[number] - middle
    return points


def _forces(start: Points, pairs: list[tuple[int, int]], weights: list[float]) -> Points:
    try:
        import crategraph_forceatlas2
    except ImportError:
        return _plain(start, pairs, weights) if len(start) <= _PLAIN_LIMIT else start
    number = len(start)
    found: Points = crategraph_forceatlas2.layout(
        number,
        pairs,
        init=start * 100.0,
        weights=[math.log2(1.0 + weight) for weight in weights],
        iterations=500 if number <= 1_000 else 250 if number <= 3_000 else 100,
        threads=1,
        gravity=1.0,
        strongGravityMode=False,
        scalingRatio=6.0,
        linLogMode=False,
        slowDown=2.0,
        barnesHutOptimize=number > 2_000,
        barnesHutTheta=0.6,
    )
    return found


def _plain(start: Points, pairs: list[tuple[int, int]], weights: list[float]) -> Points:
    """Fruchterman and Reingold (1991, doi:10.1002/spe.4380211102) with a pull to the centre; n² memory."""
    import numpy

    points = start.copy()
    number = len(points)
    ideal = math.sqrt(1.0 / number)
    pull = numpy.zeros((number, number))
    for (a, b), weight in zip(pairs, weights, strict=True):
        pull[a, b] = pull[b, a] = math.log2(1.0 + weight)
    for step in range(60):
        apart = points[:, None, :] - points[None, :, :]
        distance = numpy.maximum(numpy.sqrt((apart**2).sum(axis=2)), 1e-3)
        force = ideal**2 / distance**2 - pull * distance / ideal
        move = (apart * force[:, :, None]).sum(axis=1) - 0.1 * (points - 0.5)
        length = numpy.maximum(numpy.sqrt((move**2).sum(axis=1)), 1e-9)
        heat = 0.1 * (1.0 - step / 60)
        points += move / length[:, None] * numpy.minimum(length, heat)[:, None]
    return points


def _spread(points: Points) -> Points:
    """Turned so that the long axis lies flat, loosened where it is dense, and as wide and high as screens are.

    Half of the nodes come to stand within the circle that gives each `_SPACING` pixels.
    """
    import numpy

    points = points - points.mean(axis=0)
    xx, yy, xy = (float((points[:, i] * points[:, j]).sum()) for i, j in ((0, 0), (1, 1), (0, 1)))
    turn = 0.5 * math.atan2(2.0 * xy, xx - yy)
    cosine, sine = math.cos(turn), math.sin(turn)
    points = points @ numpy.array([[cosine, -sine], [sine, cosine]])
    sizes = numpy.sqrt((points**2).mean(axis=0)) + 1e-9
    points = points * numpy.clip(sizes.mean() * numpy.array(_ASPECT) / sizes, 0.6, 1.7)
    distance = numpy.sqrt((points**2).sum(axis=1))
    middle = float(numpy.median(distance))
    if middle < 1e-9:
        return points
    loosened = numpy.maximum(distance, 1e-9) / middle
    points *= (loosened ** (_LOOSENING - 1.0))[:, None] * (_SPACING * math.sqrt(len(points)) / middle)
    return points


def _apart(points: Points, radii: Points, rounds: int = 60) -> Points:
    """Nodes that are too near, moved apart in small steps; a small picture has more room. Found on a grid."""
    import numpy

    points = points.copy()
    margin = min(60.0, max(6.0, 900.0 / len(points)))
    cell = 2 * float(radii.max()) + margin
    for _ in range(rounds):
        first, second = _near(points, cell)
        if not len(first):
            break
        gap = points[second] - points[first]
        distance = numpy.sqrt((gap**2).sum(axis=1))
        wanted = radii[first] + radii[second] + margin
        close = distance < wanted - 1e-6
        if not close.any():
            break
        first, second, gap, distance, wanted = (x[close] for x in (first, second, gap, distance, wanted))
        turn = (first * 0.7548776662 + second * 0.5698402910) * 2 * math.pi
        fallback = numpy.stack([numpy.cos(turn), numpy.sin(turn)], axis=1)
        direction = numpy.where(distance[:, None] > 1e-6, gap / numpy.maximum(distance, 1e-6)[:, None], fallback)
        push = direction * ((wanted - distance) * 0.25)[:, None]
        numpy.add.at(points, first, -push)
        numpy.add.at(points, second, push)
    return points


def _near(points: Points, cell: float) -> tuple[Any, Any]:
    """Pairs of places in the same or a neighbouring cell, each once, in a fixed order."""
    import numpy

    boxes: dict[tuple[int, int], list[int]] = {}
    for place, (x, y) in enumerate(numpy.floor(points / cell).astype(int).tolist()):
        boxes.setdefault((x, y), []).append(place)
    first: list[int] = []
    second: list[int] = []
    for (x, y), here in boxes.items():
        around = [p for step in ((1, -1), (1, 0), (1, 1), (0, 1)) for p in boxes.get((x + step[0], y + step[1]), ())]
        for number, place in enumerate(here):
            others = here[number + 1 :] + around
            first += [place] * len(others)
            second += others
    return numpy.array(first, dtype=int), numpy.array(second, dtype=int)
