"""Graphs to export: hostile text in every field, a hub, and the annotated abstracts where they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.codec import read_records
from kg.domain import (
    Claim,
    ClaimKind,
    Entity,
    EntityType,
    Member,
    Mention,
    Paper,
    Quantity,
    QuantityKind,
    Record,
    Relation,
    RelationType,
    Span,
    Thing,
)
from kg.graph import MemoryGraph
from kg.identifiers import slug

__all__ = ["GOLD", "HOSTILE", "gold_graph", "hostile_graph", "linked_by_name", "named_graph"]

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "gold.jsonl"

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    'quote " and "" more',
    "apostrophe ' and back ` tick",
    "line\nbreak\r\nand\rreturn",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]> &amp; &lt; <!-- -- -->",
    "nul \x00 bell \x07 vt \x0b esc \x1b del \x7f nel \x85",
    "lone \ud800 surrogate \udfff",
    "nonchar \ufffe \uffff \U0001ffff",
    "line sep \u2028 para sep \u2029",
    "rtl \u202e override \u200f mark",
    "astral 𝒜 and 🤖 and é́",
    "comma, semicolon; pipe | tab\tend",
    "backslash \\ \\n \\\\",
    "{{ template }} ${x} %s",
    "javascript:alert(1)",
    "' OR 1=1 --",
    "NULL",
    "NaN",
    "true",
    "0012",
    "1e999",
    "  blanks around  ",
    "null",
)
"""Texts that break a format that does not expect them. In our own words, from the known lists of such cases."""


def linked_by_name(records: tuple[Record, ...]) -> MemoryGraph:
    """The graph of records whose names are linked by slug and type alone."""
    members: dict[str, set[Member]] = {}
    made: dict[str, Entity] = {}
    for record in records:
        for entity in record.entities:
            key = slug(entity.name)
            made.setdefault(key, entity)
            members.setdefault(key, set()).add(Member(paper=record.id, entity=entity.name))
    things = (
        Thing(
            id=f"thing/{key}",
            label=entity.name,
            type=entity.type,
            aliases=tuple((form, 1) for form in entity.forms),
            members=tuple(sorted(members[key])),
        )
        for key, entity in sorted(made.items())
    )
    return MemoryGraph.of(records, things)


def named_graph(names: tuple[str, ...]) -> MemoryGraph:
    """One paper that names these things: the first outperforms the second, is evaluated on the third, and so on.

    The name stands in every text field that a paper, a thing and a claim have.
    """
    types = (EntityType.ARCH, EntityType.METHOD, EntityType.DATASET)
    records = []
    for number, name in enumerate(names):
        others = [other for other in names if slug(other) != slug(name)]
        entities = [Entity(name=name, type=types[0], aliases=(name + " again",))]
        relations = []
        if others:
            second = others[number % len(others)]
            entities.append(Entity(name=second, type=types[0]))
            relations = [
                Relation(head=name, type=kind, tail=second, evidence=Span(start=0, end=len(name)), score=0.5)
                for kind in (RelationType.OUTPERFORMS, RelationType.BASED_ON)
            ]
        claim = Claim(
            sentence=Span(start=0, end=len(name)),
            kind=ClaimKind.RESULT,
            subject=name,
            predicate=name,
            metric=name,
            value=name,
            dataset=name,
            quantity=Quantity(text=name, kind=QuantityKind.EXACT, low=-1.5, high=float("inf"), unit=name),
        )
        records.append(
            Record(
                paper=Paper(
                    id=f"{number} {name}",
                    title=name,
                    text=name + " and more.",
                    year=2000 + number,
                    venue=name,
                    authors=(name, "Ada Example"),
                    url=name,
                    doi=name,
                ),
                mentions=(Mention(start=0, end=len(name), text=name, type=types[0], entity=name),),
                entities=tuple(entities),
                relations=tuple(relations),
                claims=(claim,),
            )
        )
    return linked_by_name(tuple(records))


@cache
def hostile_graph() -> MemoryGraph:
    """Every hostile text as the name of a thing, a title, a sentence, and every slot of a claim."""
    return named_graph(HOSTILE)


@cache
def gold_graph() -> MemoryGraph:
    """The annotated abstracts; skips the test where they are not."""
    if not GOLD.exists():
        pytest.skip("the annotated abstracts are not here")
    return linked_by_name(tuple(read_records(GOLD)))
