"""The node of a fact, as N-Quads lines: what it says, how sure it is, and the passages that state it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.domain import Evidence, Fact
from kg.identifiers import NodeId, content_hash
from kg.rdf.terms import IN_EVIDENCE, TERM, decimal, integer, node, passage, string

__all__ = ["fact_lines", "fact_node"]


def fact_node(fact: Fact) -> str:
    """The node of a fact, as a term: readable, and the same whoever states it.

    >>> fact_node(Fact(subject="thing/vit", predicate="evaluatedOn", object="thing/imagenet"))
    '<https://w3id.org/abstract-kg/resource/fact/vit/evaluatedOn/imagenet>'
    """
    subject, target = fact.subject.partition("/")[2], fact.object.partition("/")[2]
    return node(f"fact/{subject}/{fact.predicate}/{target}")


def fact_lines(fact: Fact) -> Iterator[str]:
    """The node of one fact. Several evidences have one node each; a single one is told by the fact's own node."""
    me = fact_node(fact)
    for name, term in _statement(fact):
        yield f"{me} {TERM[name]} {term}{IN_EVIDENCE}"
    for item in fact.evidence:
        place = _place(item)
        if place is not None:
            yield f"{me} {TERM['akg:statedIn']} {place}{IN_EVIDENCE}"
        if len(fact.evidence) > 1:
            yield from _support(me, item, place)


def _statement(fact: Fact) -> Iterator[tuple[str, str]]:
    yield "rdf:type", TERM["akg:Fact"]
    yield "rdf:subject", node(fact.subject)
    yield "rdf:predicate", TERM["akg:" + fact.predicate]
    yield "rdf:object", node(fact.object)
    yield "akg:confidence", decimal(fact.score)
    yield "akg:paperCount", integer(len(fact.papers))
    for stage in sorted({item.stage for item in fact.evidence}):
        yield "akg:stage", string(stage)


def _place(item: Evidence) -> str | None:
    """The passage of an evidence; an authority's has none."""
    return passage(_paper_node(item.paper), item.part, item.start, item.end) if item.part != "none" else None


@lru_cache(maxsize=4096)
def _paper_node(paper_id: str) -> str:
    return str(NodeId.paper(paper_id))


def _support(body: str, item: Evidence, place: str | None) -> Iterator[str]:
    """One evidence of several."""
    owner = _paper_node(item.paper).partition("/")[2] if item.paper else item.stage
    score = decimal(item.score)
    me = node(f"evidence/{owner}/{content_hash(body, place or '', item.stage, score, digits=12)}")
    yield f"{me} {TERM['rdf:type']} {TERM['akg:Evidence']}{IN_EVIDENCE}"
    yield f"{me} {TERM['oa:hasBody']} {body}{IN_EVIDENCE}"
    if place is not None:
        yield f"{me} {TERM['oa:hasTarget']} {place}{IN_EVIDENCE}"
    yield f"{me} {TERM['akg:stage']} {string(item.stage)}{IN_EVIDENCE}"
    yield f"{me} {TERM['akg:confidence']} {score}{IN_EVIDENCE}"
