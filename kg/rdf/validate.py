"""Whether a graph is what the design says: SHACL for each node, and the rules of the whole graph.

In: a Graph, or quads. Out: a Report of plain values. SHACL runs by pyshacl (the reference in Python) on the shapes of
`ontology/shapes.ttl`. A Graph is validated piece by piece (papers, then things, `_CHUNK` quads at a time, with the types of
what a piece points at), so that memory stays bounded however large it is; quads that are given are validated as one.
What it cannot do: in pieces, a node that has a class and nothing else is not looked at; the rules "nothing-dangles"
of `kg.rdf.coherence` and the shapes' second targets stand in for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.domain import Thing
from kg.graph import Contribution, Graph
from kg.rdf.coherence import Breach, breaches
from kg.rdf.quads import by_thing, contribution_quads, parse, thing_quads
from kg.rdf.query import Target, load
from kg.rdf.terms import IN_FACTS, TERM, expand, node, shorten
from kg.rdf.thing import CLASSES
from kg.resources import ontology_file

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph

__all__ = ["Report", "validate"]

_CHUNK = 40_000
_MOST = 2_000
_STRING = expand("xsd:string")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found. papers, things: how many were looked at node by node; pieces: in how many runs of SHACL."""

    breaches: tuple[Breach, ...]
    papers: int
    things: int
    pieces: int

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.breaches


def validate(source: Graph | Iterable[Quad], *, store: Target | None = None, papers: int | None = _MOST) -> Report:
    """Check a graph.

    store: where the same graph can be asked (a stored graph's triples); without it, it is loaded into memory.
    papers: how many papers, and how many things, SHACL looks at at most, spread evenly; None for all, at about a tenth
    of a second each. The rules of the whole graph always see all of it.
    """
    if isinstance(source, Iterable):
        quads = list(source)
        found = (*_shacl(quads, pieces=False), *breaches(store or load(quads)))
        return Report(breaches=tuple(sorted(set(found))), papers=0, things=0, pieces=1)
    run = _Run(source, papers)
    found = (*run.breaches(), *breaches(store or load(source)))
    return Report(breaches=tuple(sorted(set(found))), papers=run.papers, things=run.things, pieces=run.pieces)


class _Run:
    """One pass over a graph, piece by piece."""

    def __init__(self, graph: Graph, most: int | None) -> None:
        self._graph = graph
        counts = graph.counts() if most is not None else None
        self._paper_step = max(1, counts.papers // max(1, most)) if counts and most is not None else 1
        self._thing_step = max(1, sum(counts.entities.values()) // max(1, most)) if counts and most is not None else 1
        self._most = most
        self.papers = self.things = self.pieces = 0

    def breaches(self) -> Iterator[Breach]:
        held: list[str] = []
        for lines in self._lines():
            held += lines
            if len(held) >= _CHUNK:
                yield from self._check(held)
                held = []
        if held:
            yield from self._check(held)

    def _lines(self) -> Iterator[list[str]]:
        for contribution in _every(self._graph.contributions(), self._paper_step, self._most):
            self.papers += 1
            yield contribution_quads(contribution) + self._types(_pointed_at(contribution))
        for thing, facts in _every(by_thing(self._graph), self._thing_step, self._most):
            self.things += 1
            around = [fact.object for fact in facts] + [name for name in thing.broader if name.startswith("thing/")]
            lines = thing_quads(thing, facts)
            yield lines + self._types(around) + _passage_types(lines)

    def _types(self, things: Iterable[str]) -> list[str]:
        found = (self._graph.thing(name) for name in dict.fromkeys(things))
        return [line for thing in found if thing is not None for line in _type_lines(thing)]

    def _check(self, lines: list[str]) -> Iterator[Breach]:
        self.pieces += 1
        return _shacl(parse(dict.fromkeys(lines)), pieces=True)


def _every(items: Iterator[Any], step: int, most: int | None) -> Iterator[Any]:
    chosen = (item for number, item in enumerate(items) if number % step == 0)
    for count, item in enumerate(chosen, 1):
        yield item
        if count == most:
            return


def _pointed_at(contribution: Contribution) -> Iterator[str]:
    for fact in contribution.facts:
        if fact.subject == contribution.node and fact.object.startswith("thing/"):
            yield fact.object
    for linked in contribution.claims:
        yield from (name for name in (linked.subject, linked.object, linked.metric, linked.dataset) if name)


def _type_lines(thing: Thing) -> Iterator[str]:
    for kind in (*(f"akg:{name}" for name in CLASSES[thing.type]), "skos:Concept"):
        yield f"{node(thing.id)} {TERM['rdf:type']} {TERM[kind]}{IN_FACTS}"


def _passage_types(lines: Iterable[str]) -> list[str]:
    """The class of each passage that facts point at; the passages themselves come with their papers."""
    starts = tuple(f" {TERM[name]} " for name in ("akg:statedIn", "oa:hasTarget"))
    places = {line.split(" ", 3)[2] for line in lines if any(start in line for start in starts)}
    return [f"{place} {TERM['rdf:type']} {TERM['akg:Passage']}{IN_FACTS}" for place in sorted(places)]


@lru_cache(maxsize=2)
def _shapes(pieces: bool) -> RdflibGraph:
    """The shapes; for pieces without aim at classes, because what is only pointed at has a class there and no more."""
    from rdflib import SH, Graph

    shapes = Graph().parse(ontology_file("shapes.ttl"), format="turtle")
    if pieces:
        shapes.remove((None, SH.targetClass, None))
    return shapes


def _shacl(quads: Iterable[Quad], *, pieces: bool) -> Iterator[Breach]:
    import pyshacl
    from rdflib import RDF, SH

    conforms, report, _ = pyshacl.validate(_rdflib(quads), shacl_graph=_shapes(pieces), inplace=True)
    if conforms:
        return
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, path = report.value(result, SH.sourceShape), report.value(result, SH.resultPath)
        value, message = report.value(result, SH.value), report.value(result, SH.resultMessage)
        about = shorten(str(path)) if path is not None else str(shape).rpartition("#")[2]
        focus = shorten(str(report.value(result, SH.focusNode)))
        yield Breach(node=focus, rule=about, message=_one_line(message), value="" if value is None else str(value))


def _one_line(message: Any) -> str:
    return " ".join(str(message or "does not fit its shape").split())


def _rdflib(quads: Iterable[Quad]) -> RdflibGraph:
    """All statements as one graph of rdflib. Plain texts have no datatype there, and SHACL takes them for strings."""
    from rdflib import BNode, Graph, URIRef
    from rdflib import Literal as Text

    iris: dict[str, URIRef] = {}

    def named(name: str) -> URIRef:
        if name not in iris:
            iris[name] = URIRef(name)
        return iris[name]

    def term(made: Any) -> Any:
        if isinstance(made, NamedNode):
            return named(made.value)
        if isinstance(made, BlankNode):
            return BNode(made.value)
        if made.language:
            return Text(made.value, lang=made.language)
        return Text(made.value, datatype=None if made.datatype.value == _STRING else named(made.datatype.value))

    graph = Graph()
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph
