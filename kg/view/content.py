"""All that a page holds, as plain data: what is drawn, where it stands, and the sentences behind it.

In: a projection and a choice. Out: `Content`. The page's script reads it as JSON; nothing in it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.domain import Evidence, Fact
from kg.graph.columns import EdgeRow, NodeRow
from kg.graph.projection import READS, Projection
from kg.graph.quotes import strongest
from kg.graph.rules import EDGE_RULES
from kg.view.choice import Choice
from kg.view.colours import LEGEND, radius, style_of
from kg.view.layout import layout
from kg.view.sentences import Sentences

__all__ = ["Content", "collect", "radii"]

_NODE_SENTENCES = 6
_EDGE_SENTENCES = 5
_LOOSE = 0.15
_LINES_A_NODE = 4
"""More lines than that, and none can be followed."""

_INVERSE = {rule.predicate: rule.inverse_reads for rule in EDGE_RULES.values()} | {
    "mentions": "mentioned by",
    "introduces": "introduced by",
    "claims": "claimed by",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Rows that are drawn, with positions, and the rest of the page's data as JSON objects.

    `about` has: sentences, papers, legend, relations, nodes (what a panel shows of each), edges, totals.
    """

    nodes: tuple[NodeRow, ...]
    edges: tuple[EdgeRow, ...]
    positions: dict[str, tuple[float, float]]
    about: dict[str, Any]


def collect(projection: Projection, choice: Choice) -> Content:
    """The page's data; one pass over the nodes, one over the facts."""
    nodes = tuple(row for row in projection.nodes() if row.id in choice.ids)
    facts: list[Fact] = []
    named: dict[str, list[Evidence]] = {}
    for fact in projection.facts():
        if fact.object in choice.ids:
            if fact.predicate in ("introduces", "mentions", "claims"):
                named.setdefault(fact.object, []).extend(fact.evidence)
            if fact.subject in choice.ids:
                facts.append(fact)
    joined = len(facts)
    facts = _clearest(facts, len(nodes) * _LINES_A_NODE)
    edges = tuple(projection.edge(fact) for fact in facts)
    sentences = Sentences(projection.graph)
    numbers = {row.id: number for number, row in enumerate(nodes)}
    about_nodes = [_about_node(row, named.get(row.id, ()), sentences) for row in nodes]
    about_edges = [
        _about_edge(row, sentences.places(strongest(fact.evidence, _EDGE_SENTENCES)))
        for row, fact in zip(edges, facts, strict=True)
    ]
    return Content(
        nodes=nodes,
        edges=edges,
        positions=_positions(nodes, facts),
        about={
            "legend": [_legend(style.name) for style in LEGEND],
            "relations": _relations(edges),
            "nodes": about_nodes,
            "edges": about_edges,
            "papers": sentences.papers,
            "sentences": [
                [shown.paper, [_piece(piece, numbers) for piece in shown.pieces]] for shown in sentences.shown
            ],
            "totals": {"nodes": choice.nodes, "edges": choice.edges, "joined": joined, "whole": choice.whole},
        },
    )


def _clearest(facts: list[Fact], number: int) -> list[Fact]:
    """At most so many facts, in their order: those that most papers state, and of every node at least its best."""
    if len(facts) <= number:
        return facts
    ranked = sorted(range(len(facts)), key=lambda place: (-len(facts[place].papers), -facts[place].score, place))
    kept: dict[int, None] = {}
    met: set[str] = set()
    for place in ranked:
        fact = facts[place]
        if fact.subject not in met or fact.object not in met:
            kept[place] = None
            met.update((fact.subject, fact.object))
    for place in ranked:
        if len(kept) >= number:
            break
        kept[place] = None
    return [facts[place] for place in sorted(kept)]


def _positions(nodes: tuple[NodeRow, ...], facts: list[Fact]) -> dict[str, tuple[float, float]]:
    """Things stand where their relations pull them; papers and claims only lean on them."""
    strengths = ((f.subject, f.object, _strength(f)) for f in facts)
    return layout([row.id for row in nodes], strengths, radii=radii(nodes))


def radii(nodes: Iterable[NodeRow]) -> dict[str, float]:
    """How large each node is drawn, by id."""
    papers = {row.id: row.papers for row in nodes}
    most = max(papers.values(), default=1)
    return {name: radius(number, most) for name, number in papers.items()}


def _strength(fact: Fact) -> float:
    return float(max(1, len(fact.papers))) if fact.subject.startswith("thing/") else _LOOSE


def _legend(name: str) -> dict[str, str]:
    style = style_of(name)
    return {
        "name": style.name,
        "plural": style.plural,
        "colour": style.colour,
        "border": style.border,
        "glow": style.glow,
        "shape": style.shape,
    }


def _relations(edges: tuple[EdgeRow, ...]) -> list[dict[str, Any]]:
    names = sorted(
        {row.relation for row in edges}, key=lambda name: (name in ("claims", "introduces", "mentions"), name)
    )
    return [{"name": name, "reads": READS[name], "inverse": _INVERSE[name]} for name in names]


def _piece(piece: str | tuple[str, str, str], numbers: dict[str, int]) -> str | list[Any]:
    """A mention as [text, class, number of its node where it is drawn]."""
    if isinstance(piece, str):
        return piece
    text, type_name, thing = piece
    number = numbers.get(thing)
    return [text, type_name] if number is None else [text, type_name, number]


def _about_node(row: NodeRow, evidence: Iterable[Evidence], sentences: Sentences) -> dict[str, Any]:
    introduced = [item for item in evidence if item.stage == "introduced"]
    told = strongest(introduced, 2) + strongest(evidence, _NODE_SENTENCES)
    slots = {
        name: value
        for name in ("subject", "predicate", "object", "metric", "value", "dataset")
        if (value := getattr(row, name)) is not None
    }
    fields = {
        "id": row.id,
        "type": style_of(row.type).name,
        "class": row.type,
        "label": row.label,
        "papers": row.papers,
        "first": row.first_year,
        "last": row.last_year,
        "score": row.score,
        "aliases": row.aliases.split(" | ") if row.aliases else None,
        "text": row.text if row.kind == "paper" else None,
        "claim": slots or None,
        "sentences": sentences.places(told)[:_NODE_SENTENCES],
    }
    return {name: value for name, value in fields.items() if value is not None}


def _about_edge(row: EdgeRow, sentences: list[int]) -> dict[str, Any]:
    fields = {
        "relation": row.relation,
        "papers": row.papers,
        "score": row.score,
        "first": row.first_year,
        "last": row.last_year,
        "sentences": sentences,
    }
    return {name: value for name, value in fields.items() if value is not None}
