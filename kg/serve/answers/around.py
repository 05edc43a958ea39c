"""A neighbourhood: a thing, what it is linked to, and bundles for what is too much."""

from __future__ import annotations

from kg.domain import RelationType
from kg.graph import EDGE_RULES
from kg.serve import behind
from kg.serve.answers.shapes import Answer, thing, thing_row
from kg.serve.answers.thing import SECTIONS, section_items
from kg.serve.index import Index

__all__ = ["RELATIONS", "around"]


def around(index: Index, thing_id: str, *, shown: int = 5) -> Answer:
    """A thing and its best supported neighbours: at most `shown` a relation, type and direction; more is a bundle.

    A bundle tells how many and holds them all, so that a page can open it without asking again. Raises NotHere.
    """
    row = thing_row(index, thing_id)
    nodes: dict[str, Answer] = {row["id"]: thing(row)}
    edges: list[Answer] = []
    bundles: list[Answer] = []
    for relation, inverse, title in SECTIONS:
        by_type: dict[str, list[Answer]] = {}
        for item in section_items(index, row["n"], relation, inverse):
            by_type.setdefault(item["thing"]["type"], []).append(item)
        for kind, items in sorted(by_type.items()):
            # A bundle of one is no smaller than the thing itself.
            cut_at = shown if len(items) > shown + 1 else len(items)
            for item in items[:cut_at]:
                nodes.setdefault(item["thing"]["id"], item["thing"])
                edges.append(_edge(item))
            if rest := items[cut_at:]:
                bundles.append(
                    {
                        "id": f"{row['id']}|{EDGE_RULES[relation].predicate}|{'in' if inverse else 'out'}|{kind}",
                        "predicate": EDGE_RULES[relation].predicate,
                        "inverse": inverse,
                        "title": title,
                        "type": kind,
                        "items": [{"node": item["thing"], "edge": _edge(item)} for item in rest],
                    }
                )
    return {
        "centre": row["id"],
        "nodes": list(nodes.values()),
        "edges": _between(index, nodes, edges),
        "bundles": bundles,
        "sparql": behind.neighbours(row["id"]),
    }


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


def _between(index: Index, nodes: dict[str, Answer], edges: list[Answer]) -> list[Answer]:
    """The edges, and those that the neighbours have among themselves."""
    known = {(edge["s"], edge["p"], edge["o"]) for edge in edges}
    marks = ", ".join("?" * len(nodes))
    rows = index.rows(
        f"""SELECT s.id AS s, links.predicate AS p, o.id AS o, links.papers, links.score, first, last
            FROM links JOIN things s ON s.n = links.subject JOIN things o ON o.n = links.object
            WHERE s.id IN ({marks}) AND o.id IN ({marks}) ORDER BY links.n""",
        *nodes,
        *nodes,
    )
    return edges + [dict(row) for row in rows if (row["s"], row["p"], row["o"]) not in known]


RELATIONS = {
    EDGE_RULES[relation].predicate: {"reads": EDGE_RULES[relation].reads, "inverse": EDGE_RULES[relation].inverse_reads}
    for relation in RelationType
}
"""How each relation reads, by its predicate."""
