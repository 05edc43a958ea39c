"""One thing, as N-Quads lines: its types, labels and place among concepts, and how its forms were made one."""

from __future__ import annotations

from collections.abc import Iterator

from kg.domain import EntityType, Thing
from kg.graph import CLASS_NAMES
from kg.identifiers import content_hash, slug
from kg.rdf.terms import IN_EVIDENCE, IN_FACTS, TERM, integer, iri, node, string

__all__ = ["CLASSES", "thing_lines"]

CLASSES = {
    kind: (CLASS_NAMES[kind], CLASS_NAMES[EntityType.METHOD]) if kind is EntityType.ARCH else (CLASS_NAMES[kind],)
    for kind in EntityType
}
"""The classes of each entity type, the narrowest first: an architecture is a method too."""


def thing_lines(thing: Thing, *, full: bool) -> Iterator[str]:
    """The thing by itself, without the facts about it."""
    me = node(thing.id)
    for kind in CLASSES[thing.type]:
        yield f"{me} {TERM['rdf:type']} {TERM['akg:' + kind]}{IN_FACTS}"
    for name, term in _labels(thing):
        yield f"{me} {TERM[name]} {term}{IN_FACTS}"
    if full:
        yield from _forms(thing, me)


def _labels(thing: Thing) -> Iterator[tuple[str, str]]:
    label = string(thing.label)
    yield "rdf:type", TERM["skos:Concept"]
    yield "skos:prefLabel", label
    for form in sorted({string(form) for form, _ in thing.aliases} - {label}):
        yield "skos:altLabel", form
    yield "akg:paperCount", integer(len(thing.papers))
    if thing.concept and (concept := iri(thing.concept)):
        yield "skos:exactMatch", concept
    for above in thing.broader:
        if above.startswith("thing/"):
            yield "skos:broader", node(above)
        elif term := iri(above):
            yield "skos:broadMatch", term


def _forms(thing: Thing, me: str) -> Iterator[str]:
    """How often each form was seen, for a thing of several papers, and why forms were made one thing."""
    for form, count in thing.aliases if len(thing.aliases) > 1 and len(thing.papers) > 1 else ():
        label = f"{me[:-1]}#form-{form if slug(form) == form else content_hash(form, digits=12)}>"
        link = "skosxl:prefLabel" if form == thing.label else "skosxl:altLabel"
        yield f"{me} {TERM[link]} {label}{IN_EVIDENCE}"
        yield f"{label} {TERM['rdf:type']} {TERM['skosxl:Label']}{IN_EVIDENCE}"
        yield f"{label} {TERM['skosxl:literalForm']} {string(form)}{IN_EVIDENCE}"
        yield f"{label} {TERM['akg:mentionCount']} {integer(count)}{IN_EVIDENCE}"
    for reason in thing.reasons:
        words = string(f"{reason.rule}: {reason.left} = {reason.right} ({reason.score:.4g})")
        yield f"{me} {TERM['akg:mergeReason']} {words}{IN_EVIDENCE}"
