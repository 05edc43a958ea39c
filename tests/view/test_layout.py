"""Positions: the same for the same graph, none on top of another, none lost."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view import layout as module
from kg.view.layout import layout, spiral

_IDS = tuple(f"thing/{number}" for number in range(60))
_EDGES = tuple((_IDS[number], _IDS[(number * 7 + 1) % 40], 1.0 + number % 3) for number in range(60))


def test_the_same_graph_has_the_same_positions() -> None:
    """In another order of ids and edges, with ends turned round, and in another process."""
    first = layout(_IDS, _EDGES)
    turned = [(other, one, strength) for one, other, strength in reversed(_EDGES)]
    assert layout(tuple(reversed(_IDS)), turned) == first
    code = "from tests.view.test_layout import _EDGES, _IDS; from kg.view.layout import layout; print(layout(_IDS, _EDGES))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(first)


def test_no_node_covers_another() -> None:
    """Radii are kept apart, also within a group that pulls hard."""
    radii = {name: 10.0 + place % 20 for place, name in enumerate(_IDS)}
    points = layout(_IDS, [(*edge[:2], 50.0) for edge in _EDGES], radii=radii)
    for place, one in enumerate(_IDS):
        for other in _IDS[place + 1 :]:
            assert math.dist(points[one], points[other]) > 0.8 * (radii[one] + radii[other])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(max_size=5), unique=True, max_size=20),
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=40),
)
def test_every_id_has_a_finite_position(ids: list[str], pairs: list[tuple[int, int]]) -> None:
    """Whatever the edges: loops, ends that are not there, several groups, none at all."""
    named = [*ids, *(f"nowhere {number}" for number in range(26 - len(ids)))]
    points = layout(ids, [(named[a], named[b], 1.0) for a, b in pairs])
    assert list(points) == ids
    assert all(math.isfinite(value) for point in points.values() for value in point)
    assert len(set(points.values())) == len(ids)


def test_too_many_nodes_stand_on_a_spiral() -> None:
    """No layout is computed; the order given is the order on the spiral."""
    points = layout(_IDS, _EDGES, limit=10)
    assert [points[name] for name in _IDS] == [spiral(place) for place in range(len(_IDS))]
    assert len(set(points.values())) == len(_IDS)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its wheel is missing, numpy does it: linked nodes nearer to each other than others, the same every time."""
    monkeypatch.setitem(sys.modules, "crategraph_forceatlas2", None)
    ring = [(_IDS[number], _IDS[(number + 1) % 12], 1.0) for number in range(12)]
    points = layout(_IDS[:12], ring)
    assert points == layout(_IDS[:12], ring)
    near = [math.dist(points[one], points[other]) for one, other, _ in ring]
    far = [math.dist(points[_IDS[number]], points[_IDS[(number + 6) % 12]]) for number in range(12)]
    assert max(near) < min(far)


def test_groups_stand_side_by_side() -> None:
    """Two groups and loners: the box of one does not hold a node of another."""
    edges = [(_IDS[number], _IDS[number + 1], 1.0) for number in range(20)]
    edges += [(_IDS[number], _IDS[number + 1], 1.0) for number in range(30, 40)]
    points = layout(_IDS, edges)
    middle = [sum(points[name][axis] for name in _IDS[:21]) / 21 for axis in (0, 1)]
    reach = max(math.dist(points[name], middle) for name in _IDS[:21])
    assert module.LIMIT >= 5_000
    assert all(math.dist(points[name], middle) > reach * 0.8 for name in _IDS[41:])
