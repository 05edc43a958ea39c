"""What is known of one paper on the way to its record: the value that the stages hand on.

In: a paper and what the stages found. Out: the same with more fields set, and the facts of each sentence that `kg.extract.roles` asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.domain import Entity, EntityType, Mention, Paper, Relation, Span
from kg.extract.abbreviations import Abbreviation
from kg.extract.discourse import METHODS, Reference
from kg.extract.quantities import FoundQuantity
from kg.extract.roles import SentenceFacts

__all__ = ["Item", "Reading", "facts_of", "items_in"]


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


def items_in(reading: Reading, sentence: Span) -> tuple[Item, ...]:
    """Mentions and references of one sentence, in order; `own` for what the paper introduces."""
    types = reading.types
    pairs = [(m.span, m.entity) for m in reading.mentions if m.entity is not None]
    pairs += [(r.span, r.entity) for r in reading.references]
    return tuple(
        sorted(
            Item(span=span, entity=name, type=types[name], own=name in reading.introduced)
            for span, name in pairs
            if name in types and sentence.start <= span.start and span.end <= sentence.end
        )
    )


def facts_of(reading: Reading) -> list[SentenceFacts]:
    """For each sentence what its items and numbers say."""
    first_own = _first_places(reading)
    facts: list[SentenceFacts] = []
    for sentence in reading.sentences:
        items = items_in(reading, sentence)
        facts.append(
            SentenceFacts(
                text=sentence.of(reading.paper.text),
                own=any(item.own for item in items),
                own_first=bool(items) and items[0].own,
                introduces=any(sentence.start <= place < sentence.end for place in first_own),
                quantities=sum(sentence.start <= q.span.start < sentence.end for q in reading.quantities),
                metrics=sum(item.type is EntityType.METRIC for item in items),
                datasets=sum(item.type is EntityType.DATASET for item in items),
                methods=sum(item.type in METHODS for item in items),
            )
        )
    return facts


def _first_places(reading: Reading) -> Sequence[int]:
    firsts: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.entity in reading.introduced:
            firsts.setdefault(str(mention.entity), mention.start)
    return list(firsts.values())
