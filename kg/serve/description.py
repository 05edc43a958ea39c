"""What the service says of itself: the SPARQL 1.1 Service Description, and VoID of what it serves."""

from __future__ import annotations

from kg.graph import CLASS_NAMES, Counts
from kg.identifiers import ONTOLOGY, RESOURCE
from kg.rdf.terms import EVIDENCE_GRAPH, FACTS_GRAPH

__all__ = ["service_description", "void"]

_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "RDF_XML", "JSON-LD")  # fmt: skip
_SD = "http://www.w3.org/ns/sparql-service-description#"


def service_description(base: str, format: str, *, writable: bool) -> bytes:
    """The description of the endpoint at {base}/sparql, in a format of `kg.rdf.formats`."""
    languages = "sd:SPARQL11Query" + (", sd:SPARQL11Update" if writable else "")
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    text = f"""
    @prefix sd: <{_SD}> .
    @prefix void: <http://rdfs.org/ns/void#> .
    <{base}/sparql> a sd:Service ;
      sd:endpoint <{base}/sparql> ;
      sd:supportedLanguage {languages} ;
      sd:feature sd:UnionDefaultGraph ;
      sd:resultFormat {formats} ;
      sd:defaultDataset <{base}/sparql#dataset> .
    <{base}/sparql#dataset> a sd:Dataset, void:Dataset ;
      sd:defaultGraph <{base}/sparql#default> ;
      sd:namedGraph <{base}/sparql#facts>, <{base}/sparql#evidence> ;
      void:sparqlEndpoint <{base}/sparql> .
    <{base}/sparql#default> a sd:Graph .
    <{base}/sparql#facts> a sd:NamedGraph ; sd:name <{FACTS_GRAPH}> ; sd:graph <{base}/sparql#facts-graph> .
    <{base}/sparql#evidence> a sd:NamedGraph ; sd:name <{EVIDENCE_GRAPH}> ; sd:graph <{base}/sparql#evidence-graph> .
    <{base}/sparql#facts-graph> a sd:Graph .
    <{base}/sparql#evidence-graph> a sd:Graph .
    """
    return _written(text, format)


def void(base: str, title: str, counts: Counts, format: str) -> bytes:
    """VoID: how much of what, where it is asked and where it is downloaded."""
    partitions = [
        f"[ void:class akg:{CLASS_NAMES[kind]} ; void:entities {counts.entities.get(kind.value, 0)} ]"
        for kind in CLASS_NAMES
    ]
    partitions += [f"[ void:class akg:Paper ; void:entities {counts.papers} ]"]
    partitions += [f"[ void:class akg:{kind.capitalize()} ; void:entities {k} ]" for kind, k in counts.claims.items()]
    quoted = title.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    text = f"""
    @prefix void: <http://rdfs.org/ns/void#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix akg: <{ONTOLOGY}> .
    <{base}/.well-known/void#dataset> a void:Dataset ;
      dcterms:title "{quoted}" ;
      void:sparqlEndpoint <{base}/sparql> ;
      void:uriSpace "{RESOURCE}" ;
      void:vocabulary <{ONTOLOGY}>, <http://www.w3.org/2004/02/skos/core#>, <http://www.w3.org/ns/oa#> ;
      void:entities {counts.nodes} ;
      void:dataDump <{base}/data?graph={FACTS_GRAPH}>, <{base}/data?graph={EVIDENCE_GRAPH}> ;
      void:classPartition {", ".join(partitions)} .
    """
    return _written(text, format)


def _written(turtle: str, format: str) -> bytes:
    import pyoxigraph as ox

    from kg.rdf.serialise import serialise

    triples = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return serialise((ox.Quad(t.subject, t.predicate, t.object) for t in triples), format)
