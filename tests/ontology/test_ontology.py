"""The ontology says of every class and property what it is, and agrees with the rules of the program."""

from __future__ import annotations

import json

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, URIRef
from rdflib.collection import Collection

from kg.domain import ClaimKind, EntityType, RelationType
from kg.graph import CLASS_NAMES, EDGE_RULES, PAPER_PREDICATES
from kg.identifiers import ONTOLOGY
from kg.rdf.quads import quads
from kg.rdf.terms import PREFIXES, TERM, expand
from kg.resources import ontology_file
from tests.rdf import corpus

AKG = rdflib.Namespace(ONTOLOGY)
KINDS = frozenset(EntityType)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    """kg.ttl."""
    return rdflib.Graph().parse(ontology_file("kg.ttl"), format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    """shapes.ttl."""
    return rdflib.Graph().parse(ontology_file("shapes.ttl"), format="turtle")


def _own(graph: rdflib.Graph) -> set[URIRef]:
    return {term for term in graph.subjects() if isinstance(term, URIRef) and term.startswith(ONTOLOGY)}


def _classes(graph: rdflib.Graph, node: rdflib.term.Node | None) -> frozenset[URIRef]:
    """The classes of a domain or range: one, or those of a union."""
    assert node is not None
    union = graph.value(node, OWL.unionOf)
    members = [node] if union is None else list(Collection(graph, union))
    return frozenset(member for member in members if isinstance(member, URIRef))


def _wanted(kinds: frozenset[EntityType]) -> frozenset[URIRef]:
    return frozenset({AKG.Thing} if kinds == KINDS else {AKG[CLASS_NAMES[kind]] for kind in kinds})


def test_every_term_is_described(ontology: rdflib.Graph) -> None:
    """Each of our terms has one English label, one definition, a kind, and says where it is defined."""
    for term in sorted(_own(ontology)):
        labels = list(ontology.objects(term, RDFS.label))
        definitions = list(ontology.objects(term, SKOS.definition))
        assert len(labels) == len(definitions) == 1, term
        assert isinstance(labels[0], rdflib.Literal) and labels[0].language == "en"
        assert str(definitions[0])[0].isupper() and str(definitions[0]).endswith((".", "…")), term
        assert list(ontology.objects(term, RDF.type)), term
        assert (term, RDFS.isDefinedBy, URIRef(ONTOLOGY.rstrip("#"))) in ontology


def test_it_has_a_version_and_a_licence(ontology: rdflib.Graph) -> None:
    """Who loads it knows which one it is and what may be done with it."""
    me = URIRef(ONTOLOGY.rstrip("#"))
    assert (me, RDF.type, OWL.Ontology) in ontology
    assert ontology.value(me, OWL.versionIRI)
    assert ontology.value(me, URIRef(expand("dcterms:license")))


@pytest.mark.parametrize("relation", list(RelationType))
def test_edges_agree_with_the_rules(ontology: rdflib.Graph, relation: RelationType) -> None:
    """Every relation has its property: domain, range, how it reads both ways, symmetry."""
    rule = EDGE_RULES[relation]
    term = AKG[rule.predicate]
    assert (term, RDF.type, OWL.ObjectProperty) in ontology
    assert _classes(ontology, ontology.value(term, RDFS.domain)) == _wanted(rule.heads)
    assert _classes(ontology, ontology.value(term, RDFS.range)) == _wanted(rule.tails)
    assert str(ontology.value(term, RDFS.label)) == rule.reads
    assert str(ontology.value(term, AKG.inverseLabel)) == rule.inverse_reads
    assert ((term, RDF.type, OWL.SymmetricProperty) in ontology) == rule.symmetric


@pytest.mark.parametrize("name", PAPER_PREDICATES)
def test_papers_edges_are_there(ontology: rdflib.Graph, name: str) -> None:
    """What a paper does leads from papers."""
    assert (AKG[name], RDFS.domain, AKG.Paper) in ontology


def test_classes_are_those_of_the_design(ontology: rdflib.Graph) -> None:
    """Every type and every kind of claim has its class; an architecture is a method; anchors are those of the field."""
    for name in CLASS_NAMES.values():
        assert (AKG[name], RDF.type, OWL.Class) in ontology
    for kind in ClaimKind:
        assert (AKG[kind.value.capitalize()], RDFS.subClassOf, AKG.Claim) in ontology
    assert (AKG.Architecture, RDFS.subClassOf, AKG.Method) in ontology
    assert (AKG.Thing, RDFS.subClassOf, SKOS.Concept) in ontology
    above = {str(parent) for parent in ontology.objects(None, RDFS.subClassOf)}
    for prefix in ("prov", "oa", "fabio", "schema", "mls", "skos"):
        assert any(parent.startswith(PREFIXES[prefix]) for parent in above), prefix


def test_every_term_of_the_data_is_declared(ontology: rdflib.Graph) -> None:
    """No quad uses a property or class that the ontology does not name."""
    used = {str(quad.predicate) for source in (corpus.graph(), corpus.hostile()) for quad in quads(source)}
    used |= {str(quad.object) for quad in quads(corpus.graph()) if str(quad.predicate) == TERM["rdf:type"]}
    declared = {f"<{term}>" for term in ontology.subjects(RDF.type)}
    builtin = {TERM[name] for name in ("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object")}
    assert used - declared - builtin == set()


def test_every_property_of_ours_is_written(ontology: rdflib.Graph) -> None:
    """No property is declared that no graph has."""
    used = {str(quad.predicate) for source in (corpus.graph(), corpus.hostile()) for quad in quads(source)}
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        own = {f"<{term}>" for term in ontology.subjects(RDF.type, kind) if str(term).startswith(ONTOLOGY)}
        assert own - used == set()


def test_shapes_cover_every_rule(shapes: rdflib.Graph) -> None:
    """Each relation has a shape that aims at its subjects, and one for its objects unless both must be of one kind."""
    subjects = set(shapes.objects(None, SH.targetSubjectsOf))
    objects = set(shapes.objects(None, SH.targetObjectsOf))
    for rule in EDGE_RULES.values():
        assert AKG[rule.predicate] in subjects
        assert rule.same_kind or AKG[rule.predicate] in objects


def test_shapes_use_declared_terms(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    """No shape is about a property or class that is not there, and every one has a name."""
    own = {term for triple in shapes for term in triple if isinstance(term, URIRef) and term.startswith(ONTOLOGY)}
    assert own - _own(ontology) == set()
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        assert isinstance(shape, URIRef)


def test_context_fits_the_ontology(ontology: rdflib.Graph) -> None:
    """Every term of ours in the context is declared, with the type that its range has; every prefix is ours."""
    context = json.loads(ontology_file("context.jsonld").read_text(encoding="utf-8"))["@context"]
    prefixes = {name: value for name, value in context.items() if isinstance(value, str) and "//" in value}
    assert prefixes == PREFIXES
    named = set()
    for term, means in context.items():
        if term in prefixes or (isinstance(means, str) and means.startswith("@")):
            continue
        iri = URIRef(expand(means if isinstance(means, str) else means["@id"]))
        named.add(iri)
        if not iri.startswith(ONTOLOGY):
            continue
        assert list(ontology.objects(iri, RDF.type)), term
        kind = None if isinstance(means, str) else means["@type"]
        if (iri, RDF.type, OWL.ObjectProperty) in ontology:
            assert kind == "@id", term
        elif ontology.value(iri, RDFS.range) in (XSD.integer, XSD.decimal, XSD.boolean):
            assert kind is not None and URIRef(expand(kind)) == ontology.value(iri, RDFS.range), term
    unused = {AKG.inverseLabel, AKG.Mention}
    assert _own(ontology) - named == unused
