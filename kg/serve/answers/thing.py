"""The page of a thing: what it is, every name seen, and all that is said of it, by relation."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.domain import RelationType
from kg.graph import CLASS_NAMES, EDGE_RULES
from kg.serve import behind
from kg.serve.answers.shapes import Answer, cut, paper, thing, thing_row
from kg.serve.index import Index

__all__ = ["SECTIONS", "section_items", "thing_page"]

SECTIONS: tuple[tuple[RelationType, bool, str], ...] = (
    (RelationType.IS_A, False, "Is a kind of"),
    (RelationType.IS_A, True, "Kinds of it"),
    (RelationType.USED_FOR, False, "Used for"),
    (RelationType.USED_FOR, True, "What is used for it"),
    (RelationType.EVALUATED_ON, False, "Evaluated on"),
    (RelationType.EVALUATED_ON, True, "Evaluated here"),
    (RelationType.TRAINED_ON, False, "Trained on"),
    (RelationType.TRAINED_ON, True, "Trained with it"),
    (RelationType.MEASURED_BY, False, "Measured by"),
    (RelationType.MEASURED_BY, True, "Measures"),
    (RelationType.PART_OF, False, "Part of"),
    (RelationType.PART_OF, True, "Its parts"),
    (RelationType.BASED_ON, False, "Built upon"),
    (RelationType.BASED_ON, True, "Built upon it"),
    (RelationType.OUTPERFORMS, False, "Better than"),
    (RelationType.OUTPERFORMS, True, "Beaten by"),
    (RelationType.COMPARED_WITH, False, "Compared with"),
)
"""The relations in the order of the page, whether they lead here, and how they are headed."""


def section_items(index: Index, number: int, relation: RelationType, inverse: bool) -> list[Answer]:
    """The links of one section, the best supported first."""
    rule = EDGE_RULES[relation]
    ways = (True, False) if rule.symmetric else (inverse,)
    items = []
    for leads_here in ways:
        mine, other = ("object", "subject") if leads_here else ("subject", "object")
        items += [
            {
                "thing": thing(row),
                "papers": row["said"],
                "score": row["score"],
                "fact": [row["s"], rule.predicate, row["o"]],
                "years": [row["first"], row["last"]],
            }
            for row in index.rows(
                f"""SELECT other.*, links.papers AS said, links.score, links.first, links.last,
                           subject.id AS s, object.id AS o
                    FROM links JOIN things other ON other.n = links.{other}
                    JOIN things subject ON subject.n = links.subject JOIN things object ON object.n = links.object
                    WHERE links.{mine} = ? AND links.predicate = ?""",
                number,
                rule.predicate,
            )
        ]
    return sorted(items, key=lambda i: (-i["papers"], -i["score"], -i["thing"]["papers"], i["thing"]["id"]))


def thing_page(index: Index, thing_id: str, *, limit: int = 40) -> Answer:
    """All about a thing. limit: items in a section; its `total` tells how many there are. Raises NotHere."""
    row = thing_row(index, thing_id)
    number = row["n"]
    aliases = [[form, times] for form, times in json.loads(row["aliases"])]
    sections = []
    for relation, inverse, title in SECTIONS:
        items = section_items(index, number, relation, inverse)
        if items:
            sections.append(
                {"predicate": EDGE_RULES[relation].predicate, "inverse": inverse, "title": title, **cut(items, limit)}
            )
    community = index.row("SELECT n, name, size FROM communities WHERE n = ?", row["community"])
    return {
        "thing": thing(row),
        "class": next(name for kind, name in CLASS_NAMES.items() if kind.value == row["type"]),
        "names": aliases,
        "concept": row["concept"],
        "above": _above(index, number),
        "sections": sections,
        "introduced_by": [
            paper(found)
            for found in index.rows(
                """SELECT papers.* FROM mentions JOIN papers ON papers.n = mentions.paper
                   WHERE thing = ? AND introduced ORDER BY year, papers.n""",
                number,
            )
        ],
        "papers": cut(list(_papers(index, number)), limit),
        "years": [
            [found["year"], found["k"]]
            for found in index.rows(
                """SELECT year, count(*) k FROM mentions JOIN papers ON papers.n = mentions.paper
                   WHERE thing = ? AND year IS NOT NULL GROUP BY year ORDER BY year""",
                number,
            )
        ],
        "community": {"n": community["n"], "name": community["name"], "size": community["size"]} if community else None,
        "sparql": behind.thing(row["id"]),
    }


def _papers(index: Index, number: int) -> Iterator[Answer]:
    rows = index.rows(
        """SELECT papers.*, times, introduced FROM mentions JOIN papers ON papers.n = mentions.paper
           WHERE thing = ? ORDER BY introduced DESC, times DESC, year DESC, papers.n""",
        number,
    )
    for row in rows:
        yield {"paper": paper(row), "times": row["times"], "introduced": bool(row["introduced"])}


def _above(index: Index, number: int) -> list[list[Answer]]:
    """What it is a kind of, step by step upward, by the best supported link; stops where it would turn in a circle."""
    chain: list[list[Answer]] = []
    level, seen = [number], {number}
    while level and len(chain) < 6:
        marks = ", ".join("?" * len(level))
        rows = index.rows(
            f"""SELECT DISTINCT things.* FROM links JOIN things ON things.n = links.object
                WHERE links.predicate = 'isA' AND links.subject IN ({marks}) ORDER BY things.papers DESC, things.n""",
            *level,
        )
        rows = [row for row in rows if row["n"] not in seen][:4]
        if rows:
            chain.append([thing(row) for row in rows])
        level = [row["n"] for row in rows]
        seen.update(level)
    return chain
