"""How each type of node looks, in every picture: page, explorer, GEXF.

The colours are the palette of Okabe and Ito (Color Universal Design, 2008), which people with any kind of colour
blindness can tell apart; each type has a shape of its own too, so that no one needs the colour. A border, darker than
the fill, keeps light fills visible on white (3 to 1, WCAG 2.2, 1.4.11); a lighter one serves the dark theme.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.graph.filters import CLAIM_CLASSES

__all__ = ["LEGEND", "STYLES", "Style", "radius", "rgb", "style_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a type is drawn with. Colours are #rrggbb; `shape` is a name that vis-network knows; `plural` is for people.

    `border` goes with a light ground, `glow` with a dark one.
    """

    name: str
    plural: str
    colour: str
    border: str
    glow: str
    shape: str


LEGEND: tuple[Style, ...] = (
    Style(name="Task", plural="Tasks", colour="#009E73", border="#006B4E", glow="#3CC9A1", shape="triangle"),
    Style(name="Method", plural="Methods", colour="#0072B2", border="#004C78", glow="#5CB0E2", shape="dot"),
    Style(
        name="Architecture",
        plural="Architectures",
        colour="#56B4E9",
        border="#1F78AB",
        glow="#9AD5F5",
        shape="hexagon",
    ),
    Style(name="Dataset", plural="Datasets", colour="#E69F00", border="#966700", glow="#FFC44D", shape="square"),
    Style(name="Metric", plural="Metrics", colour="#CC79A7", border="#97457A", glow="#E5A5C8", shape="diamond"),
    Style(name="Claim", plural="Claims", colour="#D55E00", border="#933F00", glow="#FF9147", shape="star"),
    Style(name="Paper", plural="Papers", colour="#999999", border="#666666", glow="#BFBFBF", shape="triangleDown"),
)
"""One style a type, in the order of a legend; the five kinds of claims share one."""

STYLES: dict[str, Style] = {style.name: style for style in LEGEND} | {
    name: next(style for style in LEGEND if style.name == "Claim") for name in CLAIM_CLASSES.values()
}


def style_of(type_name: str) -> Style:
    """The style of a class of the ontology.

    >>> style_of("Result").colour
    '#D55E00'
    """
    return STYLES[type_name]


def radius(papers: int, most: int = 30) -> float:
    """The radius of a node that so many papers name, in pixels at scale 1, from 7 to 32.

    Its area grows with their number; `most` is the largest number in the picture, so that one known to thousands does
    not make all others alike, nor one known to three look like much.

    >>> radius(1), radius(30), radius(1000, most=4000), radius(4000, most=4000)
    (7.0, 32.0, 19.5, 32.0)
    """
    share = (max(1, papers) - 1) / (max(30, most) - 1)
    return round(7.0 + 25.0 * math.sqrt(min(1.0, share)), 1)


def rgb(colour: str) -> tuple[int, int, int]:
    """A colour as three numbers from 0 to 255.

    >>> rgb("#0072B2")
    (0, 114, 178)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
