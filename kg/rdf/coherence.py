"""Rules that need the whole graph: what SHACL's look at one node cannot see.

In: anything that can be asked. Out: what breaks a rule. Each rule is a SPARQL query that finds its breaches, run by the
engine over all triples, so that a stored graph of any size is checked without being read into memory.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph import THING_PREDICATES
from kg.rdf.engine import Limits
from kg.rdf.query import Target, query
from kg.rdf.results import Table
from kg.rdf.terms import shorten

__all__ = ["RULES", "Breach", "Rule", "breaches"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Breach:
    """One thing that is wrong. node: its IRI, shortened; rule: the shape or rule that it breaks."""

    node: str
    rule: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, and the query that gives ?node and ?value of what breaks it."""

    name: str
    message: str
    text: str


_EDGES = " ".join(f"akg:{name}" for name in ("introduces", *THING_PREDICATES))

_POINTERS = {
    "skos:Concept": f"{_EDGES} akg:mentions akg:names akg:subject akg:object akg:metric akg:dataset skos:broader",
    "akg:Claim": "akg:claims",
    "akg:Paper": "oa:hasSource",
    "akg:Passage": "akg:statedIn oa:hasTarget",
    "akg:Fact": "oa:hasBody",
    "skosxl:Label": "skosxl:prefLabel skosxl:altLabel",
}
"""The class of what each property points at."""

_DANGLING = tuple(
    Rule(
        name=f"nothing-dangles-{kind.partition(':')[2].lower()}",
        message=f"a node that is pointed at, and that is no {kind}",
        text=f"""SELECT (?o AS ?node) (?s AS ?value) WHERE {{
          VALUES ?p {{ {properties} }} ?s ?p ?o .
          MINUS {{ ?o a {kind} }} }}""",
    )
    for kind, properties in _POINTERS.items()
)

RULES = (
    Rule(
        name="edge-has-fact",
        message="an edge that no fact tells of",
        text=f"""SELECT (?s AS ?node) (?o AS ?value) WHERE {{
          VALUES ?p {{ {_EDGES} }} ?s ?p ?o .
          MINUS {{ ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }}""",
    ),
    Rule(
        name="fact-has-edge",
        message="a fact whose edge is not there",
        text=f"""SELECT (?fact AS ?node) (?o AS ?value) WHERE {{
          ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
          MINUS {{ VALUES ?p {{ {_EDGES} }} ?s ?p ?o }} }}""",
    ),
    Rule(
        name="one-fact-an-edge",
        message="two facts tell of one edge",
        text="""SELECT ?node (?other AS ?value) WHERE {
          ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
          ?other rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
          FILTER(STR(?node) < STR(?other)) }""",
    ),
    Rule(
        name="symmetric-once",
        message="a symmetric edge is written from the smaller id to the greater",
        text="SELECT ?node ?value WHERE { ?node akg:comparedWith ?value FILTER(STR(?node) > STR(?value)) }",
    ),
    Rule(
        name="quote-is-in-text",
        message="the quoted text does not stand at its offsets",
        text="""SELECT ?node (?exact AS ?value) WHERE {
          ?node oa:exact ?exact ; oa:start ?start ; oa:end ?end ; oa:hasSource ?paper .
          ?paper dcterms:abstract ?abstract ; dcterms:title ?title .
          BIND(IF(CONTAINS(STR(?node), "#title."), ?title, ?abstract) AS ?text)
          FILTER(SUBSTR(?text, ?start + 1, ?end - ?start) != ?exact) }""",
    ),
    Rule(
        name="place-is-its-name",
        message="the offsets are not those of the node's name",
        text="""SELECT ?node (?start AS ?value) WHERE {
          ?node oa:start ?start ; oa:end ?end ; oa:hasSource ?paper .
          BIND(CONCAT(STR(?paper), "#char=", STR(?start), ",", STR(?end)) AS ?name)
          BIND(CONCAT(STR(?paper), "#title.char=", STR(?start), ",", STR(?end)) AS ?inTitle)
          FILTER(STR(?node) != ?name && STR(?node) != ?inTitle) }""",
    ),
    Rule(
        name="sentence-is-quoted",
        message="a claim's sentence is not the text of its passage",
        text="""SELECT ?node (?sentence AS ?value) WHERE {
          ?node akg:sentence ?sentence ; akg:statedIn ?passage .
          ?passage oa:exact ?exact . FILTER(?exact != ?sentence) }""",
    ),
    Rule(
        name="papers-are-counted",
        message="a fact's number of papers is not that of its passages",
        text="""SELECT ?node (?n AS ?value) WHERE {
          { SELECT ?node (COUNT(DISTINCT ?paper) AS ?counted) WHERE {
              ?node rdf:predicate ?p . OPTIONAL { ?node akg:statedIn/oa:hasSource ?paper } } GROUP BY ?node }
          ?node akg:paperCount ?n . FILTER(?n != ?counted) }""",
    ),
    *_DANGLING,
    Rule(
        name="no-blank-nodes",
        message="a node without a name",
        text="""SELECT (?p AS ?node) (STR(?p) AS ?value) WHERE {
          GRAPH ?g { ?s ?p ?o } FILTER(ISBLANK(?s) || ISBLANK(?o)) }""",
    ),
)
"""Every rule of the whole graph."""


def breaches(target: Target, *, most: int = 100, limits: Limits | None = None) -> tuple[Breach, ...]:
    """What breaks a rule of the whole graph, sorted; `most` of each rule at most."""
    found: set[Breach] = set()
    for rule in RULES:
        table = query(target, f"{rule.text} LIMIT {most}", limits=limits or Limits(seconds=None))
        assert isinstance(table, Table)
        for node, value in table.values():
            found.add(Breach(node=shorten(str(node)), rule=rule.name, message=rule.message, value=str(value)))
    return tuple(sorted(found))
