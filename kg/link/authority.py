"""What is known beforehand: SKOS schemes of concepts with labels, abbreviations, types and broader concepts.

In: our own scheme (`ontology/concepts.ttl`) and any SKOS file of the user's, in any RDF format that pyoxigraph reads.
Out: an `Authority` that finds the concept of a key. Labels are folded and cut to their skeleton like names are. A label
that abbreviates another label of its concept is kept apart: what it stands for is also for the papers to say
(`kg.link.abbreviation`). Our scheme's types are read from `rdf:type akg:…`; a concept without one fits any type.

    skos:prefLabel skos:altLabel skos:hiddenLabel    labels; English before untagged before others
    skos:broader, skos:narrower                      the hierarchy, within all the files together
    skos:definition, akg:higherIsBetter              kept for those who ask

Where two files have one label, the file named first has it; within a file it then belongs to neither.
What it cannot do: OWL hierarchies, SKOS-XL labels, mapping relations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.domain import EntityType
from kg.errors import LinkError, Where
from kg.identifiers import ONTOLOGY, content_hash, slug
from kg.link.normalise import fold, initials_match, is_short, squash
from kg.link.propose import skeleton
from kg.link.tally import Kind, kind_of
from kg.resources import ontology_file

if TYPE_CHECKING:
    from pyoxigraph import Literal

__all__ = ["NO_AUTHORITY", "Authority", "Concept", "default_authority", "load_authority", "read_concepts"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TYPES = {
    ONTOLOGY + "Architecture": EntityType.ARCH,
    ONTOLOGY + "Method": EntityType.METHOD,
    ONTOLOGY + "Dataset": EntityType.DATASET,
    ONTOLOGY + "Task": EntityType.TASK,
    ONTOLOGY + "Metric": EntityType.METRIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept of a scheme. `broader` are IRIs, sorted; `higher_is_better` is known for metrics alone."""

    iri: str
    label: str
    type: EntityType | None = None
    others: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str | None = None
    higher_is_better: bool | None = None

    @property
    def kind(self) -> Kind | None:
        """The kind of its type; None fits all."""
        return kind_of(self.type) if self.type else None

    @property
    def shorts(self) -> tuple[str, ...]:
        """Labels that abbreviate another of its labels."""
        labels = (self.label, *self.others)
        return tuple(o for o in self.others if is_short(o) and any(initials_match(o, long) for long in labels))


@dataclass(frozen=True, slots=True)
class Authority:
    """Concepts, and the ways to find them. `slugs` are the ids that the concepts' things get, by IRI."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    _labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _shorts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _taken: frozenset[str] = frozenset()

    @classmethod
    def of(cls, schemes: Iterable[Iterable[Concept]]) -> Authority:
        """The authority of several schemes, the most trusted first."""
        concepts: dict[str, Concept] = {}
        labels: dict[str, list[list[str]]] = {}
        shorts: dict[str, list[list[str]]] = {}
        for number, scheme in enumerate(schemes):
            for concept in sorted(scheme, key=lambda c: c.iri):
                if concept.iri in concepts:
                    continue
                concepts[concept.iri] = concept
                short = set(concept.shorts)
                for label in (concept.label, *concept.others):
                    index = shorts if label in short else labels
                    levels = index.setdefault(_entry(fold(label)), [])
                    while len(levels) <= number:
                        levels.append([])
                    if concept.iri not in levels[number]:
                        levels[number].append(concept.iri)
        slugs = _slugs(concepts)
        return cls(
            concepts=concepts,
            slugs=slugs,
            _taken=frozenset(slugs.values()),
            _labels=_first_found(labels, concepts),
            _shorts=_first_found(shorts, concepts),
        )

    def __bool__(self) -> bool:
        return bool(self.concepts)

    def find(self, key: str, kind: Kind | None = None) -> Concept | None:
        """The one concept that a key is a label of; with a kind, the one of that kind. None where two have it."""
        return self.find_entry(_entry(key), kind)

    def find_entry(self, text: str, kind: Kind | None = None) -> Concept | None:
        """The same by the text of the key's own block (`kg.link.propose`)."""
        return self._one(self._labels.get(text, ()), kind)

    def find_short(self, key: str, kind: Kind | None = None) -> Concept | None:
        """The one concept that a key abbreviates; None where two have the abbreviation."""
        return self._one(self._shorts.get(_entry(key), ()), kind)

    def labelled(self, text: str) -> tuple[str, ...]:
        """IRIs of all concepts with a label whose own block has this text."""
        return self._labels.get(text, ())

    def has_short(self, key: str) -> bool:
        """Whether a key abbreviates any concept."""
        return _entry(key) in self._shorts

    def short_places(self, iris: Iterable[str]) -> set[str]:
        """The blocks of all abbreviations of these concepts."""
        return {_entry(fold(short)) for iri in iris for short in self.concepts[iri].shorts}

    @property
    def fingerprint(self) -> str:
        """A hash of all that it says."""
        return content_hash(*(repr(self.concepts[iri]) for iri in sorted(self.concepts)), digits=32)

    def kinds(self, key: str) -> frozenset[Kind]:
        """The kinds of all concepts that have a key as label or abbreviation."""
        entry = _entry(key)
        iris = (*self._labels.get(entry, ()), *self._shorts.get(entry, ()))
        return frozenset(kind for iri in iris if (kind := self.concepts[iri].kind) is not None) if iris else _NO_KINDS

    def above(self, iri: str) -> Iterator[tuple[str, int]]:
        """Every concept above one, with the number of steps, nearest first, each once; cycles end."""
        seen, level, steps = {iri}, [iri], 0
        while level:
            steps += 1
            level = sorted({up for at in level for up in self.broader(at)} - seen)
            seen.update(level)
            yield from ((up, steps) for up in level)

    def broader(self, iri: str) -> tuple[str, ...]:
        """The concepts right above one, by IRI, sorted."""
        concept = self.concepts.get(iri)
        return concept.broader if concept else ()

    def has_slug(self, name: str) -> bool:
        """Whether a concept's thing has that id."""
        return name in self._taken

    def _one(self, iris: tuple[str, ...], kind: Kind | None) -> Concept | None:
        if not iris:
            return None
        fitting = [self.concepts[iri] for iri in iris if kind is None or self.concepts[iri].kind in (kind, None)]
        return fitting[0] if len(fitting) == 1 else None


_NO_KINDS: frozenset[Kind] = frozenset()

NO_AUTHORITY = Authority()
"""Knows nothing."""


@lru_cache(maxsize=1 << 16)
def _entry(key: str) -> str:
    return squash(" ".join(skeleton(key)))


def _first_found(index: dict[str, list[list[str]]], concepts: dict[str, Concept]) -> dict[str, tuple[str, ...]]:
    """By entry the concepts of the first scheme that has it, kind by kind."""
    found: dict[str, tuple[str, ...]] = {}
    for entry, levels in index.items():
        kinds: set[Kind | None] = set()
        kept: list[str] = []
        for level in levels:
            new = [iri for iri in level if concepts[iri].kind not in kinds]
            kept.extend(new)
            kinds.update(concepts[iri].kind for iri in new)
        found[entry] = tuple(sorted(kept))
    return found


def _slugs(concepts: dict[str, Concept]) -> dict[str, str]:
    """An id for each concept: its label's slug, and where two concepts share it, with the type and then the IRI."""
    plain = {iri: slug(concept.label) for iri, concept in concepts.items()}
    shared = {name for name, count in Counter(plain.values()).items() if count > 1}
    typed = {
        iri: slug(f"{concepts[iri].label} ({(concepts[iri].type or 'concept').lower()})") if name in shared else name
        for iri, name in plain.items()
    }
    twice = {name for name, count in Counter(typed.values()).items() if count > 1}
    return {iri: slug(f"{name} {iri}") if name in twice else name for iri, name in typed.items()}


def read_concepts(path: str | Path) -> tuple[Concept, ...]:
    """The concepts of a SKOS file, sorted by IRI. Raises LinkError if it cannot be read or has none."""
    import pyoxigraph as ox

    file = Path(path)
    rdf_format = ox.RdfFormat.from_extension(file.suffix.lstrip(".")) or ox.RdfFormat.TURTLE
    types: dict[str, set[EntityType]] = {}
    labels: dict[str, dict[str, set[Literal]]] = {}
    broader: dict[str, set[str]] = {}
    notes: dict[str, dict[str, str]] = {}
    concepts: set[str] = set()
    try:
        for quad in ox.parse(path=str(file), format=rdf_format):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
            name = predicate.removeprefix(_SKOS)
            if isinstance(value, ox.Literal):
                if name in ("prefLabel", "altLabel", "hiddenLabel"):
                    labels.setdefault(subject, {}).setdefault(name, set()).add(value)
                elif name == "definition" or predicate == ONTOLOGY + "higherIsBetter":
                    notes.setdefault(subject, {})[name] = value.value
            elif isinstance(value, ox.NamedNode):
                if predicate == _RDF_TYPE and value.value == _SKOS + "Concept":
                    concepts.add(subject)
                elif predicate == _RDF_TYPE and value.value in _TYPES:
                    types.setdefault(subject, set()).add(_TYPES[value.value])
                elif name == "broader":
                    broader.setdefault(subject, set()).add(value.value)
                elif name == "narrower":
                    broader.setdefault(value.value, set()).add(subject)
    except (SyntaxError, ValueError, OSError) as error:
        line = getattr(error, "lineno", None)
        raise LinkError(
            f"not a readable SKOS file: {getattr(error, 'msg', None) or error}",
            where=Where(file=str(path), line=line),
            to_do="give Turtle, N-Triples, RDF/XML or JSON-LD, with the right file ending",
        ) from error
    found = [
        _concept(iri, labels[iri], types.get(iri, set()), broader.get(iri, set()), notes.get(iri, {}))
        for iri in sorted(concepts & labels.keys())
    ]
    if not found:
        raise LinkError("no skos:Concept with a label", where=Where(file=str(path)), to_do="give a SKOS scheme")
    return tuple(found)


def _concept(
    iri: str, labels: Mapping[str, set[Literal]], types: set[EntityType], broader: set[str], notes: Mapping[str, str]
) -> Concept:
    def rank(label: Literal) -> tuple[bool, bool, str, str]:
        language = label.language or ""
        return not language.startswith("en"), bool(language), language, label.value

    ordered = [
        label.value.strip()
        for name in ("prefLabel", "altLabel", "hiddenLabel")
        for label in sorted(labels.get(name, ()), key=rank)
        if label.value.strip()
    ]
    first = ordered[0] if ordered else iri
    better = notes.get(ONTOLOGY + "higherIsBetter")
    return Concept(
        iri=iri,
        label=first,
        type=min(types) if types else None,
        others=tuple(dict.fromkeys(label for label in ordered[1:] if label != first)),
        broader=tuple(sorted(broader - {iri})),
        definition=notes.get("definition"),
        higher_is_better=None if better is None else better in ("true", "1"),
    )


def load_authority(paths: Iterable[str | Path] = (), *, own: bool = True) -> Authority:
    """The user's SKOS files, the first the most trusted, and ours after them unless `own` is False."""
    schemes = [read_concepts(path) for path in paths]
    return Authority.of([*schemes, read_concepts(ontology_file("concepts.ttl"))] if own else schemes)


@lru_cache(maxsize=1)
def default_authority() -> Authority:
    """Our own scheme."""
    return load_authority()
