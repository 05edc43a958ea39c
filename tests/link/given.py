"""Names and records made by hand, short enough to stand in a test."""

from __future__ import annotations

from collections.abc import Iterable

from kg.domain import Entity, EntityType, Paper, Record
from kg.link import NO_AUTHORITY, NO_CURATION, Authority, Concept, Curation, Name, link, names

__all__ = ["authority", "entity", "ids_by_entity", "name", "names_of", "record", "together"]


def entity(name: str, kind: str = "METHOD", *aliases: str) -> Entity:
    """An entity of a type by its name."""
    return Entity(name=name, type=EntityType(kind), aliases=aliases)


def record(paper: str, *entities: Entity) -> Record:
    """A record that has entities and nothing else."""
    return Record(paper=Paper(id=paper, title="", text=""), entities=entities)


def name(paper: str, entity_name: str, kind: str = "METHOD", *aliases: str) -> Name:
    """The one name of a paper with one entity."""
    (only,) = names(record(paper, entity(entity_name, kind, *aliases)))
    return only


def names_of(*entities: str, kind: str = "METHOD") -> tuple[Name, ...]:
    """One paper an entity name, all of one type."""
    return tuple(name(f"p{number}", entity_name, kind) for number, entity_name in enumerate(entities))


def authority(*concepts: Concept) -> Authority:
    """An authority of one scheme."""
    return Authority.of([concepts])


def ids_by_entity(
    found: Iterable[Name], known: Authority = NO_AUTHORITY, curation: Curation = NO_CURATION
) -> dict[str, set[str]]:
    """Thing ids by entity name."""
    ids: dict[str, set[str]] = {}
    for thing in link(found, authority=known, curation=curation):
        for member in thing.members:
            ids.setdefault(member.entity, set()).add(thing.id)
    return ids


def together(*entities: str, kind: str = "METHOD", known: Authority = NO_AUTHORITY) -> bool:
    """Whether entities of that many papers become one thing."""
    return len(link(names_of(*entities, kind=kind), authority=known)) == 1
