"""What each edge of the graph is called and what it may join.

One table, read by the graph (which sets aside what it does not allow), by the RDF stage (domain, range, symmetric
properties and SHACL shapes are checked against it by a test) and by the views. Source: the annotation guidelines'
table of relations, and the names fixed by the design.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.domain import EntityType, RelationType

__all__ = ["CLASS_NAMES", "EDGE_RULES", "PAPER_PREDICATES", "THING_PREDICATES", "EdgeRule", "allowed"]

_A, _M, _D, _T, _Q = EntityType.ARCH, EntityType.METHOD, EntityType.DATASET, EntityType.TASK, EntityType.METRIC
_BUILT = frozenset((_A, _M))
_MADE = frozenset((_A, _M, _D))
_PARTS = frozenset((_A, _M, _D, _T))

CLASS_NAMES = {_A: "Architecture", _M: "Method", _D: "Dataset", _T: "Task", _Q: "Metric"}
"""The ontology's class of each entity type."""

PAPER_PREDICATES = ("claims", "introduces", "mentions")
"""What a paper does, in the ontology's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRule:
    """One relation between things: its predicate, how it reads, and the types it may join.

    `same_kind` asks that head and tail be of one kind (an architecture is a kind of method); `symmetric` facts are
    kept once, the smaller id first.
    """

    predicate: str
    reads: str
    inverse_reads: str
    heads: frozenset[EntityType]
    tails: frozenset[EntityType]
    symmetric: bool = False
    same_kind: bool = False

    def allows(self, head: EntityType, tail: EntityType) -> bool:
        """Whether the relation may lead from a thing of one type to a thing of another.

        >>> EDGE_RULES[RelationType.EVALUATED_ON].allows(EntityType.ARCH, EntityType.DATASET)
        True
        """
        fits = head in self.heads and tail in self.tails
        if self.same_kind:
            return fits and (head == tail or {head, tail} == _BUILT)
        return fits


_ANY = frozenset(EntityType)
EDGE_RULES: dict[RelationType, EdgeRule] = {
    RelationType.USED_FOR: EdgeRule(
        predicate="usedFor", reads="used for", inverse_reads="uses", heads=_MADE, tails=frozenset((_T, _M, _A))
    ),
    RelationType.EVALUATED_ON: EdgeRule(
        predicate="evaluatedOn",
        reads="evaluated on",
        inverse_reads="evaluates",
        heads=frozenset((_M, _A, _T)),
        tails=frozenset((_D,)),
    ),
    RelationType.TRAINED_ON: EdgeRule(
        predicate="trainedOn", reads="trained on", inverse_reads="trains", heads=_BUILT, tails=frozenset((_D,))
    ),
    RelationType.MEASURED_BY: EdgeRule(
        predicate="measuredBy",
        reads="measured by",
        inverse_reads="measures",
        heads=frozenset((_M, _A, _T)),
        tails=frozenset((_Q,)),
    ),
    RelationType.PART_OF: EdgeRule(
        predicate="partOf", reads="part of", inverse_reads="has part", heads=_PARTS, tails=_PARTS
    ),
    RelationType.IS_A: EdgeRule(
        predicate="isA", reads="is a", inverse_reads="has kind", heads=_ANY, tails=_ANY, same_kind=True
    ),
    RelationType.BASED_ON: EdgeRule(
        predicate="basedOn", reads="based on", inverse_reads="basis of", heads=_MADE, tails=_MADE
    ),
    RelationType.OUTPERFORMS: EdgeRule(
        predicate="outperforms", reads="outperforms", inverse_reads="outperformed by", heads=_BUILT, tails=_BUILT
    ),
    RelationType.COMPARED_WITH: EdgeRule(
        predicate="comparedWith",
        reads="compared with",
        inverse_reads="compared with",
        heads=_BUILT,
        tails=_BUILT,
        symmetric=True,
    ),
}

THING_PREDICATES = tuple(sorted(rule.predicate for rule in EDGE_RULES.values()))
"""How things relate, in the ontology's words, sorted."""


def allowed(relation: RelationType, head: EntityType, tail: EntityType) -> bool:
    """Whether the guidelines let `relation` join these two types."""
    return EDGE_RULES[relation].allows(head, tail)
