"""The one sanitising projection: any graph as rows of nodes and edges that every format can carry.

In: a `Graph` and `Filters`. Out: `NodeRow`s and `EdgeRow`s, sorted by id, in streams that can be asked for again and
again; what is held is one set of ids where filters are set, and the papers' texts, compressed, for the sentences.

Nodes are papers, things and claims; edges are facts; so without filters there are exactly as many as `Graph.counts()`
says, in every format. A claim's slots are columns of its node. What it cannot do: mentions and the evidence one by
one; the full RDF exports have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.domain import Evidence, Fact, Paper, Thing, noisy_or
from kg.graph.columns import EdgeRow, NodeRow, join, safe_number, safe_text
from kg.graph.contribution import LinkedClaim
from kg.graph.filters import CLAIM_CLASSES, Filters, find_thing
from kg.graph.model import Graph
from kg.graph.quotes import Quotes, strongest
from kg.graph.rules import CLASS_NAMES, EDGE_RULES
from kg.identifiers import RESOURCE, NodeId

__all__ = ["READS", "Projection", "edge_id"]

_SENTENCES = 3
_PAPER_IDS = 20
_SCORE_DIGITS = 4

READS = {rule.predicate: rule.reads for rule in EDGE_RULES.values()} | {
    name: name for name in ("claims", "introduces", "mentions")
}
"""How each relation reads in a sentence."""


def edge_id(fact: Fact) -> str:
    """The id of a fact, unique among all edges: a slug holds no colon.

    >>> edge_id(Fact(subject="thing/vit", predicate="evaluatedOn", object="thing/imagenet"))
    'thing/vit:evaluatedOn:thing/imagenet'
    """
    return f"{fact.subject}:{fact.predicate}:{fact.object}"


class Projection:
    """Rows of a graph, filtered. Raises UsageError where `filters.around` names nothing in the graph."""

    def __init__(self, graph: Graph, filters: Filters | None = None, *, quotes: Quotes | None = None) -> None:
        self.graph = graph
        self.filters = filters or Filters()
        self.quotes = quotes or Quotes(graph)
        self._kept: frozenset[str] | None = None if self.filters.all else self._keep()

    def nodes(self) -> Iterator[NodeRow]:
        """Every kept node, by id: claims, papers, things."""
        for linked in self.graph.claims():
            if self.keeps(linked.id):
                yield self._claim(linked)
        for paper in self.graph.papers():
            if self.keeps(str(NodeId.paper(paper.id))):
                yield _paper(paper)
        for thing in self.graph.things():
            if self.keeps(thing.id):
                yield self._thing(thing)

    def edges(self) -> Iterator[EdgeRow]:
        """Every kept fact, by source, relation, target; both its ends are among `nodes()`."""
        for fact in self.facts():
            yield self.edge(fact)

    def facts(self) -> Iterator[Fact]:
        """The facts of `edges()`, with the evidence that the filters leave."""
        for fact in self._filtered(self.graph.facts()):
            if self.keeps(fact.subject) and self.keeps(fact.object):
                yield fact

    def keeps(self, node: str) -> bool:
        """Whether a node, by id, is among `nodes()`."""
        return self._kept is None or node in self._kept

    def _filtered(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that meet every condition that can be told from the fact alone."""
        filters = self.filters
        dated = filters.since is not None or filters.until is not None
        for fact in facts:
            if filters.relations and fact.predicate not in filters.relations:
                continue
            if dated:
                evidence = tuple(item for item in fact.evidence if self._counts(item))
                if not evidence:
                    continue
                fact = Fact(subject=fact.subject, predicate=fact.predicate, object=fact.object, evidence=evidence)
            if filters.min_support and fact.subject.startswith("thing/") and len(fact.papers) < filters.min_support:
                continue
            if filters.min_score and fact.score < filters.min_score:
                continue
            yield fact

    def _counts(self, evidence: Evidence) -> bool:
        return evidence.part == "none" or self.filters.in_years(self.quotes.year(evidence.paper))

    def counted(self, paper_ids: Iterable[str]) -> list[str]:
        """The papers among these that the years leave."""
        return [paper for paper in paper_ids if self.filters.in_years(self.quotes.year(paper))]

    def _keep(self) -> frozenset[str]:
        """Ids of the nodes to keep."""
        kept = set(self._eligible())
        if self.filters.around is not None:
            kept = self._near(find_thing(self.graph, self.filters.around).id, kept)
        if self.filters.relations:
            start = {find_thing(self.graph, self.filters.around).id} if self.filters.around is not None else set()
            touched = set(start)
            for fact in self._filtered(self.graph.facts()):
                if fact.subject in kept and fact.object in kept:
                    touched.update((fact.subject, fact.object))
            kept &= touched
        return frozenset(kept)

    def _eligible(self) -> Iterator[str]:
        """Ids of the nodes that meet every condition that can be told from the node alone."""
        filters, classes = self.filters, self.filters.classes
        dated = filters.since is not None or filters.until is not None
        for linked in self.graph.claims():
            fits = not classes or CLAIM_CLASSES[linked.claim.kind] in classes
            if fits and linked.claim.score >= filters.min_score and self.counted((linked.paper,)):
                yield linked.id
        for paper in self.graph.papers():
            if (not classes or "Paper" in classes) and filters.in_years(paper.year):
                yield str(NodeId.paper(paper.id))
        for thing in self.graph.things():
            if not classes or CLASS_NAMES[thing.type] in classes:
                papers = len(self.counted(thing.papers))
                if papers >= filters.min_papers and (papers or not dated):
                    yield thing.id

    def _near(self, start: str, among: set[str]) -> set[str]:
        """What can be reached from `start` in `depth` steps through `among`; one pass over the facts a step."""
        among = among | {start}
        reached = {start}
        for _ in range(self.filters.depth):
            found: set[str] = set()
            for fact in self._filtered(self.graph.facts()):
                if fact.subject in among and fact.object in among:
                    if fact.subject in reached:
                        found.add(fact.object)
                    if fact.object in reached:
                        found.add(fact.subject)
            if found <= reached:
                break
            reached |= found
        return reached

    def _years(self, paper_ids: Iterable[str]) -> tuple[int | None, int | None]:
        years = [year for paper in paper_ids if (year := _year(self.quotes.year(paper))) is not None]
        return (min(years), max(years)) if years else (None, None)

    def _claim(self, linked: LinkedClaim) -> NodeRow:
        claim, quantity = linked.claim, linked.claim.quantity
        sentence = Evidence(paper=linked.paper, start=claim.sentence.start, end=claim.sentence.end, stage="claims")
        text = _text(self.quotes.quote(sentence).text)
        slots = (claim.subject, claim.predicate, claim.object, claim.metric, claim.value, claim.dataset)
        in_short = _text(" · ".join(slot for slot in slots if slot))
        year = _year(self.quotes.year(linked.paper))
        return NodeRow(
            id=safe_text(linked.id),
            label=in_short or text or linked.id,
            kind="claim",
            type=CLAIM_CLASSES[claim.kind],
            papers=1,
            first_year=year,
            last_year=year,
            score=round(claim.score, _SCORE_DIGITS),
            iri=safe_text(RESOURCE + linked.id),
            text=text,
            paper=str(NodeId.paper(linked.paper)),
            subject=_text(claim.subject),
            predicate=_text(claim.predicate),
            object=_text(claim.object),
            metric=_text(claim.metric),
            value=_text(claim.value),
            dataset=_text(claim.dataset),
            subject_id=_text(linked.subject),
            object_id=_text(linked.object),
            metric_id=_text(linked.metric),
            dataset_id=_text(linked.dataset),
            polarity=claim.polarity.value,
            quantity_kind=quantity.kind.value if quantity else None,
            quantity_low=safe_number(quantity.low) if quantity else None,
            quantity_high=safe_number(quantity.high) if quantity else None,
            quantity_unit=_text(quantity.unit) if quantity else None,
        )

    def _thing(self, thing: Thing) -> NodeRow:
        papers = self.counted(thing.papers)
        first, last = self._years(papers)
        return NodeRow(
            id=safe_text(thing.id),
            label=_text(thing.label) or thing.id,
            kind="thing",
            type=CLASS_NAMES[thing.type],
            papers=len(papers),
            first_year=first,
            last_year=last,
            iri=safe_text(RESOURCE + thing.id),
            aliases=join(form for form, _ in thing.aliases),
            concept=_text(thing.concept),
            broader=join(thing.broader),
        )

    def edge(self, fact: Fact) -> EdgeRow:
        """The row of one of `facts()`."""
        papers = fact.papers
        first, last = self._years(papers)
        quotes = (self.quotes.quote(item) for item in strongest(fact.evidence, _SENTENCES))
        return EdgeRow(
            id=safe_text(edge_id(fact)),
            source=safe_text(fact.subject),
            target=safe_text(fact.object),
            relation=fact.predicate,
            label=READS.get(fact.predicate, fact.predicate),
            papers=len(papers),
            score=round(noisy_or(fact.evidence), _SCORE_DIGITS),
            weight=float(max(1, len(papers))),
            evidence=len(fact.evidence),
            first_year=first,
            last_year=last,
            sentences=join(dict.fromkeys(quote.text for quote in quotes)),
            paper_ids=join(papers[:_PAPER_IDS]),
            stages=join(sorted({item.stage for item in fact.evidence})),
        )


def _text(text: str | None) -> str | None:
    """Safe text, or None where nothing is left of it."""
    return (safe_text(text) or None) if text is not None else None


def _year(year: int | None) -> int | None:
    """A year that a date can hold, else None: some formats know 32 bits."""
    return year if year is not None and 0 < year < 10_000 else None


def _paper(paper: Paper) -> NodeRow:
    node = str(NodeId.paper(paper.id))
    year = _year(paper.year)
    return NodeRow(
        id=node,
        label=_text(paper.title) or node,
        kind="paper",
        type="Paper",
        papers=1,
        first_year=year,
        last_year=year,
        iri=RESOURCE + node,
        text=_text(paper.text),
        date=_text(paper.date),
        venue=_text(paper.venue),
        authors=join(paper.authors),
        doi=_text(paper.doi),
        arxiv=_text(paper.arxiv),
        url=_text(paper.url),
    )
