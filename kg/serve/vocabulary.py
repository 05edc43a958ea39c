"""What the query editor completes: prefixes, the names of our ontology, the best known things, and questions to start from.

The named questions come with their parameters filled in: a thing of the right type that many papers name, so that each
can be run as it stands. What it cannot do: tell which property fits where; the list is one for all places.
"""

from __future__ import annotations

import re
from typing import Any

from kg.identifiers import ONTOLOGY, RESOURCE
from kg.rdf.questions import NamedQuestion, questions
from kg.rdf.sparql import substitute
from kg.rdf.terms import PREFIXES, shorten, string
from kg.resources import ontology_file
from kg.serve.index import Index

__all__ = ["vocabulary"]

_THINGS = 1500
_STANDARD = (
    "rdf:type",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "rdfs:label",
    "rdfs:comment",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:broader",
    "skos:exactMatch",
    "dcterms:title",
    "dcterms:abstract",
    "dcterms:identifier",
    "dcterms:issued",
    "dc:creator",
    "oa:exact",
    "oa:hasSource",
    "oa:start",
    "oa:end",
)
_KINDS = {
    "Task": ("TASK",),
    "Method": ("METHOD", "ARCH"),
    "Architecture": ("ARCH",),
    "Dataset": ("DATASET",),
    "Metric": ("METRIC",),
}


def vocabulary(index: Index) -> dict[str, Any]:
    """Prefixes, terms as prefixed names (ours, the standard ones we use, things by fame), and the questions."""
    things = index.rows("SELECT id FROM things ORDER BY papers DESC, links DESC, n LIMIT ?", _THINGS)
    names = [shorten(RESOURCE + row["id"]) for row in things]
    return {
        "prefixes": dict(PREFIXES),
        "terms": sorted(_ours()) + list(_STANDARD) + [name for name in names if name.startswith("thing:")],
        "questions": [
            {"name": question.name, "about": question.title, "text": _filled(question, index)}
            for question in questions()
        ],
    }


def _ours() -> set[str]:
    """Classes and properties that the ontology declares."""
    import pyoxigraph as ox

    source = ontology_file("kg.ttl").read_bytes()
    subjects = (triple.subject for triple in ox.parse(source, format=ox.RdfFormat.TURTLE))
    return {
        shorten(subject.value)
        for subject in subjects
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(ONTOLOGY) and subject.value != ONTOLOGY
    }


def _filled(question: NamedQuestion, index: Index) -> str:
    """The query with something of this graph for each parameter, and the prefixes that it needs."""
    terms = {}
    for parameter in question.parameters:
        if parameter.is_node:
            found = _known(parameter.type, index)
        elif parameter.type in ("integer", "decimal"):
            found = parameter.default if parameter.default not in (None, "any") else parameter.example
        else:
            found = string(parameter.default if parameter.default not in (None, "any") else parameter.example)
        if found is not None and (parameter.required or not parameter.is_node):
            terms[parameter.name] = found
    text = substitute(question.text, terms)
    used = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if re.search(rf"(?<![\w:/<]){name}:", text)]
    return f"# {question.title}\n" + "\n".join((*used, "", text.strip())) + "\n"


def _known(kind: str, index: Index) -> str | None:
    """The best known node of a type, as an IRI in angle brackets; None where there is none."""
    if kind == "Paper":
        row = index.row("SELECT node AS id FROM papers ORDER BY n LIMIT 1")
    else:
        kinds = _KINDS.get(kind, ("METHOD", "ARCH"))
        marks = ", ".join("?" * len(kinds))
        row = index.row(f"SELECT id FROM things WHERE type IN ({marks}) ORDER BY papers DESC, n LIMIT 1", *kinds)
    return f"<{RESOURCE}{row['id']}>" if row is not None else None
