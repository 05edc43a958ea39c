"""JSON-LD that people can read: nodes in compact form, by the context of the ontology.

In: quads grouped by graph and subject. Out: a document with its context inside, so that nothing is loaded to read it;
one node object a line; with named graphs, one graph object each. Written as it goes: memory holds one node.
What it cannot do: contexts other than ours (no lists, no language maps, no nesting); a term whose type does not fit a
value is not used for it, the prefixed name is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.rdf.terms import PREFIXES, expand, shorten
from kg.resources import ontology_file

__all__ = ["chunks", "context"]

_XSD = PREFIXES["xsd"]
_TYPE = expand("rdf:type")
_NATIVE = frozenset((f"{_XSD}integer", f"{_XSD}boolean"))


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """What stands under "@context" in `ontology/context.jsonld`."""
    held: dict[str, Any] = json.loads(ontology_file("context.jsonld").read_text(encoding="utf-8"))["@context"]
    return held


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, tuple[str, str | None]], dict[str, str]]:
    """Properties: IRI to (term, its type). Classes: IRI to term."""
    properties, names = {}, {}
    for term, means in context().items():
        if isinstance(means, dict):
            kind = means["@type"]
            properties[expand(means["@id"])] = (term, kind if kind == "@id" else expand(kind))
        elif not means.startswith("@") and "//" not in means:
            properties[expand(means)] = (term, None)
            names[expand(means)] = term
    return properties, names


@lru_cache(maxsize=65_536)
def _compact(iri: str) -> str:
    return shorten(iri)


def _id(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else _compact(term.value)


def _pair(predicate: str, value: Any) -> tuple[str, Any]:
    """Key and value of one statement about a node."""
    properties, names = _terms()
    if predicate == _TYPE and isinstance(value, NamedNode):
        return "type", names.get(value.value) or _compact(value.value)
    term, kind = properties.get(predicate, (None, None))
    if isinstance(value, Literal):
        return _literal(predicate, value, term, kind)
    if isinstance(value, NamedNode | BlankNode):
        return (term, _id(value)) if term and kind == "@id" else (_compact(predicate), {"@id": _id(value)})
    raise ValueError("JSON-LD 1.1 has no quoted triples")


def _literal(predicate: str, value: Literal, term: str | None, kind: str | None) -> tuple[str, Any]:
    datatype = value.datatype.value
    if value.language:
        return _compact(predicate), {"@value": value.value, "@language": value.language}
    if datatype == f"{_XSD}string":
        return (term, value.value) if term and kind is None else (_compact(predicate), {"@value": value.value})
    if term and kind == datatype:
        return term, json.loads(value.value) if datatype in _NATIVE and _is_native(value.value) else value.value
    plain_key = term if term and kind is None else _compact(predicate)
    return plain_key, {"@value": value.value, "@type": _compact(datatype)}


def _is_native(text: str) -> bool:
    return text in ("true", "false") or (text.lstrip("-").isdigit() and str(int(text)) == text)


def _node(subject: Any, quads: Iterable[Quad]) -> str:
    fields: dict[str, Any] = {"id": _id(subject)}
    for quad in quads:
        key, value = _pair(quad.predicate.value, quad.object)
        if key not in fields:
            fields[key] = value
        elif isinstance(fields[key], list):
            fields[key].append(value)
        else:
            fields[key] = [fields[key], value]
    return json.dumps(fields, ensure_ascii=False)


def _nodes(quads: Iterable[Quad]) -> Iterator[str]:
    comma = ""
    for subject, own in groupby(quads, key=lambda quad: quad.subject):
        yield f"{comma}\n{_node(subject, own)}"
        comma = ","


def chunks(quads: Iterable[pyoxigraph.Quad]) -> Iterator[str]:
    """The document in pieces. `quads` come with the statements of one graph, and in it of one subject, together."""
    yield f'{{"@context": {json.dumps(context(), ensure_ascii=False)},\n"@graph": ['
    comma = ""
    for graph, own in groupby(quads, key=lambda quad: quad.graph_name):
        yield comma
        comma = ","
        if isinstance(graph, DefaultGraph):
            yield from _nodes(own)
        else:
            yield f'\n{{"id": {json.dumps(_id(graph))}, "@graph": ['
            yield from _nodes(own)
            yield "]}"
    yield "\n]}\n"
