"""Our own scheme: typed, in one scheme, without cycles and without clashes."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from kg.domain import EntityType
from kg.identifiers import ONTOLOGY, RESOURCE, slug
from kg.link.authority import Authority, Concept, read_concepts
from kg.link.normalise import fold, squash
from kg.link.propose import skeleton
from kg.resources import ontology_file

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_FAMILY = {EntityType.ARCH: "making", EntityType.METHOD: "making"}


@pytest.fixture(scope="module")
def concepts() -> tuple[Concept, ...]:
    """All of them."""
    return read_concepts(ontology_file("concepts.ttl"))


def test_there_are_many_of_every_type(concepts: tuple[Concept, ...]) -> None:
    """At least 600, and of no type only a few."""
    counts = Counter(concept.type for concept in concepts)
    assert len(concepts) >= 600
    assert all(counts[kind] >= 100 for kind in EntityType)


def test_every_concept_has_one_type_and_stands_in_the_scheme() -> None:
    """Read as plain triples."""
    store = ox.Store()
    store.bulk_load(path=str(ontology_file("concepts.ttl")), format=ox.RdfFormat.TURTLE)
    in_scheme = store.query(
        f"""SELECT ?c (COUNT(DISTINCT ?type) AS ?types) (COUNT(DISTINCT ?scheme) AS ?schemes)
                   (COUNT(DISTINCT ?label) AS ?labels) {{
            ?c a <{_SKOS}Concept> ; a ?type ; <{_SKOS}inScheme> ?scheme ; <{_SKOS}prefLabel> ?label .
            FILTER(STRSTARTS(STR(?type), "{ONTOLOGY}")) FILTER(LANG(?label) = "en")
        }} GROUP BY ?c"""
    )
    assert isinstance(in_scheme, ox.QuerySolutions)
    counted = [(row["types"], row["schemes"], row["labels"]) for row in in_scheme]
    assert len(counted) == len(read_concepts(ontology_file("concepts.ttl")))
    assert {tuple(str(value) for value in row) for row in counted} == {tuple([str(ox.Literal(1))] * 3)}


def test_iris_are_the_slugs_of_labels(concepts: tuple[Concept, ...]) -> None:
    """With the type behind where two types share a label."""
    for concept in concepts:
        name = concept.iri.removeprefix(RESOURCE + "concept/")
        assert name.startswith(slug(concept.label))


def test_no_name_is_shared_inside_a_type(concepts: tuple[Concept, ...]) -> None:
    """Neither as written nor as names are compared; labels of concepts are not other names of others of their kind."""
    entries: dict[tuple[EntityType | None, str], set[str]] = {}
    for concept in concepts:
        for label in (concept.label, *concept.others):
            entries.setdefault((concept.type, squash(" ".join(skeleton(fold(label))))), set()).add(concept.iri)
    assert {entry: iris for entry, iris in entries.items() if len(iris) > 1} == {}


def test_every_label_finds_its_concept(concepts: tuple[Concept, ...]) -> None:
    """By the kind of its type."""
    known = Authority.of([concepts])
    for concept in concepts:
        found = known.find(fold(concept.label), concept.kind)
        assert found is not None
        assert found.iri == concept.iri


def test_broader_is_there_of_a_fitting_type_and_without_cycles(concepts: tuple[Concept, ...]) -> None:
    """Architectures may stand below methods and the other way round; nothing else crosses types."""
    by_iri = {concept.iri: concept for concept in concepts}
    known = Authority.of([concepts])
    for concept in concepts:
        assert concept.type is not None
        for iri in concept.broader:
            above = by_iri[iri].type
            assert above is not None
            assert _FAMILY.get(above, above) == _FAMILY.get(concept.type, concept.type), (concept.label, iri)
        assert concept.iri not in {iri for up in concept.broader for iri, _ in known.above(up)}


def test_metrics_alone_say_whether_higher_is_better(concepts: tuple[Concept, ...]) -> None:
    """And nearly all of them do."""
    metrics = [concept for concept in concepts if concept.type == EntityType.METRIC]
    assert all(concept.higher_is_better is None for concept in concepts if concept.type != EntityType.METRIC)
    assert sum(concept.higher_is_better is not None for concept in metrics) > 0.8 * len(metrics)


@pytest.mark.parametrize(
    ("label", "better"), [("accuracy", True), ("perplexity", False), ("word error rate", False), ("BLEU", True)]
)
def test_the_direction_of_well_known_metrics(concepts: tuple[Concept, ...], label: str, better: bool) -> None:
    """Spot checks."""
    assert next(c for c in concepts if c.label == label).higher_is_better is better
