"""Validation: a graph that is built conforms; whatever rule is broken, it is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.codec import read_records
from kg.domain import EntityType, Member, Thing
from kg.graph import MemoryGraph
from kg.identifiers import slug
from kg.rdf.coherence import RULES, breaches
from kg.rdf.quads import lines, parse, quads
from kg.rdf.query import load
from kg.rdf.terms import IN_EVIDENCE, IN_FACTS, TERM, decimal, integer, node, string
from kg.rdf.validate import validate
from tests import samples
from tests.rdf import corpus

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "gold.jsonl"
Lines = list[str]
Mutation = Callable[[Lines], Lines]

BEACON, TOWN, PAPER = node("thing/beaconnet"), node("thing/townmaps"), node("paper/beacon")
FACT = node("fact/beaconnet/outperforms/stonenet")
SEVERAL = node("fact/beaconnet/evaluatedOn/townmaps")


@pytest.mark.parametrize(
    "graph", [corpus.graph(), corpus.hostile(), samples.graph()], ids=["papers", "hostile", "samples"]
)
def test_what_is_built_conforms(graph: MemoryGraph) -> None:
    """In pieces and as one, nothing is wrong."""
    report = validate(graph)
    assert report.breaches == ()
    assert report.conforms
    assert (report.papers, report.things) == (len(list(graph.papers())), len(list(graph.things())))
    assert validate(quads(graph)).breaches == ()


def test_empty_graph_conforms() -> None:
    """Nothing is nothing wrong."""
    assert validate(MemoryGraph.of((), ())).conforms


def test_a_part_can_be_looked_at(graph: MemoryGraph) -> None:
    """A bound on the papers and things that are looked at holds, and the report says how many there were."""
    report = validate(graph, papers=2)
    assert (report.papers, report.things) == (2, 2)


@pytest.mark.slow
@pytest.mark.skipif(not GOLD.is_file(), reason="the annotated abstracts are not here")
def test_gold_conforms() -> None:
    """The graph of the annotated abstracts, one thing a name, has nothing wrong."""
    records = list(read_records(GOLD))[:60]
    members: dict[tuple[str, EntityType], list[Member]] = {}
    for record in records:
        for entity in record.entities:
            members.setdefault((slug(entity.name), entity.type), []).append(Member(paper=record.id, entity=entity.name))
    things = [
        Thing(id=f"thing/{name}-{kind.value.lower()}", label=own[0].entity, type=kind, members=tuple(own))
        for (name, kind), own in members.items()
    ]
    assert validate(MemoryGraph.of(records, things)).breaches == ()


def _without(*parts: str) -> Mutation:
    """Leave out the lines that hold all the parts."""
    return lambda given: [line for line in given if not all(part in line for part in parts)]


def _with(*added: str) -> Mutation:
    return lambda given: [*given, *added]


def _instead(*parts: str, of: str, put: str) -> Mutation:
    """In the lines that hold all the parts, put one thing for another."""
    return lambda given: [line.replace(of, put) if all(part in line for part in parts) else line for line in given]


def _fact(subject: str, name: str, target: str) -> str:
    return f"{subject} {TERM[name]} {target}{IN_FACTS}"


def _said(subject: str, name: str, target: str) -> str:
    return f"{subject} {TERM[name]} {target}{IN_EVIDENCE}"


def _claim(graph_lines: Lines) -> str:
    return next(line.split(" ", 1)[0] for line in graph_lines if TERM["akg:value"] in line)


def _on_claim(name: str, target: str) -> Mutation:
    """One more statement about a claim that has a value."""
    return lambda given: [*given, _fact(_claim(given), name, target)]


def _claim_without(name: str) -> Mutation:
    return lambda given: [line for line in given if not line.startswith(f"{_claim(given)} {TERM[name]}")]


def _place(given: Lines) -> str:
    return next(line.split(" ", 1)[0] for line in given if TERM["oa:exact"] in line)


def _at_place(name: str, put: str) -> Mutation:
    """One quoted place says something else."""

    def change(given: Lines) -> Lines:
        start = f"{_place(given)} {TERM[name]} "
        return [_said(_place(given), name, put) if line.startswith(start) else line for line in given]

    return change


def _turned(given: Lines) -> Lines:
    """The symmetric edge, written the other way round."""
    small, great = node("thing/beaconnet"), node("thing/pebblenet")
    edge = f"{small} {TERM['akg:comparedWith']} {great}"
    return [line.replace(edge, f"{great} {TERM['akg:comparedWith']} {small}") for line in given]


MUTATIONS: dict[str, tuple[Mutation, str]] = {
    "paper without title": (_without(f"{PAPER} {TERM['dcterms:title']}"), "dcterms:title"),
    "paper with two titles": (_with(_fact(PAPER, "dcterms:title", string("x"))), "dcterms:title"),
    "paper without abstract": (_without(f"{PAPER} {TERM['dcterms:abstract']}"), "dcterms:abstract"),
    "paper without identifier": (_without(f"{PAPER} {TERM['dcterms:identifier']}"), "dcterms:identifier"),
    "paper without type": (_without(f"{PAPER} {TERM['rdf:type']} {TERM['akg:Paper']}"), "Paper"),
    "year as text": (_instead(PAPER, TERM["akg:year"], of=integer(2017), put=string("2017")), "akg:year"),
    "year out of range": (_instead(PAPER, TERM["akg:year"], of='"2017"', put='"20170"'), "akg:year"),
    "paper with something unknown": (_with(_fact(PAPER, "akg:unknown", string("x"))), "akg:unknown"),
    "mentions a paper": (_with(_fact(PAPER, "akg:mentions", PAPER)), "akg:mentions"),
    "introduces a text": (_with(_fact(PAPER, "akg:introduces", string("x"))), "akg:introduces"),
    "claims a thing": (_with(_fact(PAPER, "akg:claims", BEACON)), "akg:claims"),
    "thing without label": (_without(f"{BEACON} {TERM['skos:prefLabel']}"), "skos:prefLabel"),
    "thing with two labels": (_with(_fact(BEACON, "skos:prefLabel", string("x"))), "skos:prefLabel"),
    "empty label": (_instead(BEACON, TERM["skos:prefLabel"], of=string("BeaconNet"), put=string("")), "skos:prefLabel"),
    "alias that is the label": (_with(_fact(BEACON, "skos:altLabel", string("BeaconNet"))), "skos:altLabel"),
    "thing of two types": (_with(_fact(BEACON, "rdf:type", TERM["akg:Task"])), "Thing"),
    "thing of no type": (_without(f"{TOWN} {TERM['rdf:type']} {TERM['akg:Dataset']}"), "Thing"),
    "thing that is no concept": (_without(f"{TOWN} {TERM['rdf:type']} {TERM['skos:Concept']}"), "Thing"),
    "architecture that is no method": (_without(f"{BEACON} {TERM['rdf:type']} {TERM['akg:Method']}"), "Thing"),
    "thing without count": (_without(f"{BEACON} {TERM['akg:paperCount']}"), "akg:paperCount"),
    "count below nought": (_instead(BEACON, TERM["akg:paperCount"], of='"3"', put='"-3"'), "akg:paperCount"),
    "thing with something unknown": (_with(_fact(BEACON, "akg:unknown", string("x"))), "akg:unknown"),
    "broader than nothing": (_with(_fact(BEACON, "skos:broader", node("thing/none"))), "skos:broader"),
    "form without count": (_without(TERM["akg:mentionCount"]), "akg:mentionCount"),
    "claim of two kinds": (_on_claim("rdf:type", TERM["akg:Finding"]), "Claim"),
    "claim of no kind": (_without(TERM["rdf:type"], TERM["akg:Limitation"]), "Claim"),
    "claim without sentence": (_claim_without("akg:sentence"), "akg:sentence"),
    "claim without polarity": (_claim_without("akg:polarity"), "akg:polarity"),
    "unknown polarity": (_on_claim("akg:polarity", string("mixed")), "akg:polarity"),
    "subject twice": (_on_claim("akg:subject", TOWN), "akg:subject"),
    "subject in words too": (_on_claim("akg:subjectText", string("x")), "Claim"),
    "dataset in words too": (_on_claim("akg:datasetText", string("x")), "Claim"),
    "subject that is a paper": (_on_claim("akg:subject", PAPER), "akg:subject"),
    "two values": (_on_claim("akg:value", string("9")), "akg:value"),
    "number without value": (_without(TERM["akg:value"]), "akg:value"),
    "number that is a text": (_on_claim("akg:base", string("1")), "akg:base"),
    "bounds in the wrong order": (
        lambda given: [*given, _fact(_claim(given), "akg:low", decimal(3)), _fact(_claim(given), "akg:high", decimal(2))],
        "akg:low",
    ),
    "unknown kind of quantity": (
        _instead(TERM["akg:quantityKind"], of=string("exact"), put=string("roughly")),
        "akg:quantityKind",
    ),
    "claim of two papers": (
        lambda given: [*given, _fact(node("paper/again"), "akg:claims", _claim(given))],
        "inversePath",
    ),
    "claim of no paper": (_without(f"{node('paper/lamp')} {TERM['akg:claims']}"), "inversePath"),
    "fact without subject": (_without(f"{FACT} {TERM['rdf:subject']}"), "rdf:subject"),
    "fact without predicate": (_without(f"{FACT} {TERM['rdf:predicate']}"), "rdf:predicate"),
    "fact of an unknown edge": (_instead(FACT, TERM["rdf:predicate"], of=TERM["akg:outperforms"], put=TERM["akg:names"]), "rdf:predicate"),
    "fact about itself": (_instead(FACT, TERM["rdf:object"], of=node("thing/stonenet"), put=BEACON), "rdf:subject"),
    "fact without confidence": (_without(f"{FACT} {TERM['akg:confidence']}"), "akg:confidence"),
    "confidence above one": (_instead(FACT, TERM["akg:confidence"], of='"0.8"', put='"1.8"'), "akg:confidence"),
    "confidence below nought": (_instead(FACT, TERM["akg:confidence"], of='"0.8"', put='"-0.8"'), "akg:confidence"),
    "confidence as text": (_instead(FACT, TERM["akg:confidence"], of=decimal(0.8), put=string("0.8")), "akg:confidence"),
    "fact without stage": (_without(f"{FACT} {TERM['akg:stage']}"), "akg:stage"),
    "fact that nobody states": (_without(f"{FACT} {TERM['akg:statedIn']}"), "Fact"),
    "fact stated in a paper": (_with(_said(FACT, "akg:statedIn", PAPER)), "akg:statedIn"),
    "fact without count": (_without(f"{FACT} {TERM['akg:paperCount']}"), "akg:paperCount"),
    "evidence of two facts": (
        lambda given: [*given, _said(next(line.split(" ")[0] for line in given if TERM["oa:hasBody"] in line), "oa:hasBody", FACT)],
        "oa:hasBody",
    ),
    "evidence without place": (_without(TERM["oa:hasTarget"]), "Evidence"),
    "start after end": (_at_place("oa:start", integer(9_999)), "oa:start"),
    "start below nought": (_at_place("oa:start", integer(-1)), "oa:start"),
    "place of no paper": (_at_place("oa:hasSource", node("paper/none")), "oa:hasSource"),
    "place without words": (
        lambda given: [line for line in given if not line.startswith(f"{_place(given)} {TERM['oa:exact']}")],
        "oa:exact",
    ),
    "mention that names a paper": (_with(_said(node("paper/beacon#char=0,2"), "akg:names", PAPER)), "akg:names"),
    "mention without score": (_without(" ", "#char=", TERM["akg:confidence"]), "akg:confidence"),
    "used for a dataset": (_with(_fact(BEACON, "akg:usedFor", TOWN)), "UsedForObject"),
    "task used for something": (_with(_fact(node("thing/map-reading"), "akg:usedFor", BEACON)), "UsedForSubject"),
    "evaluated on a task": (_with(_fact(BEACON, "akg:evaluatedOn", node("thing/map-reading"))), "EvaluatedOnObject"),
    "dataset that is evaluated": (_with(_fact(TOWN, "akg:evaluatedOn", TOWN)), "EvaluatedOnSubject"),
    "trained on a metric": (_with(_fact(BEACON, "akg:trainedOn", node("thing/accuracy"))), "TrainedOnObject"),
    "task that is trained": (_with(_fact(node("thing/map-reading"), "akg:trainedOn", TOWN)), "TrainedOnSubject"),
    "measured by a dataset": (_with(_fact(BEACON, "akg:measuredBy", TOWN)), "MeasuredByObject"),
    "dataset that is measured": (_with(_fact(TOWN, "akg:measuredBy", node("thing/accuracy"))), "MeasuredBySubject"),
    "part of a metric": (_with(_fact(BEACON, "akg:partOf", node("thing/accuracy"))), "PartOfObject"),
    "metric that is part": (_with(_fact(node("thing/accuracy"), "akg:partOf", BEACON)), "PartOfSubject"),
    "a kind of another type": (_with(_fact(BEACON, "akg:isA", TOWN)), "IsA"),
    "based on a task": (_with(_fact(BEACON, "akg:basedOn", node("thing/map-reading"))), "BasedOnObject"),
    "task based on something": (_with(_fact(node("thing/map-reading"), "akg:basedOn", BEACON)), "BasedOnSubject"),
    "outperforms a dataset": (_with(_fact(BEACON, "akg:outperforms", TOWN)), "OutperformsObject"),
    "dataset that outperforms": (_with(_fact(TOWN, "akg:outperforms", BEACON)), "OutperformsSubject"),
    "compared with a dataset": (_with(_fact(BEACON, "akg:comparedWith", TOWN)), "ComparedWithObject"),
    "dataset that is compared": (_with(_fact(TOWN, "akg:comparedWith", BEACON)), "ComparedWithSubject"),
    "edge without fact": (_without(f"{FACT} "), "edge-has-fact"),
    "fact without edge": (_without(f"{BEACON} {TERM['akg:outperforms']}"), "fact-has-edge"),
    "two facts of one edge": (
        lambda given: [*given, *(line.replace(FACT, node("fact/again")) for line in given if line.startswith(FACT))],
        "one-fact-an-edge",
    ),
    "symmetric edge the wrong way": (_turned, "symmetric-once"),
    "words that are not in the text": (_at_place("oa:exact", string("other words")), "quote-is-in-text"),
    "offsets that are not the node's": (_at_place("oa:end", integer(9_999)), "place-is-its-name"),
    "a sentence that is not quoted": (
        lambda given: [
            _fact(_claim(given), "akg:sentence", string("other words"))
            if line.startswith(f"{_claim(given)} {TERM['akg:sentence']}")
            else line
            for line in given
        ],
        "sentence-is-quoted",
    ),
    "papers miscounted": (_instead(SEVERAL, TERM["akg:paperCount"], of='"2"', put='"5"'), "papers-are-counted"),
    "a thing that is not there": (_with(_fact(PAPER, "akg:mentions", node("thing/none"))), "nothing-dangles-concept"),
    "a claim that is not there": (_with(_fact(PAPER, "akg:claims", node("claim/none"))), "nothing-dangles-claim"),
    "a paper that is not there": (_at_place("oa:hasSource", node("paper/none")), "nothing-dangles-paper"),
    "a passage that is not there": (_with(_said(FACT, "akg:statedIn", node("paper/no#char=0,1"))), "nothing-dangles-passage"),
    "a fact that is not there": (_with(_said(node("evidence/x/y"), "oa:hasBody", node("fact/none"))), "nothing-dangles-fact"),
    "a form that is not there": (_with(_said(BEACON, "skosxl:altLabel", node("thing/x#form-y"))), "nothing-dangles-label"),
    "a blank node": (_with(f"_:b {TERM['skos:altLabel']} {string('x')}{IN_FACTS}"), "no-blank-nodes"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "rule"), MUTATIONS.values(), ids=list(MUTATIONS))
def test_every_broken_rule_is_found(graph: MemoryGraph, change: Mutation, rule: str) -> None:
    """One thing is made wrong, and the report names its rule."""
    given = list(lines(graph))
    changed = change(given)
    assert changed != given
    report = validate(parse(changed))
    assert not report.conforms
    assert any(rule in f"{breach.rule} {breach.message}" for breach in report.breaches), report.breaches


def test_every_rule_of_the_whole_has_a_mutation() -> None:
    """No rule goes untested."""
    broken = {rule for _, rule in MUTATIONS.values()}
    assert {rule.name for rule in RULES} <= broken


def test_pieces_find_what_one_run_finds() -> None:
    """A thing whose edge breaks a rule is found in pieces too."""

    class Wrong(MemoryGraph):
        __slots__ = ()

    graph = corpus.graph()
    wrong = Wrong(graph._contributions, {**graph._things}, graph._hierarchy)
    town = wrong._things["thing/townmaps"]
    wrong._things["thing/townmaps"] = replace(town, type=EntityType.TASK)
    report = validate(wrong)
    assert {"EvaluatedOnObject", "TrainedOnObject"} <= {breach.rule for breach in report.breaches}
    assert all(re.fullmatch(r"[^\n]+", breach.message) for breach in report.breaches)


def test_breaches_are_bounded(graph: MemoryGraph) -> None:
    """Of a rule that is broken everywhere, no more are told than asked for."""
    bare = load(parse(line for line in lines(graph) if "/fact/" not in line.split(" ", 1)[0]))
    found = breaches(bare, most=3)
    assert len([breach for breach in found if breach.rule == "edge-has-fact"]) == 3
