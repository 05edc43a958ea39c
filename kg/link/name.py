"""The map step of linking: what one paper calls its things, as values that can be stored, sent and counted.

In: one Record. Out: one `Name` an entity, a pure function of that record alone. The paper's own abbreviations are
undone here: where a paper defines NAS, its "NAS algorithm" has the key "neural architecture search algorithm", and an
entity that goes by a short and a long form has the long form's key.
What it cannot do: know what other papers say; that begins with `kg.link.tally`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.domain import Entity, EntityType, Record
from kg.errors import LinkError
from kg.link.normalise import fold, initials_match, is_short

__all__ = ["Name", "compact", "decode_name", "encode_name", "json_line", "names"]

_LONE = re.compile("[\ud800-\udfff]")
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON without spaces, characters as they are; made once, which `json.dumps` does at every call."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Name:
    """One entity of one paper, ready to be linked.

    key     folded name, the paper's own abbreviations undone
    forms   every surface form with the number of its mentions (at least 1), sorted
    shorts  folded short forms that this paper defines for it, sorted
    """

    paper: str
    entity: str
    type: EntityType
    key: str
    forms: tuple[tuple[str, int], ...]
    shorts: tuple[str, ...] = ()


def names(record: Record) -> tuple[Name, ...]:
    """The names of a record's entities, sorted by entity; entities that only mentions know are among them.

    >>> from kg.domain import Paper
    >>> entity = Entity(name="neural architecture search", type=EntityType.TASK, aliases=("NAS",))
    >>> other = Entity(name="NAS algorithms", type=EntityType.METHOD)
    >>> record = Record(paper=Paper(id="1", title="", text=""), entities=(entity, other))
    >>> [(name.key, name.shorts) for name in names(record)]
    [('neural architecture search algorithm', ()), ('neural architecture search', ('nas',))]
    """
    entities = tuple(_entities(record))
    counts = _mention_counts(record, entities)
    pairs = {entity.name: tuple(_definitions(entity)) for entity in entities}
    longs: dict[str, set[str]] = {}
    for defined in pairs.values():
        for short, long in defined:
            longs.setdefault(short, set()).add(long)
    own = {short: next(iter(found)) for short, found in longs.items() if len(found) == 1}
    return tuple(
        sorted(
            Name(
                paper=record.id,
                entity=entity.name,
                type=entity.type,
                key=_key(entity, pairs[entity.name], own),
                forms=tuple(sorted(counts[entity.name].items())),
                shorts=tuple(sorted({short for short, _ in pairs[entity.name]})),
            )
            for entity in entities
        )
    )


def _entities(record: Record) -> Iterator[Entity]:
    """The record's entities, each name once, then those that only its mentions name."""
    seen: set[str] = set()
    forms: set[str] = set()
    for entity in record.entities:
        if entity.name not in seen:
            seen.add(entity.name)
            forms.update(entity.forms)
            yield entity
    for mention in (*record.title_mentions, *record.mentions):
        name = mention.entity if mention.entity is not None else mention.text
        if mention.entity is None and name in forms:
            continue
        if name not in seen and name.strip():
            seen.add(name)
            yield Entity(name=name, type=mention.type)


def _mention_counts(record: Record, entities: tuple[Entity, ...]) -> dict[str, Counter[str]]:
    """How often each form of each entity was seen; an alias that no mention has counts once, and so does the name."""
    counts: dict[str, Counter[str]] = {entity.name: Counter() for entity in entities}
    by_form = {form: entity.name for entity in reversed(entities) for form in reversed(entity.forms)}
    for mention in (*record.title_mentions, *record.mentions):
        name = mention.entity if mention.entity is not None else by_form.get(mention.text)
        if name is not None and name in counts and mention.text.strip():
            counts[name][" ".join(mention.text.split())] += 1
    for entity in entities:
        for alias in entity.aliases:
            form = " ".join(alias.split())
            if form and form not in counts[entity.name]:
                counts[entity.name][form] = 1
        if fold(entity.name) not in map(fold, counts[entity.name]):
            counts[entity.name][" ".join(entity.name.split())] = 1
    return counts


def _definitions(entity: Entity) -> Iterator[tuple[str, str]]:
    """(folded short form, folded long form) pairs among the forms of one entity."""
    for short in entity.forms:
        if is_short(short):
            long = next((form for form in entity.forms if initials_match(short, form)), None)
            if long is not None:
                yield fold(short), fold(long)


def _key(entity: Entity, pairs: tuple[tuple[str, str], ...], own: dict[str, str]) -> str:
    key = fold(entity.name)
    for short, long in pairs:
        if key == short:
            return long
    words = key.split(" ")
    if len(words) > 1:
        key = " ".join(own.get(word, word) for word in words)
    return key


def encode_name(name: Name) -> str:
    """One line of JSON: [paper, entity, type, key, [[form, count], ...], [short, ...]].

    >>> encode_name(Name(paper="1", entity="BERT", type=EntityType.ARCH, key="bert", forms=(("BERT", 2),)))
    '["1","BERT","ARCH","bert",[["BERT",2]],[]]'
    """
    fields = [
        name.paper,
        name.entity,
        name.type.value,
        name.key,
        [list(form) for form in name.forms],
        list(name.shorts),
    ]
    return json_line(fields)


def json_line(fields: Any) -> str:
    """Compact JSON that UTF-8 can hold: a lone surrogate, which it cannot, is escaped with the whole line."""
    line = compact(fields)
    return line if _LONE.search(line) is None else json.dumps(fields, separators=(",", ":"))


def decode_name(line: str) -> Name:
    """The name in a line of `encode_name`. Raises LinkError for anything else."""
    try:
        fields: list[Any] = json.loads(line)
        paper, entity, kind, key, forms, shorts = fields
        return Name(
            paper=paper,
            entity=entity,
            type=EntityType(kind),
            key=key,
            forms=tuple((str(form), int(count)) for form, count in forms),
            shorts=tuple(shorts),
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise LinkError(f"not a stored name: {error}", to_do="build the folder again") from error
