"""The SPARQL behind each view: what a reader can run, change and keep.

Ids come from the graph, never from text; they are written as prefixed names, or as whole IRIs where a prefixed name
cannot hold them. MINUS is used where NOT EXISTS would do: on the engine that answers it is 165 times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.identifiers import ONTOLOGY, RESOURCE

__all__ = [
    "claim",
    "common",
    "fact",
    "family",
    "gaps",
    "growth",
    "leaderboard",
    "leaderboards",
    "neighbours",
    "overview",
    "paper",
    "paths",
    "rivals",
    "search",
    "term",
    "thing",
]

_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9.\-]*[a-z0-9\-])?")
_PREFIXES = {
    "akg": ONTOLOGY,
    "thing": f"{RESOURCE}thing/",
    "paper": f"{RESOURCE}paper/",
    "claim": f"{RESOURCE}claim/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_CLASSES = {
    "METHOD": "akg:Method",
    "ARCH": "akg:Architecture",
    "DATASET": "akg:Dataset",
    "TASK": "akg:Task",
    "METRIC": "akg:Metric",
}


def term(node: str) -> str:
    """A node id as a term of a query; a mark like "$a", to be filled in later, stays as it is.

    >>> term("thing/cifar-10"), term("thing/a b")
    ('thing:cifar-10', '<https://w3id.org/abstract-kg/resource/thing/a%20b>')
    """
    if node.startswith("$"):
        return node
    kind, _, name = node.partition("/")
    if kind in _PREFIXES and _LOCAL.fullmatch(name):
        return f"{kind}:{name}"
    safe = re.sub(r"[\x00-\x20<>\"{}|^`\\]", lambda m: f"%{ord(m.group()):02X}", node)
    return f"<{RESOURCE}{safe}>"


def _query(*lines: str) -> str:
    body = "\n".join(lines)
    used = [f"PREFIX {name}: <{iri}>" for name, iri in _PREFIXES.items() if re.search(rf"(?<![\w/]){name}:", body)]
    return "\n".join((*used, "", body)) + "\n"


def thing(node: str) -> str:
    """All edges of a thing, with how many papers say so and how sure that is."""
    me = term(node)
    # Twice in full: joined after the UNION, the engine would go through all facts of the graph.
    fact = (
        "?fact rdf:subject ?s ; rdf:predicate ?relation ; rdf:object ?o ; akg:paperCount ?papers ; "
        "akg:confidence ?confidence . ?s skos:prefLabel ?subject . ?o skos:prefLabel ?object"
    )
    return _query(
        "SELECT ?subject ?relation ?object ?papers ?confidence WHERE {",
        f"  {{ ?fact rdf:subject {me} . {fact} }}",
        f"  UNION {{ ?fact rdf:object {me} . {fact} }}",
        "}",
        "ORDER BY ?relation DESC(?papers) ?subject ?object",
    )


def paper(node: str) -> str:
    """What a paper names, introduces and claims."""
    return _query(
        "SELECT ?does ?what ?type WHERE {",
        f'  {{ {term(node)} akg:introduces ?thing BIND("introduces" AS ?does) }}',
        f'  UNION {{ {term(node)} akg:mentions ?thing BIND("mentions" AS ?does) }}',
        f'  UNION {{ {term(node)} akg:claims ?thing BIND("claims" AS ?does) }}',
        "  { ?thing skos:prefLabel ?what } UNION { ?thing akg:sentence ?what }",
        "  ?thing a ?type .",
        "}",
        "ORDER BY ?does ?what",
    )


def claim(node: str) -> str:
    """All that is known of one claim."""
    return _query(
        "SELECT ?property ?value WHERE {", f"  {term(node)} ?property ?value .", "}", "ORDER BY ?property ?value"
    )


def fact(subject: str, predicate: str, target: str) -> str:
    """The passages that state a fact, and their papers."""
    return _query(
        "SELECT ?title ?sentence WHERE {",
        f"  ?fact rdf:subject {term(subject)} ; rdf:predicate akg:{predicate} ; rdf:object {term(target)} ;",
        "        akg:statedIn ?passage .",
        "  ?passage oa:exact ?sentence ; oa:hasSource ?paper .",
        "  ?paper dcterms:title ?title .",
        "}",
    )


def search(words: str) -> str:
    """Things by a part of any of their names."""
    quoted = words.lower().replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return _query(
        "SELECT DISTINCT ?thing ?label ?type WHERE {",
        "  ?thing skos:prefLabel|skos:altLabel ?form ; skos:prefLabel ?label ; a ?type .",
        f'  FILTER(CONTAINS(LCASE(STR(?form)), "{quoted}"))',
        "}",
        "LIMIT 100",
    )


def neighbours(node: str) -> str:
    """The neighbourhood of a thing."""
    me = term(node)
    return _query(
        "SELECT ?other ?label ?type ?relation ?leads WHERE {",
        f'  {{ {me} ?relation ?other BIND("there" AS ?leads) }} UNION {{ ?other ?relation {me} BIND("here" AS ?leads) }}',
        "  ?other skos:prefLabel ?label ; a ?type .",
        "}",
        "ORDER BY ?relation ?label",
    )


def leaderboards() -> str:
    """Datasets with results that have a value."""
    return _query(
        "SELECT ?dataset ?label (COUNT(?claim) AS ?results) WHERE {",
        "  ?claim a akg:Result ; akg:dataset ?dataset ; akg:value ?value .",
        "  ?dataset skos:prefLabel ?label .",
        "}",
        "GROUP BY ?dataset ?label ORDER BY DESC(?results) ?label",
    )


def leaderboard(dataset: str) -> str:
    """Results on a dataset."""
    return _query(
        "SELECT ?method ?metric ?value ?number ?title ?sentence WHERE {",
        f"  ?claim a akg:Result ; akg:dataset {term(dataset)} ; akg:value ?value ; akg:sentence ?sentence .",
        "  ?paper akg:claims ?claim ; dcterms:title ?title .",
        "  OPTIONAL { ?claim akg:subject/skos:prefLabel ?thing } OPTIONAL { ?claim akg:subjectText ?words }",
        "  OPTIONAL { ?claim akg:metric/skos:prefLabel ?measure } OPTIONAL { ?claim akg:metricText ?measured }",
        "  OPTIONAL { ?claim akg:number ?number }",
        "  BIND(COALESCE(?thing, ?words) AS ?method) BIND(COALESCE(?measure, ?measured) AS ?metric)",
        "}",
        "ORDER BY ?metric DESC(?number) ?method",
    )


def rivals(node: str | None) -> str:
    """Who beats whom, everywhere or around one thing; `opposed` tells a contradiction."""
    around = [f"  FILTER(?winner = {term(node)} || ?loser = {term(node)})"] if node else []
    return _query(
        "SELECT ?winner ?loser ?papers ?confidence (BOUND(?back) AS ?opposed) WHERE {",
        "  ?fact rdf:subject ?winner ; rdf:predicate akg:outperforms ; rdf:object ?loser ;",
        "        akg:paperCount ?papers ; akg:confidence ?confidence .",
        "  OPTIONAL { ?back rdf:subject ?loser ; rdf:predicate akg:outperforms ; rdf:object ?winner }",
        *around,
        "}",
        "ORDER BY DESC(?papers) ?winner ?loser",
    )


def growth(nodes: Iterable[str]) -> str:
    """Papers a year that name each thing."""
    return _query(
        "SELECT ?thing ?year (COUNT(DISTINCT ?paper) AS ?papers) WHERE {",
        f"  VALUES ?thing {{ {' '.join(term(node) for node in nodes)} }}",
        "  ?paper akg:mentions ?thing ; akg:year ?year .",
        "}",
        "GROUP BY ?thing ?year ORDER BY ?thing ?year",
    )


def family(node: str) -> str:
    """What a thing descends from and what descends from it."""
    me = term(node)
    return _query(
        "SELECT DISTINCT ?child ?relation ?parent WHERE {",
        f"  {{ {me} (akg:isA|akg:basedOn)* ?child }} UNION {{ ?child (akg:isA|akg:basedOn)* {me} }}",
        "  VALUES ?relation { akg:isA akg:basedOn }",
        "  ?child ?relation ?parent .",
        f"  {{ {me} (akg:isA|akg:basedOn)+ ?parent }} UNION {{ ?parent (akg:isA|akg:basedOn)* {me} }}",
        "}",
        "ORDER BY ?child ?relation ?parent",
    )


def paths(start: str, end: str) -> str:
    """Two things and what stands between them, in one or two steps."""
    a, b = term(start), term(end)
    return _query(
        "SELECT ?first ?between ?second WHERE {",
        f"  {{ {a} ?first {b} }} UNION {{ {b} ?first {a} }}",
        f"  UNION {{ {{ {a} ?first ?middle }} UNION {{ ?middle ?first {a} }}",
        f"          {{ {b} ?second ?middle }} UNION {{ ?middle ?second {b} }}",
        "          ?middle skos:prefLabel ?between }",
        "}",
        "ORDER BY ?between ?first ?second",
    )


def common(nodes: Iterable[str]) -> str:
    """What several papers name together."""
    return _query(
        "SELECT ?thing ?label (COUNT(DISTINCT ?paper) AS ?papers) WHERE {",
        f"  VALUES ?paper {{ {' '.join(term(node) for node in nodes)} }}",
        "  ?paper akg:mentions ?thing . ?thing skos:prefLabel ?label .",
        "}",
        "GROUP BY ?thing ?label HAVING(COUNT(DISTINCT ?paper) > 1) ORDER BY DESC(?papers) ?label",
    )


def gaps(rows: str, columns: str) -> str:
    """Well-known things of two types that no paper names together."""
    return _query(
        "SELECT ?row ?column ?rowPapers ?columnPapers WHERE {",
        f"  {{ SELECT ?r ?rowPapers WHERE {{ ?r a {_CLASSES[rows]} ; akg:paperCount ?rowPapers }} ORDER BY DESC(?rowPapers) LIMIT 24 }}",
        f"  {{ SELECT ?c ?columnPapers WHERE {{ ?c a {_CLASSES[columns]} ; akg:paperCount ?columnPapers }} ORDER BY DESC(?columnPapers) LIMIT 18 }}",
        "  MINUS { ?paper akg:mentions ?r, ?c }",
        "  ?r skos:prefLabel ?row . ?c skos:prefLabel ?column .",
        "}",
        "ORDER BY DESC(?rowPapers * ?columnPapers) ?row ?column",
    )


def overview() -> str:
    """The things that most papers name."""
    return _query(
        "SELECT ?thing ?label ?papers WHERE {",
        "  ?thing skos:prefLabel ?label ; akg:paperCount ?papers .",
        "}",
        "ORDER BY DESC(?papers) ?label LIMIT 100",
    )
