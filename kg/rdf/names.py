"""From what people call a thing or a paper to its node in a graph.

In: a name: any alias in any case, an id ("thing/cifar-10", "thing:cifar-10"), an IRI; for papers a title, an id, a DOI
or an arXiv id. Out: one IRI. Where several have the name, the one whose label it is, then the one of most papers, then
the first by IRI. The exact spelling is looked up; only a name that is not found costs a pass over all labels.
What it cannot do: say that two names are one thing; that is `kg.link`.
"""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

from kg.errors import QueryError
from kg.identifiers import RESOURCE
from kg.rdf.engine import Limits
from kg.rdf.query import Target, query
from kg.rdf.results import Table
from kg.rdf.terms import PREFIXES, iri, string

__all__ = ["THING_CLASSES", "find", "near"]

THING_CLASSES = ("Architecture", "Dataset", "Method", "Metric", "Task", "Thing")
"""Types of parameters that name a thing; Thing is any."""

_LABELS = "skos:prefLabel|skos:altLabel"
_TITLES = "dcterms:title|dcterms:identifier|prism:doi|akg:arxivId"
_ENOUGH = 200_000
"""Labels that are looked through for a near one: those of most papers."""
_NEAR = 70.0
"""How alike a label must be to be proposed, of 100 (rapidfuzz's WRatio)."""


def _kind(type: str) -> tuple[str, str, str]:
    """Class, properties of names, and what orders those of the same name."""
    if type == "Paper":
        return "akg:Paper", _TITLES, "OPTIONAL { ?node akg:claims ?claim }"
    return ("skos:Concept" if type == "Thing" else f"akg:{type}"), _LABELS, ""


def find(target: Target, name: str, type: str = "Thing", *, limits: Limits | None = None) -> str:
    """The IRI of the thing or paper of that name. Raises QueryError with the nearest names where there is none.

    type: one of `THING_CLASSES`, or "Paper".
    """
    name = name.strip()
    for condition in (_is_node(name), f"VALUES ?form {{ {_spellings(name)} }}", _in_any_case(name)):
        if condition and (rows := _candidates(target, condition, type, limits)):
            return min(rows, key=lambda row: _order(row, name))[0]
    proposed = near(target, name, type, limits=limits)
    hint = f"did you mean {' or '.join(repr(label) for label in proposed)}?" if proposed else "see what there is"
    kind = "thing" if type == "Thing" else type.lower()
    raise QueryError(f"no {kind} is called {name!r} in this graph", to_do=hint)


def near(target: Target, name: str, type: str = "Thing", *, count: int = 3, limits: Limits | None = None) -> list[str]:
    """The labels most like a name, best first; none where none is like it."""
    kind, names, _ = _kind(type)
    property_ = names if type != "Paper" else "dcterms:title"
    order = "" if type == "Paper" else "?node akg:paperCount ?n ."
    text = f"SELECT ?form WHERE {{ ?node a {kind} ; {property_} ?form . {order} }}"
    text += f" ORDER BY {'' if type == 'Paper' else 'DESC(?n) '}?form LIMIT {_ENOUGH}"
    table = query(target, text, limits=limits)
    assert isinstance(table, Table)
    labels = list(dict.fromkeys(str(row[0]) for row in table.values()))
    matches = process.extract(name, labels, scorer=fuzz.WRatio, processor=utils.default_process, limit=count)
    return [label for label, score, _ in matches if score >= _NEAR]


def _is_node(name: str) -> str | None:
    """The condition that a name is the node itself, if it can be."""
    prefix, _, local = name.partition(":")
    whole = name
    if prefix in ("thing", "paper") and local and not local.startswith("//"):
        whole = PREFIXES[prefix] + local
    elif name.startswith(("thing/", "paper/")):
        whole = RESOURCE + name
    term = iri(whole) if whole.startswith(RESOURCE) else None
    return f"VALUES ?node {{ {term} }}" if term else None


def _spellings(name: str) -> str:
    forms = (name, name.lower(), name.upper(), name.title(), name[:1].upper() + name[1:], name.capitalize())
    return " ".join(dict.fromkeys(string(form) for form in forms))


def _in_any_case(name: str) -> str:
    return f"FILTER(LCASE(STR(?form)) = {string(name.lower())})"


def _candidates(target: Target, condition: str, type: str, limits: Limits | None) -> list[tuple[str, str, int]]:
    """IRI, label and number of papers of each node that meets a condition."""
    kind, names, _ = _kind(type)
    label = "dcterms:title" if type == "Paper" else "skos:prefLabel"
    text = f"""SELECT DISTINCT ?node ?label ?n WHERE {{
      {condition if condition.startswith("VALUES") else ""}
      ?node {names} ?form .
      {condition if condition.startswith("FILTER") else ""}
      ?node a {kind} ; {label} ?label .
      OPTIONAL {{ ?node akg:paperCount ?n }}
    }}"""
    table = query(target, text, limits=limits)
    assert isinstance(table, Table)
    return [(str(node), str(name), int(n or 0)) for node, name, n in table.values()]


def _order(row: tuple[str, str, int], name: str) -> tuple[bool, bool, int, str]:
    node, label, papers = row
    return label != name, label.lower() != name.lower(), -papers, node
