"""A group of nodes becomes a `Thing`: its id, label, type, aliases, members and reasons; and things become JSON lines.

The id is the concept's slug, or the slug of the group's first key in order, long forms before short ones: it depends
on which names there are, never on how often, so that papers can be added without renaming what is there. A key that two
kinds of things share, or that the authority has for something else, gets its kind into the id ("map-metric-…").
The label is what a curation says, the concept's, or the most frequent long form, in the singular where one was seen.
What it cannot do: choose members; those are the names that `kg.link.linker` finds for the nodes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from kg.domain import EntityType, Member, Reason, Thing
from kg.errors import LinkError, Where
from kg.identifiers import slug
from kg.link.authority import Authority
from kg.link.curation import Curation
from kg.link.name import json_line
from kg.link.normalise import fold
from kg.link.tally import Kind, Node

__all__ = ["Keyed", "assemble", "hierarchy", "thing_from_json", "thing_id", "thing_to_json"]

_TYPE_ORDER = {entity_type: number for number, entity_type in enumerate(EntityType)}


def assemble(
    nodes: Iterable[Node],
    shorts: Iterable[Node],
    members: Iterable[Member],
    reasons: Iterable[Reason],
    *,
    concept: str | None,
    authority: Authority,
    curation: Curation,
) -> Thing:
    """The thing that these nodes are; their order does not matter.

    nodes: those that name it; shorts: short forms that stand for it, which name it only where nothing else does.
    """
    naming, others = sorted(nodes, key=_place), sorted(shorts, key=_place)
    if not naming:
        naming, others = others, []
    every = [*naming, *others]
    known = authority.concepts.get(concept) if concept else None
    said = [curation.labels[node.key] for node in every if node.key in curation.labels]
    return Thing(
        id=thing_id(naming, concept, authority),
        label=said[0] if said else known.label if known else _label(naming),
        type=_type(every, known.type if known else None, curation),
        aliases=tuple(sorted(_forms(every).items(), key=lambda item: (-item[1], item[0]))),
        members=tuple(sorted(set(members))),
        reasons=tuple(sorted({*reasons, *_form_reasons(every)})),
        concept=concept,
        broader=known.broader if known else (),
    )


def _place(node: Keyed) -> tuple[bool, str, str]:
    return node.short, node.key, node.part


def _forms(nodes: Iterable[Node]) -> dict[str, int]:
    forms: dict[str, int] = {}
    for node in nodes:
        for _, tally in node.types:
            for form, count in tally.forms.items():
                forms[form] = forms.get(form, 0) + count
    return forms


class Keyed(Protocol):
    """What of a node a thing's id depends on."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def part(self) -> str:
        """Its part of the key."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def short(self) -> bool:
        """Whether it looks like an abbreviation."""


def thing_id(nodes: Iterable[Keyed], concept: str | None, authority: Authority) -> str:
    """The id of the thing that these nodes are: by its concept, or else by its first key, long ones before short."""
    if concept:
        return f"thing/{authority.slugs[concept]}"
    first = min(nodes, key=_place)
    plain = slug(first.key)
    if first.part or authority.has_slug(plain):
        return f"thing/{slug(f'{first.key} ({first.part or first.kind})')}"
    return f"thing/{plain}"


def _type(nodes: Sequence[Node], known: EntityType | None, curation: Curation) -> EntityType:
    said = [curation.types[node.key] for node in nodes if node.key in curation.types]
    if said or known:
        return said[0] if said else known or said[0]
    counts: Counter[EntityType] = Counter()
    for node in nodes:
        for entity_type, tally in node.types:
            counts[entity_type] += tally.names
    return min(counts, key=lambda kind: (-counts[kind], _TYPE_ORDER[kind]))


def _label(nodes: Sequence[Node]) -> str:
    long = [node for node in nodes if not node.short] or nodes
    forms = _forms(long)
    if len(forms) == 1:
        return _in_singular(next(iter(forms)))
    keys = {node.key for node in long}

    def rank(form: str) -> tuple[bool, bool, int, str]:
        return fold(form) not in keys, _in_singular(form) != form, -forms[form], form.swapcase()

    return _in_singular(min(forms, key=rank))


def _in_singular(form: str) -> str:
    """A form with its last word in the singular, where only an ending tells the two apart."""
    last = form.rsplit(" ", 1)[-1]
    if last.endswith("s") and fold(last[:-1]) == fold(last):
        return form[:-1]
    if last.endswith("ies") and fold(last[:-3] + "y") == fold(last):
        return form[:-3] + "y"
    return form


def _form_reasons(nodes: Sequence[Node]) -> Iterable[Reason]:
    """Why the forms of one key are one, and the short forms that papers themselves define."""
    for node in nodes:
        forms = _forms([node])
        shorts = {short for _, tally in node.types for short in tally.shorts}
        if len(forms) > 1:
            same = sorted((form for form in forms if fold(form) == node.key), key=lambda form: (-forms[form], form))
            for form in same[1:]:
                yield Reason(rule="same key", left=same[0], right=form)
        for short in sorted(shorts - {node.key}):
            yield Reason(rule="abbreviation", left=short, right=node.key)


def hierarchy(things: Iterable[Thing], authority: Authority) -> tuple[tuple[str, str], ...]:
    """(child id, parent id) of every thing and the nearest things above it in the authority, sorted.

    A concept that no paper names is passed over: its own parents are then the nearest, but only on paths without
    a thing that is present, so that no pair says what two others say already.
    """
    present = {thing.concept: thing.id for thing in things if thing.concept}
    pairs: set[tuple[str, str]] = set()
    for iri, child in present.items():
        seen, level = {iri}, [iri]
        while level:
            above = {up for at in level for up in authority.broader(at)} - seen
            seen |= above
            pairs.update((child, present[up]) for up in above if up in present and present[up] != child)
            level = sorted(up for up in above if up not in present)
    return tuple(sorted(pairs))


def thing_to_json(thing: Thing) -> str:
    """One line of JSON: id, label, type, aliases {form: count}, members [[paper id, entity name]], reasons, …"""
    fields: dict[str, Any] = {
        "id": thing.id,
        "label": thing.label,
        "type": thing.type.value,
        "aliases": dict(thing.aliases),
        "members": [[member.paper, member.entity] for member in thing.members],
        "reasons": [[r.rule, r.left, r.right, round(r.score, 4)] for r in thing.reasons],
    }
    if thing.concept:
        fields["concept"] = thing.concept
    if thing.broader:
        fields["broader"] = list(thing.broader)
    return json_line(fields)


def thing_from_json(line: str, *, where: Where | None = None) -> Thing:
    """The thing in a line of `thing_to_json`. Raises LinkError that says where and what is wrong."""
    try:
        fields = json.loads(line)
        return Thing(
            id=fields["id"],
            label=fields["label"],
            type=EntityType(fields["type"]),
            aliases=tuple(fields["aliases"].items()),
            members=tuple(Member(paper=paper, entity=entity) for paper, entity in fields["members"]),
            reasons=tuple(Reason(rule=a, left=b, right=c, score=d) for a, b, c, d in fields.get("reasons", ())),
            concept=fields.get("concept"),
            broader=tuple(fields.get("broader", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        what = f"no field {error}" if isinstance(error, KeyError) else str(error)
        raise LinkError(f"not a thing: {what}", where=where, to_do="write it with `kg link`") from error
