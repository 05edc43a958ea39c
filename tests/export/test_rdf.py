"""The RDF exports: two libraries read the same statements, and all nodes and edges are there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import rdflib.compare

from kg.export import FORMATS, export
from kg.graph import MemoryGraph
from kg.graph.filters import Filters
from kg.graph.projection import Projection
from kg.identifiers import ONTOLOGY, RESOURCE
from tests import samples
from tests.export.corpora import hostile_graph

pytestmark = pytest.mark.filterwarnings("ignore:.*default_context.*:DeprecationWarning", "ignore:ConjunctiveGraph.*")

_ENGINE = {
    "turtle": (pyoxigraph.RdfFormat.TURTLE, "turtle"),
    "ntriples": (pyoxigraph.RdfFormat.N_TRIPLES, "nt"),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, "nquads"),
    "trig": (pyoxigraph.RdfFormat.TRIG, "trig"),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": (pyoxigraph.RdfFormat.RDF_XML, "xml"),
}
_CASES = [(name, amount) for name in _ENGINE for amount in ("", "-full")]


def _read(path: Path, name: str) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """The triples that pyoxigraph reads, and those that rdflib reads, in N-Triples terms."""
    ours, theirs = _ENGINE[name]
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=theirs)
    quads = pyoxigraph.parse(path=str(path), format=ours)
    one = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}
    graph = rdflib.Graph()
    for subject, predicate, target, _ in dataset.quads():
        graph.add((subject, predicate, target))
    lines = graph.serialize(format="nt", encoding="utf-8")
    other = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return one, {(str(q.subject), str(q.predicate), str(q.object)) for q in other}


@pytest.mark.parametrize(("name", "amount"), _CASES)
@pytest.mark.parametrize("graph", [samples.graph(), hostile_graph()], ids=["samples", "hostile"])
def test_all_nodes_and_edges_are_there(graph: MemoryGraph, name: str, amount: str, tmp_path: Path) -> None:
    """Every node is typed, every edge is a triple between two nodes, no more and no fewer; rdflib agrees."""
    export(graph, [name + amount], tmp_path)
    triples, again = _read(tmp_path / FORMATS[name + amount].files[0], name)
    assert triples == again
    projection = Projection(graph)
    nodes = {f"<{row.iri}>" for row in projection.nodes()}
    typed = {s for s, p, _ in triples if p.endswith("#type>")}
    assert nodes <= typed
    wanted = {
        (f"<{RESOURCE}{row.source}>", f"<{ONTOLOGY}{row.relation}>", f"<{RESOURCE}{row.target}>")
        for row in projection.edges()
    }
    relations = {predicate for _, predicate, _ in wanted}
    assert {t for t in triples if t[1] in relations and t[0] in nodes and t[2] in nodes} == wanted


@pytest.mark.parametrize("name", list(_ENGINE))
def test_filtered_rdf_points_nowhere_else(name: str, tmp_path: Path) -> None:
    """What the filters take away is not named."""
    export(samples.graph(), [f"{name}-full"], tmp_path, filters=Filters(types=("Architecture", "Paper")))
    triples, _ = _read(tmp_path / FORMATS[f"{name}-full"].files[0], name)
    things = {term for triple in triples for term in triple if term.startswith(f"<{RESOURCE}thing/")}
    assert things == {f"<{RESOURCE}thing/quicknet>", f"<{RESOURCE}thing/slownet>"}
