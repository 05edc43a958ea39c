"""Colours that can be told apart, by anyone, on either ground."""

from __future__ import annotations

import itertools

import pytest

from kg.graph.filters import NODE_TYPES
from kg.view.colours import LEGEND, radius, rgb, style_of

_OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999"}
_DEFICIENT = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How colours look to people without one kind of cones (Machado et al. 2009, doi:10.1109/TVCG.2009.113)."""


def _linear(colour: str) -> list[float]:
    parts = [part / 255 for part in rgb(colour)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (_linear(one), _linear(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def test_every_type_has_a_style() -> None:
    """All classes of nodes, with a colour of the palette and a shape of its own."""
    for name in set(NODE_TYPES) - {"Thing"}:
        assert style_of(name).colour in _OKABE_ITO
    assert len({style.shape for style in LEGEND}) == len({style.colour for style in LEGEND}) == len(LEGEND)


@pytest.mark.parametrize("style", LEGEND, ids=lambda style: style.name)
def test_borders_stand_out(style: object) -> None:
    """3 to 1 against the ground of either theme."""
    kind = next(item for item in LEGEND if item is style)
    assert _contrast(kind.border, "#fbfbfa") >= 3
    assert _contrast(kind.glow, "#14171b") >= 3


@pytest.mark.parametrize("kind", sorted(_DEFICIENT))
def test_the_colour_blind_can_tell_them_apart(kind: str) -> None:
    """Any two fills differ visibly as seen without one kind of cones; shapes differ besides."""
    matrix = _DEFICIENT[kind]
    seen = {s.name: [sum(m * c for m, c in zip(row, _linear(s.colour), strict=True)) for row in matrix] for s in LEGEND}
    for one, other in itertools.combinations(seen.values(), 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.06


def test_size_grows_with_papers() -> None:
    """Never smaller for more papers, bounded."""
    sizes = [radius(papers) for papers in range(2000)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (7.0, 32.0)
