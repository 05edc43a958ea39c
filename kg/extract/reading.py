"""What is known of one paper on the way to its record: the value that the stages hand on.

In: a paper and what the stages found. Out: the same with more fields set, and the facts of each sentence that `kg.extract.roles` asks for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.domain import Entity, EntityType, Mention, Paper, Relation, Span
from kg.extract.abbreviations import Abbreviation
from kg.extract.discourse import METHODS, Reference
from kg.extract.quantities import FoundQuantity
from kg.extract.roles import SentenceFacts

__all__ = ["Item", "Reading", "facts_of", "items_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A paper and all that was found before its claims; fields as in the record."""

    paper: Paper
    sentences: tuple[Span, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    quantities: tuple[FoundQuantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    introduced: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def types(self) -> dict[str, EntityType]:
        """The type of every entity, by name."""
        return {entity.name: entity.type for entity in self.entities}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Item:
    """A mention or a reference in a sentence: where it stands and the entity it stands for."""

    span: Span
    entity: str
    type: EntityType
    own: bool


def items_of(reading: Reading) -> tuple[tuple[Item, ...], ...]:
    """For each sentence its mentions and references, in order; `own` for what the paper introduces."""
    types, own = reading.types, frozenset(reading.introduced)
    pairs = [(m.span, m.entity) for m in reading.mentions if m.entity in types]
    pairs += [(r.span, r.entity) for r in reading.references if r.entity in types]
    every = sorted(Item(span=span, entity=name, type=types[name], own=name in own) for span, name in pairs if name)
    starts = [item.span.start for item in every]
    return tuple(
        tuple(
            item
            for item in every[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if item.span.end <= sentence.end
        )
        for sentence in reading.sentences
    )


def facts_of(reading: Reading) -> list[SentenceFacts]:
    """For each sentence what its items and numbers say."""
    first_own = _first_places(reading)
    numbers = sorted(found.span.start for found in reading.quantities)
    facts: list[SentenceFacts] = []
    for sentence, items in zip(reading.sentences, items_of(reading), strict=True):
        facts.append(
            SentenceFacts(
                text=sentence.of(reading.paper.text),
                own=any(item.own for item in items),
                own_first=bool(items) and items[0].own,
                introduces=_count(first_own, sentence) > 0,
                quantities=_count(numbers, sentence),
                metrics=sum(item.type is EntityType.METRIC for item in items),
                datasets=sum(item.type is EntityType.DATASET for item in items),
                methods=sum(item.type in METHODS for item in items),
            )
        )
    return facts


def _count(places: Sequence[int], sentence: Span) -> int:
    """How many of the sorted places lie in a sentence."""
    return bisect_left(places, sentence.end) - bisect_left(places, sentence.start)


def _first_places(reading: Reading) -> Sequence[int]:
    """Where what the paper introduces is first named, sorted."""
    own = frozenset(reading.introduced)
    firsts: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.entity in own:
            firsts.setdefault(str(mention.entity), mention.start)
    return sorted(firsts.values())
