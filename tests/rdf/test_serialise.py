"""Files of RDF: two readers find the same graph in each, the bytes are the same each time, nothing is half written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import rdflib.compare
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import ExportError
from kg.graph import MemoryGraph
from kg.rdf import jsonld
from kg.rdf.formats import FORMATS, rdf_format
from kg.rdf.quads import lines, quads
from kg.rdf.serialise import serialise, write
from kg.rdf.terms import EVIDENCE_GRAPH, FACTS_GRAPH, expand
from tests.rdf import corpus

READERS = {
    "turtle": (pyoxigraph.RdfFormat.TURTLE, "turtle"),
    "ntriples": (pyoxigraph.RdfFormat.N_TRIPLES, "nt"),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, "nquads"),
    "trig": (pyoxigraph.RdfFormat.TRIG, "trig"),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": (pyoxigraph.RdfFormat.RDF_XML, "xml"),
}
GRAPHS = pytest.mark.parametrize("source", [corpus.graph(), corpus.hostile()], ids=["papers", "hostile"])


def _triples(found: list[Quad]) -> set[tuple[str, str, str]]:
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in found}


@GRAPHS
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_engine_reads_the_same_quads(source: MemoryGraph, name: str, full: bool) -> None:
    """What is written is the graph, with its named graphs where the format has them."""
    read = list(pyoxigraph.parse(serialise(source, name, full=full), format=READERS[name][0]))
    wanted = list(quads(source, full=full))
    assert _triples(read) == _triples(wanted)
    assert len(read) == len(wanted)
    if FORMATS[name].graphs and (full or name != "jsonld"):
        assert set(read) == set(wanted)


@GRAPHS
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_rdflib_reads_an_isomorphic_graph(source: MemoryGraph, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib finds the same graph; what it writes of it, the engine reads as the same again."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=serialise(source, name), format=READERS[name][1])
    wanted = rdflib.Graph().parse(data="\n".join(_plain(source)), format="nt")
    found = rdflib.Graph()
    for subject, predicate, target, _ in dataset.quads():
        found.add((subject, predicate, target))
    assert rdflib.compare.isomorphic(found, wanted)
    back = pyoxigraph.parse(found.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert _triples(list(back)) == _triples(list(quads(source)))


def _plain(source: MemoryGraph) -> list[str]:
    """The lines without their graphs."""
    return [
        line.removesuffix(f" <{FACTS_GRAPH}> .").removesuffix(f" <{EVIDENCE_GRAPH}> .") + " ." for line in lines(source)
    ]


@settings(max_examples=40)
@given(
    text=st.text(alphabet=st.characters(), min_size=1, max_size=30),
    name=st.text(alphabet=st.characters(), min_size=1, max_size=30).filter(str.strip),
)
def test_any_text_survives_every_format(text: str, name: str) -> None:
    """Whatever the texts and names of a graph hold, each format gives the same statements back."""
    source = corpus.hostile(text, name)
    wanted = _triples(list(quads(source)))
    for format in FORMATS:
        assert _triples(list(pyoxigraph.parse(serialise(source, format), format=READERS[format][0]))) == wanted
    theirs = rdflib.Graph().parse(data=serialise(source, "rdfxml"), format="xml")
    texts = {str(value) for value in theirs.objects() if isinstance(value, rdflib.Literal) and value.datatype is None}
    assert texts == {
        quad.object.value
        for quad in quads(source)
        if isinstance(quad.object, Literal) and quad.object.datatype.value == expand("xsd:string")
    }


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_same_bytes_each_time(graph: MemoryGraph, name: str) -> None:
    """Twice the same; and for quads, whatever their order."""
    assert serialise(graph, name) == serialise(corpus.graph(), name)
    held = list(quads(graph))
    assert serialise(held, name) == serialise(reversed(held), name)


@pytest.mark.parametrize("name", ["ntriples", "nquads"])
def test_one_block_a_subject(graph: MemoryGraph, name: str) -> None:
    """All statements about a node stand together."""
    subjects = [line.split(b" ", 1)[0] for line in serialise(graph, name).splitlines()]
    blocks = [subject for number, subject in enumerate(subjects) if number == 0 or subjects[number - 1] != subject]
    assert len(blocks) == len(set(blocks))


def test_prefixes_are_used(graph: MemoryGraph) -> None:
    """Turtle is for people."""
    text = serialise(graph, "turtle").decode()
    assert "akg:outperforms thing:stonenet" in text
    assert "@prefix akg:" in text


def test_jsonld_is_compact(graph: MemoryGraph) -> None:
    """Nodes use the terms of the context, with native numbers, and the context is inside."""
    document = json.loads(serialise(graph, "jsonld", full=False))
    nodes = {node["id"]: node for node in document["@graph"]}
    paper = nodes["paper:beacon"]
    assert paper["year"] == 2017
    assert paper["title"] == "BeaconNet for map reading"
    assert set(paper["type"]) == {"Paper", "ResearchPaper", "ScholarlyArticle"}
    assert nodes["thing:beaconnet"]["outperforms"] == "thing:stonenet"
    assert document["@context"] == jsonld.context()
    assert not any("://" in key for node in document["@graph"] for key in node)


def test_jsonld_keeps_what_does_not_fit_a_term() -> None:
    """Languages, unknown types, blank nodes, and values of another type than the term's."""
    given = [
        Quad(NamedNode("x:s"), NamedNode("http://purl.org/dc/terms/title"), Literal("a", language="en")),
        Quad(NamedNode("x:s"), NamedNode("https://w3id.org/abstract-kg/ontology#year"), Literal("MMXX")),
        Quad(NamedNode("x:s"), NamedNode("https://w3id.org/abstract-kg/ontology#relative"), Literal(True)),
        Quad(NamedNode("x:s"), NamedNode("https://w3id.org/abstract-kg/ontology#mentions"), BlankNode("b")),
        Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("1", datatype=NamedNode("x:t"))),
        Quad(NamedNode("x:s"), NamedNode("x:p"), NamedNode("x:o")),
        Quad(NamedNode("x:s"), NamedNode("http://schema.org/url"), Literal("not an address")),
    ]
    back = pyoxigraph.parse(serialise(given, "jsonld"), format=pyoxigraph.RdfFormat.JSON_LD, rename_blank_nodes=False)
    assert set(back) == set(given)


def test_file_is_replaced_only_when_whole(graph: MemoryGraph, tmp_path: Path) -> None:
    """A writer that fails leaves the old file and nothing beside it."""
    path = tmp_path / "graph.nt"
    write(graph, ".nt", path)
    before = path.read_bytes()

    def broken() -> list[Quad]:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        write((quad for _ in range(1) for quad in broken()), "nt", path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_errors_say_what_to_do(graph: MemoryGraph, tmp_path: Path) -> None:
    """An unknown format names those there are; a folder that is not there is told."""
    with pytest.raises(ExportError, match="turtle"):
        serialise(graph, "excel")
    with pytest.raises(ExportError, match="cannot be written"):
        write(graph, "turtle", tmp_path / "missing" / "graph.ttl")


def test_stream_stays_open(graph: MemoryGraph) -> None:
    """A stream that was given is written and left open."""
    stream = io.BytesIO()
    write(graph, "text/turtle", stream)
    assert stream.getvalue() == serialise(graph, "turtle")


@pytest.mark.parametrize("name", ["TTL", ".jsonld", "application/rdf+xml", "n-quads", "rdf/xml"])
def test_formats_have_many_names(name: str) -> None:
    """Suffixes, media types and common names all lead to a format."""
    assert rdf_format(name) in FORMATS.values()
