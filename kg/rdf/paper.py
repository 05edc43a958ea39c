"""What one paper brings, as N-Quads lines: the paper itself, its claims, its passages and its mentions.

In: a Contribution. Out: lines of the pieces that belong to the paper alone; the edges between things and how sure they
are belong to the things (`kg.rdf.thing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kg.domain import Paper, Quantity
from kg.graph import Contribution, LinkedClaim
from kg.graph.contribution import TextPart
from kg.rdf.terms import (
    IN_EVIDENCE,
    IN_FACTS,
    TERM,
    boolean,
    date,
    decimal,
    integer,
    node,
    number,
    passage,
    string,
    web,
)

__all__ = ["claim_lines", "mention_lines", "paper_lines", "passage_lines"]

_CLASSES = ("akg:Paper", "fabio:ResearchPaper", "schema:ScholarlyArticle")


def paper_lines(contribution: Contribution, *, full: bool) -> Iterator[str]:
    """The paper, and what it introduces, mentions and claims."""
    paper, me = contribution.paper, node(contribution.node)
    for kind in _CLASSES:
        yield f"{me} {TERM['rdf:type']} {TERM[kind]}{IN_FACTS}"
    for name, term in chain(_bibliography(paper), _addresses(paper)):
        yield f"{me} {TERM[name]} {term}{IN_FACTS}"
    for fact in contribution.facts:
        if fact.subject == contribution.node:
            yield f"{me} {TERM['akg:' + fact.predicate]} {node(fact.object)}{IN_FACTS}"
    # The file and its format, and not the entry's number there: that moves when a neighbour in the file goes (decision 0001).
    for where in sorted({f"{source.file} ({source.format})" for source in paper.sources}) if full else ():
        yield f"{me} {TERM['dc:source']} {string(where)}{IN_EVIDENCE}"


def _bibliography(paper: Paper) -> Iterator[tuple[str, str]]:
    """Property and value of what is known about the paper as a text."""
    yield "dcterms:title", string(paper.title)
    yield "dcterms:abstract", string(paper.text)
    for name in (paper.id, *paper.other_ids):
        yield "dcterms:identifier", string(name)
    for name in paper.authors:
        yield "dc:creator", string(name)
    if paper.authors:
        yield "akg:authorList", string("; ".join(paper.authors))
    if count := paper.author_count or len(paper.authors):
        yield "akg:authorCount", integer(count)
    if paper.year is not None:
        yield "akg:year", integer(paper.year)
    if issued := paper.date or (f"{paper.year:04d}" if paper.year is not None else None):
        yield "dcterms:issued", date(issued)
    if paper.venue:
        yield "akg:venue", string(paper.venue)
    if paper.comments is not None:
        yield "schema:commentCount", integer(paper.comments)


def _addresses(paper: Paper) -> Iterator[tuple[str, str]]:
    """Property and value of where the paper and its code are; what is no web address stays a text."""
    if paper.doi:
        yield "prism:doi", string(paper.doi)
        if same := web(f"https://doi.org/{paper.doi}"):
            yield "schema:sameAs", same
    if paper.arxiv:
        yield "akg:arxivId", string(paper.arxiv)
        if same := web(f"https://arxiv.org/abs/{paper.arxiv}"):
            yield "schema:sameAs", same
    if paper.url:
        yield "schema:url", web(paper.url) or string(paper.url)
    for place in paper.code:
        yield "akg:code", web(place) or string(place)


def claim_lines(contribution: Contribution, *, full: bool) -> Iterator[str]:
    """The paper's claims: each slot as a thing where it is linked, as words where it is not."""
    for linked in contribution.claims:
        me = node(linked.id)
        for name, term in chain(_claim(linked, contribution.paper), _slots(linked)):
            yield f"{me} {TERM[name]} {term}{IN_FACTS}"
        if full:
            place = passage(contribution.node, "text", linked.claim.sentence.start, linked.claim.sentence.end)
            yield f"{me} {TERM['akg:statedIn']} {place}{IN_EVIDENCE}"
            yield f"{me} {TERM['akg:confidence']} {decimal(linked.claim.score)}{IN_EVIDENCE}"


def _claim(linked: LinkedClaim, paper: Paper) -> Iterator[tuple[str, str]]:
    claim = linked.claim
    yield "rdf:type", TERM["akg:Claim"]
    yield "rdf:type", TERM["akg:" + claim.kind.value.capitalize()]
    yield "akg:sentence", string(claim.sentence.of(paper.text))
    yield "akg:polarity", string(claim.polarity.value)
    if claim.predicate is not None:
        yield "akg:predicate", string(claim.predicate)
    if claim.value is not None:
        yield "akg:value", string(claim.value)
    if claim.quantity is not None:
        yield from _quantity(claim.quantity)


def _slots(linked: LinkedClaim) -> Iterator[tuple[str, str]]:
    for slot in ("subject", "object", "metric", "dataset"):
        thing, words = getattr(linked, slot), getattr(linked.claim, slot)
        if thing is not None:
            yield f"akg:{slot}", node(thing)
        elif words is not None:
            yield f"akg:{slot}Text", string(words)


def _quantity(quantity: Quantity) -> Iterator[tuple[str, str]]:
    """A single number is `akg:number`; bounds and ranges are `akg:low` and `akg:high`."""
    yield "akg:quantityKind", string(quantity.kind.value)
    single = (("number", quantity.low),)
    bounds = (("low", quantity.low), ("high", quantity.high))
    ends: tuple[tuple[str, float | None], ...] = single if quantity.low == quantity.high else bounds
    for name, figure in (*ends, ("base", quantity.base), ("tolerance", quantity.tolerance)):
        if figure is not None and (term := number(figure)) is not None:
            yield f"akg:{name}", term
    if quantity.unit is not None:
        yield "akg:unit", string(quantity.unit)
    if quantity.relative is not None:
        yield "akg:relative", boolean(quantity.relative)


def passage_lines(contribution: Contribution) -> Iterator[str]:
    """The passages that facts and claims rest on."""
    spans = {("text", linked.claim.sentence.start, linked.claim.sentence.end) for linked in contribution.claims}
    for fact in contribution.facts:
        if fact.predicate not in ("claims", "mentions"):
            spans |= {(item.part, item.start, item.end) for item in fact.evidence if item.part != "none"}
    for span in sorted(spans):
        me = passage(contribution.node, *span)
        yield f"{me} {TERM['rdf:type']} {TERM['akg:Passage']}{IN_EVIDENCE}"
        yield from _span(contribution, me, *span)


def mention_lines(contribution: Contribution) -> Iterator[str]:
    """The mentions: passages that name a thing."""
    best: dict[tuple[TextPart, int, int], float] = {}
    for linked in contribution.mentions:
        mention = linked.mention
        span = (linked.part, mention.start, mention.end)
        best[span] = max(best.get(span, 0.0), mention.score)
        yield f"{passage(contribution.node, *span)} {TERM['akg:names']} {node(linked.thing)}{IN_EVIDENCE}"
    for span, score in best.items():
        me = passage(contribution.node, *span)
        yield from _span(contribution, me, *span)
        yield f"{me} {TERM['akg:confidence']} {decimal(score)}{IN_EVIDENCE}"


def _span(contribution: Contribution, me: str, part: str, start: int, end: int) -> Iterator[str]:
    text = contribution.paper.title if part == "title" else contribution.paper.text
    yield f"{me} {TERM['oa:hasSource']} {node(contribution.node)}{IN_EVIDENCE}"
    yield f"{me} {TERM['oa:exact']} {string(text[start:end])}{IN_EVIDENCE}"
    yield f"{me} {TERM['oa:start']} {integer(start)}{IN_EVIDENCE}"
    yield f"{me} {TERM['oa:end']} {integer(end)}{IN_EVIDENCE}"
