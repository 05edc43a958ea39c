"""The graph as everything after it sees it, and the graph in memory.

`Graph` is the one seam between what was found and what is shown: RDF, exports, views and the server read it and
nothing else. Two things give it: `MemoryGraph` here, for a corpus that fits, and the stored graph of `kg.store`,
which reads the folder as it goes. Every iterator is sorted by id, so that the same papers give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.domain import Evidence, Fact, Paper, Record, Thing
from kg.errors import LinkError
from kg.graph.contribution import Contribution, LinkedClaim, contribute

__all__ = ["Counts", "Graph", "MemoryGraph", "sentence_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is in a graph. `nodes` are papers, things and claims; `edges` are facts."""

    papers: int
    entities: Mapping[str, int]
    mentions: int
    relations: int
    claims: Mapping[str, int]
    nodes: int
    edges: int
    set_aside: int = 0


class Graph(Protocol):
    """What can be asked of any graph. Iterators are sorted; nothing is held that is not asked for."""

    def papers(self) -> Iterator[Paper]:
        """Every paper, by node id."""

    def things(self) -> Iterator[Thing]:
        """Every thing, by id."""

    def claims(self) -> Iterator[LinkedClaim]:
        """Every claim, by id."""

    def facts(self) -> Iterator[Fact]:
        """Every fact once, with all its evidence, by subject, predicate, object."""

    def contributions(self) -> Iterator[Contribution]:
        """What each paper says, by node id of the paper."""

    def contribution(self, paper_id: str) -> Contribution | None:
        """What one paper says; None if it is not here. `paper_id` is the paper's own id."""

    def thing(self, thing_id: str) -> Thing | None:
        """One thing by id ("thing/…"); None if it is not here."""

    def counts(self) -> Counts:
        """How much there is."""


def sentence_of(graph: Graph, evidence: Evidence) -> str:
    """The words that an evidence points at; empty for an authority's statement."""
    contribution = graph.contribution(evidence.paper) if evidence.part != "none" else None
    if contribution is None:
        return ""
    source = contribution.paper.title if evidence.part == "title" else contribution.paper.text
    return source[evidence.start : evidence.end]


@dataclass(slots=True)
class MemoryGraph:
    """A graph in memory, made of records and the things that linking made of them.

    `hierarchy` holds (child thing id, parent thing id) as the authority has them: they become isA facts of stage
    "authority". Raises LinkError where two things share an id.
    """

    _contributions: dict[str, Contribution] = field(default_factory=dict)
    _things: dict[str, Thing] = field(default_factory=dict)
    _hierarchy: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls, records: Iterable[Record], things: Iterable[Thing], *, hierarchy: Iterable[tuple[str, str]] = ()
    ) -> MemoryGraph:
        """The graph of these records; the order of either does not matter."""
        by_id: dict[str, Thing] = {}
        naming: dict[str, dict[str, Thing]] = {}
        for thing in sorted(things, key=lambda t: t.id):
            if thing.id in by_id:
                raise LinkError(f"two things have the id {thing.id!r}")
            by_id[thing.id] = thing
            for member in thing.members:
                naming.setdefault(member.paper, {})[member.entity] = thing
        made = (contribute(record, naming.get(record.id, {})) for record in records)
        contributions = {c.paper.id: c for c in sorted(made, key=lambda c: c.node)}
        pairs = tuple(sorted({(child, parent) for child, parent in hierarchy if child in by_id and parent in by_id}))
        return cls(_contributions=contributions, _things=by_id, _hierarchy=pairs)

    def papers(self) -> Iterator[Paper]:
        """Every paper, by node id."""
        return (contribution.paper for contribution in self._contributions.values())

    def things(self) -> Iterator[Thing]:
        """Every thing, by id."""
        return iter(self._things.values())

    def claims(self) -> Iterator[LinkedClaim]:
        """Every claim, by id."""
        claims = (claim for contribution in self._contributions.values() for claim in contribution.claims)
        return iter(sorted(claims, key=lambda c: c.id))

    def facts(self) -> Iterator[Fact]:
        """Every fact once, with all its evidence, by subject, predicate, object."""
        gathered: dict[tuple[str, str, str], list[Evidence]] = {}
        for contribution in self._contributions.values():
            for fact in contribution.facts:
                gathered.setdefault((fact.subject, fact.predicate, fact.object), []).extend(fact.evidence)
        for child, parent in self._hierarchy:
            gathered.setdefault((child, "isA", parent), []).append(AUTHORITY_EVIDENCE)
        for (subject, predicate, target), evidence in sorted(gathered.items()):
            yield Fact(subject=subject, predicate=predicate, object=target, evidence=tuple(sorted(evidence)))

    def contributions(self) -> Iterator[Contribution]:
        """What each paper says, by node id of the paper."""
        return iter(self._contributions.values())

    def contribution(self, paper_id: str) -> Contribution | None:
        """What one paper says; None if it is not here."""
        return self._contributions.get(paper_id)

    def thing(self, thing_id: str) -> Thing | None:
        """One thing by id; None if it is not here."""
        return self._things.get(thing_id)

    def counts(self) -> Counts:
        """How much there is, by one pass over everything."""
        entities = Counter(thing.type.value for thing in self._things.values())
        contributions = tuple(self._contributions.values())
        kinds = Counter(linked.claim.kind.value for c in contributions for linked in c.claims)
        edges = relations = 0
        for fact in self.facts():
            edges += 1
            relations += fact.subject.startswith("thing/")
        return Counts(
            papers=len(contributions),
            entities=dict(sorted(entities.items())),
            mentions=sum(len(c.mentions) for c in contributions),
            relations=relations,
            claims=dict(sorted(kinds.items())),
            nodes=len(contributions) + sum(entities.values()) + sum(kinds.values()),
            edges=edges,
            set_aside=sum(len(c.set_aside) for c in contributions),
        )


AUTHORITY_EVIDENCE = Evidence(paper="", start=0, end=0, part="none", stage="authority")
"""Why an isA fact of the authority is kept: no paper says so, the concept scheme does."""
