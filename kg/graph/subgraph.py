"""A part of a graph that is a graph itself, for what reads graphs and knows no filters: the RDF exports.

In: a projection with filters. Out: the `Graph` of what they keep, read as it goes. Names of things that are not kept
are taken out of mentions, of the slots of claims and of hierarchies, so that nothing points outside. Evidence comes
with the paper that gives it: where papers are filtered away, facts stay and their evidence goes.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from kg.domain import Fact, Paper, Thing
from kg.graph.contribution import Contribution, LinkedClaim
from kg.graph.model import Counts
from kg.graph.projection import Projection
from kg.identifiers import NodeId

__all__ = ["Subgraph"]


class Subgraph:
    """What a projection's filters keep, as a `kg.graph.Graph`."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._graph = projection.graph
        self._edges = {(fact.subject, fact.predicate, fact.object) for fact in projection.facts()}

    def papers(self) -> Iterator[Paper]:
        """Every kept paper, by node id."""
        keeps = self._projection.keeps
        return (paper for paper in self._graph.papers() if keeps(str(NodeId.paper(paper.id))))

    def things(self) -> Iterator[Thing]:
        """Every kept thing, by id."""
        return (self._thing(thing) for thing in self._graph.things() if self._projection.keeps(thing.id))

    def claims(self) -> Iterator[LinkedClaim]:
        """Every kept claim, by id."""
        return (self._claim(linked) for linked in self._graph.claims() if self._projection.keeps(linked.id))

    def facts(self) -> Iterator[Fact]:
        """Every kept fact once, with the evidence that the filters leave, by subject, predicate, object."""
        return self._projection.facts()

    def contributions(self) -> Iterator[Contribution]:
        """What each kept paper says of what is kept, by node id of the paper."""
        for contribution in self._graph.contributions():
            if self._projection.keeps(contribution.node):
                yield self._contribution(contribution)

    def contribution(self, paper_id: str) -> Contribution | None:
        """What one paper says of what is kept; None if it is not kept."""
        found = self._graph.contribution(paper_id)
        return self._contribution(found) if found is not None and self._projection.keeps(found.node) else None

    def thing(self, thing_id: str) -> Thing | None:
        """One thing by id; None if it is not kept."""
        found = self._graph.thing(thing_id)
        return self._thing(found) if found is not None and self._projection.keeps(thing_id) else None

    def counts(self) -> Counts:
        """How much is kept, by one pass over everything."""
        entities = Counter(thing.type.value for thing in self.things())
        kinds = Counter(linked.claim.kind.value for linked in self.claims())
        papers = sum(1 for _ in self.papers())
        return Counts(
            papers=papers,
            entities=dict(sorted(entities.items())),
            mentions=sum(len(contribution.mentions) for contribution in self.contributions()),
            relations=sum(subject.startswith("thing/") for subject, _, _ in self._edges),
            claims=dict(sorted(kinds.items())),
            nodes=papers + sum(entities.values()) + sum(kinds.values()),
            edges=len(self._edges),
        )

    def _thing(self, thing: Thing) -> Thing:
        papers = set(self._projection.counted(thing.papers))
        keeps = self._projection.keeps
        return dataclasses.replace(
            thing,
            members=tuple(member for member in thing.members if member.paper in papers),
            broader=tuple(above for above in thing.broader if not above.startswith("thing/") or keeps(above)),
        )

    def _claim(self, linked: LinkedClaim) -> LinkedClaim:
        def kept(thing: str | None) -> str | None:
            return thing if thing is not None and self._projection.keeps(thing) else None

        return dataclasses.replace(
            linked,
            subject=kept(linked.subject),
            object=kept(linked.object),
            metric=kept(linked.metric),
            dataset=kept(linked.dataset),
        )

    def _contribution(self, contribution: Contribution) -> Contribution:
        keeps = self._projection.keeps
        return dataclasses.replace(
            contribution,
            mentions=tuple(linked for linked in contribution.mentions if keeps(linked.thing)),
            claims=tuple(self._claim(linked) for linked in contribution.claims if keeps(linked.id)),
            facts=tuple(f for f in contribution.facts if (f.subject, f.predicate, f.object) in self._edges),
        )
