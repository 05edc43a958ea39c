"""Quads: each belongs to one piece, says what the record says, and does not depend on order."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph
import pytest

from kg.codec import read_records
from kg.domain import Entity, Evidence, Fact, Member, Thing
from kg.graph import MemoryGraph
from kg.identifiers import slug
from kg.rdf.quads import contribution_quads, fact_node, lines, parse, quads, thing_quads
from kg.rdf.terms import EVIDENCE_GRAPH, FACTS_GRAPH, TERM, expand
from tests.rdf import corpus

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "gold.jsonl"


def _about(graph: MemoryGraph, node: str, *, full: bool = True) -> dict[str, set[str]]:
    """Property to values, as words, of one node."""
    found: dict[str, set[str]] = {}
    for quad in quads(graph, full=full):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and quad.subject.value == expand(node):
            value = quad.object
            assert isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal)
            found.setdefault(quad.predicate.value, set()).add(value.value)
    return found


def test_pieces_are_the_whole_and_do_not_overlap(graph: MemoryGraph) -> None:
    """Papers' and things' pieces together are the graph, and no quad is in two."""
    facts = {thing.id: [fact for fact in graph.facts() if fact.subject == thing.id] for thing in graph.things()}
    pieces = [contribution_quads(contribution) for contribution in graph.contributions()]
    pieces += [thing_quads(thing, facts[thing.id]) for thing in graph.things()]
    whole = list(lines(graph))
    assert sorted(line for piece in pieces for line in piece) == sorted(whole)
    assert len(set(whole)) == len(whole)


def test_order_of_papers_and_things_changes_nothing() -> None:
    """The same papers in any order give the same lines in the same order."""
    given = list(corpus.records())
    things = list(corpus.things(tuple(given)))
    random.Random(3).shuffle(given)
    random.Random(4).shuffle(things)
    again = MemoryGraph.of(given, things, hierarchy=reversed(corpus.HIERARCHY))
    assert list(lines(again)) == list(lines(corpus.graph()))


def test_two_graphs_and_no_blank_nodes(graph: MemoryGraph) -> None:
    """Facts alone are the facts graph; with evidence there is one more; every node has a name."""
    whole = list(quads(graph))
    plain = list(quads(graph, full=False))
    names = {quad.graph_name.value for quad in whole if isinstance(quad.graph_name, pyoxigraph.NamedNode)}
    assert names == {FACTS_GRAPH, EVIDENCE_GRAPH}
    assert {quad.graph_name for quad in plain} == {pyoxigraph.NamedNode(FACTS_GRAPH)}
    assert set(plain) == {quad for quad in whole if quad.graph_name == pyoxigraph.NamedNode(FACTS_GRAPH)}
    assert all(isinstance(quad.subject, pyoxigraph.NamedNode) for quad in whole)
    assert not any(isinstance(quad.object, pyoxigraph.BlankNode) for quad in whole)


def test_without_mentions(graph: MemoryGraph) -> None:
    """Mentions can be left out, and nothing else goes with them."""
    gone = set(lines(graph)) - set(lines(graph, mentions=False))
    assert gone
    assert all("char=" in line.split(" ", 1)[0] for line in gone)
    assert not any(TERM["akg:statedIn"] in line for line in gone)


def test_a_paper_says_what_is_known_of_it(graph: MemoryGraph) -> None:
    """Types, title, year, date, authors, addresses, source."""
    about = _about(graph, "paper:beacon")
    assert about[expand("rdf:type")] == {
        expand("akg:Paper"),
        expand("fabio:ResearchPaper"),
        expand("schema:ScholarlyArticle"),
    }
    assert about[expand("dcterms:title")] == {"BeaconNet for map reading"}
    assert about[expand("akg:year")] == {"2017"}
    assert about[expand("dcterms:issued")] == {"2017-05"}
    assert about[expand("dc:creator")] == {"Ada Example", "Ben Example"}
    assert about[expand("akg:authorList")] == {"Ada Example; Ben Example"}
    assert about[expand("schema:sameAs")] == {"https://doi.org/10.5555/BEACON"}
    assert about[expand("dc:source")] == {"papers.jsonl (jsonl)"}
    assert about[expand("akg:introduces")] == {expand("thing:beaconnet"), expand("thing:signal-head")}


def test_a_thing_has_its_names_and_edges(graph: MemoryGraph) -> None:
    """Classes (an architecture is a method), label, aliases with counts, reasons, concept, edges."""
    beacon = _about(graph, "thing:beaconnet")
    assert {expand("akg:Architecture"), expand("akg:Method"), expand("skos:Concept")} == beacon[expand("rdf:type")]
    assert beacon[expand("akg:paperCount")] == {"3"}
    assert beacon[expand("akg:evaluatedOn")] == {expand("thing:townmaps")}
    town = _about(graph, "thing:townmaps")
    assert town[expand("skos:altLabel")] == {"Town Maps"}
    assert town[expand("akg:mergeReason")] == {"spelling: TownMaps = Town Maps (0.97)"}
    assert town[expand("skos:exactMatch")] == {"https://w3id.org/abstract-kg/concept/town-maps"}
    (form,) = town[expand("skosxl:altLabel")]
    counted = [quad.object for quad in quads(graph) if quad.subject == pyoxigraph.NamedNode(form)]
    assert {"Town Maps", "2"} <= {term.value for term in counted if isinstance(term, pyoxigraph.Literal)}


def test_the_scheme_alone_makes_a_hierarchy(graph: MemoryGraph) -> None:
    """Kinds by the concept scheme are broader concepts; kinds by papers alone are not."""
    assert _about(graph, "thing:stonenet")[expand("skos:broader")] == {expand("thing:lampnet")}
    pebble = _about(graph, "thing:pebblenet")
    assert pebble[expand("akg:isA")] == {expand("thing:beaconnet")}
    assert expand("skos:broader") not in pebble


def test_a_claim_has_its_slots(graph: MemoryGraph) -> None:
    """Linked slots are things, others are words; the value is written and parsed."""
    (claim,) = [c for c in graph.claims() if c.claim.value == "91.5%"]
    about = _about(graph, f"claim:{claim.id.partition('/')[2]}")
    assert about[expand("rdf:type")] == {expand("akg:Claim"), expand("akg:Result")}
    assert about[expand("akg:subject")] == {expand("thing:beaconnet")}
    assert about[expand("akg:dataset")] == {expand("thing:townmaps")}
    assert about[expand("akg:value")] == {"91.5%"}
    assert about[expand("akg:number")] == {"91.5"}
    assert about[expand("akg:unit")] == {"%"}
    (limitation,) = [c for c in graph.claims() if c.claim.kind.value == "LIMITATION"]
    words = _about(graph, f"claim:{limitation.id.partition('/')[2]}")
    assert words[expand("akg:objectText")] == {"speed"}
    assert expand("akg:object") not in words


def test_a_fact_knows_its_passages(graph: MemoryGraph) -> None:
    """One evidence is told by the fact; of several each has a node; an authority has no passage."""
    fact = Fact(subject="thing/beaconnet", predicate="evaluatedOn", object="thing/townmaps")
    by_subject: dict[str, list[pyoxigraph.Quad]] = {}
    for quad in quads(graph):
        by_subject.setdefault(str(quad.subject), []).append(quad)
    own = {quad.predicate.value: quad.object for quad in by_subject[fact_node(fact)]}
    assert str(own[expand("akg:paperCount")]) == '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert str(own[expand("akg:confidence")]).startswith('"0.95"')
    supports = [
        q for q in quads(graph) if q.predicate.value == expand("oa:hasBody") and str(q.object) == fact_node(fact)
    ]
    assert len(supports) == 2
    above = Fact(subject="thing/stonenet", predicate="isA", object="thing/lampnet")
    told = {quad.predicate.value for quad in by_subject[fact_node(above)]}
    assert expand("akg:statedIn") not in told


def test_offsets_slice_back(graph: MemoryGraph) -> None:
    """Every quoted text stands at its offsets, in code points."""
    for source in (graph, corpus.hostile()):
        texts = {c.node: (c.paper.text, c.paper.title) for c in source.contributions()}
        held: dict[str, dict[str, str]] = {}
        for quad in quads(source):
            if "char=" in str(quad.subject) and isinstance(quad.object, pyoxigraph.Literal):
                held.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object.value
        assert held
        for place, said in held.items():
            node = f"paper/{place.partition('/paper/')[2].partition('#')[0]}"
            text = texts[node][1 if "#title." in place else 0]
            start, end = int(said[expand("oa:start")]), int(said[expand("oa:end")])
            assert len(said[expand("oa:exact")]) == end - start
            assert len(text[start:end]) == end - start


def test_hostile_text_is_inert() -> None:
    """A graph of texts that try to be syntax parses, and nothing of them became a node or a property."""
    found = list(quads(corpus.hostile()))
    assert {quad.predicate.value.partition("#")[0].rpartition("/")[0] for quad in found} == {
        "https://w3id.org/abstract-kg",
        "http://www.w3.org/1999/02",
        "http://www.w3.org/2004/02/skos",
        "http://www.w3.org/ns",
        "http://purl.org/dc/elements/1.1",
        "http://purl.org/dc/terms",
        "http://prismstandard.org/namespaces/basic/2.0",
        "http://schema.org",
    }
    targets = {quad.object.value for quad in found if isinstance(quad.object, pyoxigraph.NamedNode)}
    assert "javascript:alert(1)" not in targets
    assert not any(mark in target for target in targets for mark in '<>" \n')


def test_facts_of_unlisted_evidence_still_count_papers() -> None:
    """The number of papers is that of the evidence."""
    evidence = tuple(Evidence(paper=name, start=0, end=1, stage="relations", score=0.5) for name in ("a", "b"))
    fact = Fact(subject="thing/a", predicate="isA", object="thing/b", evidence=evidence)
    thing = Thing(id="thing/a", label="a", type=corpus.TYPES["LampNet"], members=(Member(paper="a", entity="a"),))
    made = "\n".join(thing_quads(thing, [fact]))
    assert f'{TERM["akg:paperCount"]} "2"^^' in made
    assert f'{TERM["akg:confidence"]} "0.75"^^' in made


@pytest.mark.skipif(not GOLD.is_file(), reason="the annotated abstracts are not here")
def test_gold_makes_quads_that_parse() -> None:
    """The annotated abstracts, one thing a name, make lines that parse, each once."""
    records = list(read_records(GOLD))
    members: dict[str, list[Member]] = {}
    kinds: dict[str, Entity] = {}
    for record in records:
        for entity in record.entities:
            members.setdefault(slug(entity.name), []).append(Member(paper=record.id, entity=entity.name))
            kinds.setdefault(slug(entity.name), entity)
    things = [
        Thing(id=f"thing/{name}", label=kinds[name].name, type=kinds[name].type, members=tuple(own))
        for name, own in members.items()
    ]
    made = list(lines(MemoryGraph.of(records, things)))
    assert len(made) == len(set(made)) == len(set(parse(made)))
    assert len(made) / len(records) < 500
