"""A neighbourhood: a thing, what it is linked to, and bundles for what is too much."""

from __future__ import annotations

from collections.abc import Iterator

from kg.domain import RelationType
from kg.graph import EDGE_RULES
from kg.serve import behind
from kg.serve.answers.shapes import Answer, thing, thing_row
from kg.serve.answers.thing import SECTIONS, section_items
from kg.serve.index import Index

__all__ = ["RELATIONS", "around"]

_SEEN = 40
_BETWEEN = 24


def around(index: Index, thing_id: str, *, shown: int = 5) -> Answer:
    """A thing and its best supported neighbours: at most `shown` a relation, type and direction; more is a bundle.

    Where there are many groups, each shows fewer, so that about forty are seen in all. A bundle tells how many it
    holds and holds them, so that a page can open it without asking again. Raises NotHere.
    """
    row = thing_row(index, thing_id)
    nodes: dict[str, Answer] = {row["id"]: thing(row)}
    edges: list[Answer] = []
    bundles: list[Answer] = []
    groups = list(_groups(index, row["n"]))
    most = min(shown, max(1, _SEEN // max(1, len(groups))))
    for relation, inverse, title, kind, items in groups:
        # A bundle of one is no smaller than the thing itself.
        cut_at = most if len(items) > most + 1 else len(items)
        for item in items[:cut_at]:
            nodes.setdefault(item["thing"]["id"], item["thing"])
            edges.append(_edge(item))
        if rest := items[cut_at:]:
            predicate = EDGE_RULES[relation].predicate
            bundles.append(
                {
                    "id": f"{row['id']}|{predicate}|{'in' if inverse else 'out'}|{kind}",
                    "predicate": predicate,
                    "inverse": inverse,
                    "title": title,
                    "type": kind,
                    "items": [{"node": item["thing"], "edge": _edge(item)} for item in rest],
                }
            )
    return {
        "centre": row["id"],
        "nodes": list(nodes.values()),
        "edges": edges + _between(index, row["id"], nodes, edges),
        "bundles": bundles,
        "sparql": behind.neighbours(row["id"]),
    }


def _groups(index: Index, number: int) -> Iterator[tuple[RelationType, bool, str, str, list[Answer]]]:
    """Neighbours by relation, direction and type, the best supported first in each."""
    for relation, inverse, title in SECTIONS:
        by_type: dict[str, list[Answer]] = {}
        for item in section_items(index, number, relation, inverse):
            by_type.setdefault(item["thing"]["type"], []).append(item)
        for kind, items in sorted(by_type.items()):
            yield relation, inverse, title, kind, items


def _edge(item: Answer) -> Answer:
    subject, predicate, target = item["fact"]
    return {
        "s": subject,
        "p": predicate,
        "o": target,
        "papers": item["papers"],
        "score": item["score"],
        "first": item["years"][0],
        "last": item["years"][1],
    }


def _between(index: Index, centre: str, nodes: dict[str, Answer], edges: list[Answer]) -> list[Answer]:
    """The best supported links that the neighbours have among themselves; too many would hide what is asked about."""
    known = {(edge["s"], edge["p"], edge["o"]) for edge in edges}
    marks = ", ".join("?" * len(nodes))
    rows = index.rows(
        f"""SELECT s.id AS s, links.predicate AS p, o.id AS o, links.papers, links.score, first, last
            FROM links JOIN things s ON s.n = links.subject JOIN things o ON o.n = links.object
            WHERE s.id IN ({marks}) AND o.id IN ({marks}) ORDER BY links.papers DESC, links.score DESC, links.n""",
        *nodes,
        *nodes,
    )
    fresh = [dict(row) for row in rows if (row["s"], row["p"], row["o"]) not in known]
    mine = [edge for edge in fresh if centre in (edge["s"], edge["o"])]
    return mine + [edge for edge in fresh if edge not in mine][:_BETWEEN]


RELATIONS = {
    EDGE_RULES[relation].predicate: {"reads": EDGE_RULES[relation].reads, "inverse": EDGE_RULES[relation].inverse_reads}
    for relation in RelationType
}
"""How each relation reads, by its predicate."""
