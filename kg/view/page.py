"""One HTML page that shows a graph, with nothing outside it: `kg view`.

pyvis builds nodes, edges and options, and ships the drawing library (vis-network) that is put into the page; the
template is ours, because each of pyvis's own loads from the web and lets physics run in the browser. Positions are
computed ahead and physics is off. A Content-Security-Policy names the page's scripts and style by their hashes and
allows nothing else: the page cannot make a request. Text of papers travels as JSON and is only ever put in as text.

What it cannot do: draw what does not fit on a screen; `kg.view.choice` says what is drawn then, and the page says so.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from kg.errors import UsageError
from kg.graph.filters import Filters
from kg.graph.model import Graph
from kg.graph.projection import Projection
from kg.staging import Staging
from kg.view.choice import choose
from kg.view.colours import style_of
from kg.view.content import Content, collect, radii

__all__ = ["MAX_NODES", "Page", "Viewed", "render", "view"]

MAX_NODES = 250
"""The most nodes that are drawn if nothing else is asked for: what a person can take in at a screen's size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """The page that was written: nodes and edges drawn, those there are in all, and its size in bytes."""

    path: Path
    nodes: int
    edges: int
    all_nodes: int
    all_edges: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as text, and how many nodes and edges it draws of how many."""

    html: str
    nodes: int
    edges: int
    all_nodes: int
    all_edges: int


def view(
    graph: Graph,
    path: str | Path,
    *,
    filters: Filters | None = None,
    max_nodes: int = MAX_NODES,
    title: str | None = None,
) -> Viewed:
    """Write the page. Same graph, same bytes.

    max_nodes: how many to draw at most; of a larger graph, what matters (`kg.view.choice`). title: the page's heading;
    made from the number of papers if None. Raises UsageError for a `max_nodes` below 1 or filters that name nothing,
    ExportError where the file cannot be written.
    """
    target = Path(path)
    page = render(Projection(graph, filters), max_nodes=max_nodes, title=title)
    with Staging(target.parent) as staged, staged.text(target.name) as out:
        out.write(page.html)
    return Viewed(
        path=target,
        nodes=page.nodes,
        edges=page.edges,
        all_nodes=page.all_nodes,
        all_edges=page.all_edges,
        bytes=len(page.html.encode("utf-8")),
    )


def render(projection: Projection, *, max_nodes: int = MAX_NODES, title: str | None = None) -> Page:
    """The page of a projection."""
    if max_nodes < 1:
        raise UsageError(f"a picture of {max_nodes} nodes shows nothing", to_do="give a number of nodes from 1 up")
    choice = choose(projection, max_nodes)
    content = collect(projection, choice)
    papers = sum(1 for paper in projection.graph.papers() if projection.filters.in_years(paper.year))
    heading = title or (f"What {papers:,} papers say" if papers != 1 else "What one paper says")
    data = content.about | {"title": heading, "papers_read": papers, "picture": _picture(content)}
    return Page(
        html=_html(data, heading),
        nodes=len(content.nodes),
        edges=len(content.edges),
        all_nodes=choice.nodes,
        all_edges=choice.edges,
    )


def _picture(content: Content) -> dict[str, Any]:
    """Nodes, edges and options as pyvis makes them."""
    from pyvis.network import Network

    network = Network(directed=True, height="100%", width="100%")
    numbers = {row.id: number for number, row in enumerate(content.nodes)}
    sizes = radii(content.nodes)
    for row in content.nodes:
        style = style_of(row.type)
        x, y = content.positions[row.id]
        network.add_node(
            numbers[row.id],
            label=row.label,
            shape=style.shape,
            color={"background": style.colour, "border": style.border},
            size=sizes[row.id],
            x=x,
            y=y,
        )
    together: dict[frozenset[str], int] = {}
    for edge in content.edges:
        ends = frozenset((edge.source, edge.target))
        before = together[ends] = together.get(ends, 0) + 1
        network.add_edge(
            numbers[edge.source],
            numbers[edge.target],
            width=round(min(7.0, 1.3 + 0.9 * math.sqrt(edge.weight - 1.0)), 2),
            smooth={"enabled": True, "type": "curvedCW", "roundness": 0.08 * before} if before > 1 else False,
        )
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


_SCRIPTS = ("data", "picture", "panel", "controls")

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": False, "multiselect": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "selectionWidth": 2,
        "hoverWidth": 1,
        "color": {"inherit": False},
    },
}
"""What pyvis passes on to vis-network. Labels are drawn by the page: vis-network's own cover each other."""


@cache
def _assets() -> tuple[Template, str, str, str]:
    """The template, its style, its script, and vis-network as pyvis ships it."""
    ours = files("kg.view") / "assets"
    library = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    template, style = ((ours / name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
    script = "\n".join((ours / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    drawing = re.sub(r"\n//# sourceMappingURL=.*", "", library.read_text(encoding="utf-8"))
    return Template(template), style, script, drawing


def _html(data: dict[str, Any], heading: str) -> str:
    template, style, script, library = _assets()
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}"
    )
    return template.substitute(
        policy=policy,
        title=_text(heading),
        style=style,
        library=library,
        script=script,
        data=_embedded(data),
    )


def _hash(text: str) -> str:
    """A source as a policy names it (Content Security Policy 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _embedded(data: dict[str, Any]) -> str:
    """JSON that no HTML parser takes for markup: it has no <, > or &, and no line separators of JavaScript.

    >>> _embedded({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
