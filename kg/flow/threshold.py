"""Leaving out what an extractor is not sure enough of: for those who want fewer facts and truer ones.

In: a record and a minimum score. Out: the record without what is below it, still a record that stands by itself: every
entity has a mention, and what refers to an entity that went is gone too. What it cannot do: judge a score.
"""

from __future__ import annotations

from dataclasses import replace

from kg.domain import Mention, Record

__all__ = ["above"]


def above(record: Record, minimum: float) -> Record:
    """The record without mentions, relations and claims whose score is below `minimum`, in [0, 1].

    An entity goes with the last of its mentions; one that never had a mention stays. Relations with such an entity go,
    and a claim's slots stay as words.
    """
    if minimum <= 0.0:
        return record
    everywhere = (*record.title_mentions, *record.mentions)
    kept = [mention for mention in everywhere if mention.score >= minimum]
    lost = _named(everywhere) - _named(kept)
    gone = {
        entity.name for entity in record.entities if lost & set(entity.forms) and not _named(kept) & set(entity.forms)
    }
    return replace(
        record,
        mentions=tuple(mention for mention in record.mentions if mention.score >= minimum),
        title_mentions=tuple(mention for mention in record.title_mentions if mention.score >= minimum),
        entities=tuple(entity for entity in record.entities if entity.name not in gone),
        introduced=tuple(name for name in record.introduced if name not in gone),
        relations=tuple(
            relation
            for relation in record.relations
            if relation.score >= minimum and relation.head not in gone and relation.tail not in gone
        ),
        claims=tuple(claim for claim in record.claims if claim.score >= minimum),
    )


def _named(mentions: tuple[Mention, ...] | list[Mention]) -> set[str]:
    """What mentions stand for: the entity's name, or the words themselves where no entity is named."""
    return {mention.entity if mention.entity is not None else mention.text for mention in mentions}
