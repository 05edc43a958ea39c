"""What one paper brings to the graph: its record, told in the ids of things.

In: a Record and the naming that linking gave (entity name of this paper → thing). Out: a Contribution, a pure function
of the two, so that a paper can be added, replaced or taken out by itself. What does not fit the rules of the edges
(types that a relation may not join, a thing related to itself after linking) is set aside and told, never dropped
in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.domain import Claim, ClaimKind, Evidence, Fact, Mention, Paper, Record, Relation, RelationType, Span, Thing
from kg.graph.rules import EDGE_RULES
from kg.identifiers import NodeId, content_hash

__all__ = ["Contribution", "LinkedClaim", "LinkedMention", "SetAside", "contribute"]

TextPart = Literal["text", "title"]

_COMPARED = {"outperforms": (RelationType.OUTPERFORMS, False), "underperforms": (RelationType.OUTPERFORMS, True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMention:
    """A mention and the thing it names; `part` says whether it stands in the text or in the title."""

    mention: Mention
    thing: str
    part: TextPart = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedClaim:
    """A claim as a node: its id, its paper, and the things its slots name (None where they are only words)."""

    id: str
    paper: str
    claim: Claim
    subject: str | None = None
    object: str | None = None
    metric: str | None = None
    dataset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A relation that was found but is not kept as a fact, and why."""

    paper: str
    relation: Relation
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """All that one paper says, in ids of nodes. Facts are sorted and hold this paper's evidence only.

    `sentences` are those of the record, so that a mention can be shown in its sentence.
    """

    paper: Paper
    node: str
    mentions: tuple[LinkedMention, ...]
    claims: tuple[LinkedClaim, ...]
    facts: tuple[Fact, ...]
    set_aside: tuple[SetAside, ...]
    sentences: tuple[Span, ...] = ()


class _Facts:
    """Evidence of one paper, gathered by fact."""

    def __init__(self) -> None:
        self._evidence: dict[tuple[str, str, str], set[Evidence]] = {}

    def add(self, subject: str, predicate: str, target: str, evidence: Evidence) -> None:
        self._evidence.setdefault((subject, predicate, target), set()).add(evidence)

    def all(self) -> Iterator[Fact]:
        for (subject, predicate, target), evidence in sorted(self._evidence.items()):
            yield Fact(subject=subject, predicate=predicate, object=target, evidence=tuple(sorted(evidence)))


def contribute(record: Record, naming: Mapping[str, Thing]) -> Contribution:
    """The paper's contribution.

    naming: entity name of this record → Thing; names without a thing are left out of the facts.
    """
    paper = record.paper
    node = str(NodeId.paper(paper.id))
    facts = _Facts()
    mentions = tuple(_linked_mentions(record, naming))
    for linked in mentions:
        facts.add(node, "mentions", linked.thing, _evidence(paper, linked.mention.span, "mentions", linked))
    for name in record.introduced:
        if thing := naming.get(name):
            for item in _introduction(record, thing.id, mentions):
                facts.add(node, "introduces", thing.id, item)
    set_aside: list[SetAside] = []
    for relation in record.relations:
        if why := _relate(record, relation, naming, mentions, facts):
            set_aside.append(SetAside(paper=paper.id, relation=relation, why=why))
    claims = _linked_claims(record, naming, node)
    for linked_claim in claims:
        claim = linked_claim.claim
        evidence = _at(paper, claim.sentence, "claims", claim.score)
        facts.add(node, "claims", linked_claim.id, evidence)
        _compare(linked_claim, naming, facts, evidence)
    return Contribution(
        paper=paper,
        node=node,
        mentions=mentions,
        claims=claims,
        facts=tuple(facts.all()),
        set_aside=tuple(set_aside),
        sentences=record.sentences,
    )


def _at(paper: Paper, span: Span, stage: str, score: float) -> Evidence:
    return Evidence(paper=paper.id, start=span.start, end=span.end, stage=stage, score=score)


def _evidence(paper: Paper, span: Span, stage: str, linked: LinkedMention) -> Evidence:
    return Evidence(
        paper=paper.id, start=span.start, end=span.end, part=linked.part, stage=stage, score=linked.mention.score
    )


def _linked_mentions(record: Record, naming: Mapping[str, Thing]) -> Iterator[LinkedMention]:
    forms = {form: entity.name for entity in record.entities for form in reversed(entity.forms)}
    parts: tuple[tuple[TextPart, tuple[Mention, ...]], ...] = (
        ("title", record.title_mentions),
        ("text", record.mentions),
    )
    for part, mentions in parts:
        for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.type)):
            name = mention.entity if mention.entity is not None else forms.get(mention.text)
            thing = naming.get(name) if name is not None else None
            if thing is not None:
                yield LinkedMention(mention=mention, thing=thing.id, part=part)


def _sentence_at(record: Record, span: Span) -> Span:
    """The sentence that holds the start of the span; the whole text where no sentences are known."""
    for sentence in record.sentences:
        if sentence.start <= span.start < sentence.end:
            return sentence
    return Span(start=0, end=len(record.paper.text))


def _introduction(record: Record, thing: str, mentions: tuple[LinkedMention, ...]) -> Iterator[Evidence]:
    """The sentence that presents the thing: a contribution that holds a mention of it, else its first mention."""
    own = [linked for linked in mentions if linked.thing == thing and linked.part == "text"]
    contributions = [c for c in record.claims if c.kind is ClaimKind.CONTRIBUTION]
    for claim in contributions:
        if any(claim.sentence.overlaps(linked.mention.span) for linked in own):
            yield _at(record.paper, claim.sentence, "introduced", claim.score)
            return
    if own:
        yield _at(record.paper, _sentence_at(record, own[0].mention.span), "introduced", own[0].mention.score)
        return
    in_title = next((linked for linked in mentions if linked.thing == thing), None)
    if in_title is not None:
        yield _evidence(record.paper, in_title.mention.span, "introduced", in_title)


def _relation_evidence(
    record: Record, relation: Relation, head: str, tail: str, mentions: tuple[LinkedMention, ...]
) -> Span:
    """The relation's own evidence; else the first sentence that names both; else the whole text."""
    if relation.evidence is not None:
        return relation.evidence
    named: dict[str, list[Span]] = {head: [], tail: []}
    for linked in mentions:
        if linked.part == "text" and linked.thing in named:
            named[linked.thing].append(_sentence_at(record, linked.mention.span))
    both = [span for span in named[head] if span in named[tail]]
    return both[0] if both else Span(start=0, end=len(record.paper.text))


def _relate(
    record: Record,
    relation: Relation,
    naming: Mapping[str, Thing],
    mentions: tuple[LinkedMention, ...],
    facts: _Facts,
) -> str | None:
    """Add the relation's fact, or say why it is not one."""
    head, tail = naming.get(relation.head), naming.get(relation.tail)
    if head is None or tail is None:
        return f"no entity named {relation.head if head is None else relation.tail!r}"
    if head.id == tail.id:
        return "head and tail are one thing"
    rule = EDGE_RULES[relation.type]
    if not rule.allows(head.type, tail.type):
        return f"{rule.predicate} may not lead from {head.type} to {tail.type}"
    subject, target = sorted((head.id, tail.id)) if rule.symmetric else (head.id, tail.id)
    span = _relation_evidence(record, relation, head.id, tail.id, mentions)
    facts.add(subject, rule.predicate, target, _at(record.paper, span, "relations", relation.score))
    return None


def _linked_claims(record: Record, naming: Mapping[str, Thing], node: str) -> tuple[LinkedClaim, ...]:
    seen: dict[str, int] = {}
    linked = []
    for claim in record.claims:
        slots = (claim.subject, claim.predicate, claim.object, claim.metric, claim.value, claim.dataset)
        place = (claim.kind.value, str(claim.sentence.start), str(claim.sentence.end))
        digest = content_hash(*place, *(slot or "" for slot in slots))
        seen[digest] = seen.get(digest, 0) + 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        things = {
            slot: naming[name].id
            for slot in ("subject", "object", "metric", "dataset")
            if (name := getattr(claim, slot)) is not None and name in naming
        }
        claim_id = f"claim/{node.removeprefix('paper/')}-{digest}{again}"
        linked.append(LinkedClaim(id=claim_id, paper=record.id, claim=claim, **things))
    return tuple(sorted(linked, key=lambda c: (c.claim.sentence, c.id)))


def _compare(linked: LinkedClaim, naming: Mapping[str, Thing], facts: _Facts, evidence: Evidence) -> None:
    """A comparison between two known things is also an edge between them."""
    claim = linked.claim
    if claim.kind is not ClaimKind.COMPARISON or claim.predicate not in _COMPARED:
        return
    subject, target = naming.get(claim.subject or ""), naming.get(claim.object or "")
    if subject is None or target is None or subject.id == target.id:
        return
    relation, turned = _COMPARED[claim.predicate]
    if turned:
        subject, target = target, subject
    rule = EDGE_RULES[relation]
    if rule.allows(subject.type, target.type):
        facts.add(subject.id, rule.predicate, target.id, evidence)
