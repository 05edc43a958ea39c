"""What each edge of the graph is called and what it may join.

One table, read by the graph (which sets aside what it does not allow), by the RDF stage (domain, range, symmetric
properties and SHACL shapes are checked against it by a test) and by the views. Source: the names fixed by the design; what
an edge may join stands in `kg.signatures`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.domain import EntityType, RelationType
from kg.signatures import SIGNATURES, Signature

__all__ = ["CLASS_NAMES", "EDGE_RULES", "PAPER_PREDICATES", "THING_PREDICATES", "EdgeRule", "allowed"]

CLASS_NAMES = {
    EntityType.ARCH: "Architecture",
    EntityType.METHOD: "Method",
    EntityType.DATASET: "Dataset",
    EntityType.TASK: "Task",
    EntityType.METRIC: "Metric",
}
"""The ontology's class of each entity type."""

PAPER_PREDICATES = ("claims", "introduces", "mentions")
"""What a paper does, in the ontology's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRule:
    """One relation between things: its predicate, how it reads, and the types it may join.

    `symmetric` facts are kept once, the smaller id first.
    """

    predicate: str
    reads: str
    inverse_reads: str
    signature: Signature
    symmetric: bool = False

    @property
    def heads(self) -> frozenset[EntityType]:
        """The types that it may lead from."""
        return self.signature.heads

    @property
    def tails(self) -> frozenset[EntityType]:
        """The types that it may lead to."""
        return self.signature.tails

    def allows(self, head: EntityType, tail: EntityType) -> bool:
        """Whether the relation may lead from a thing of one type to a thing of another."""
        return self.signature.allows(head, tail)


_WORDS = {
    RelationType.USED_FOR: ("usedFor", "used for", "uses"),
    RelationType.EVALUATED_ON: ("evaluatedOn", "evaluated on", "evaluates"),
    RelationType.TRAINED_ON: ("trainedOn", "trained on", "trains"),
    RelationType.MEASURED_BY: ("measuredBy", "measured by", "measures"),
    RelationType.PART_OF: ("partOf", "part of", "has part"),
    RelationType.IS_A: ("isA", "is a", "has kind"),
    RelationType.BASED_ON: ("basedOn", "based on", "basis of"),
    RelationType.OUTPERFORMS: ("outperforms", "outperforms", "outperformed by"),
    RelationType.COMPARED_WITH: ("comparedWith", "compared with", "compared with"),
}

EDGE_RULES: dict[RelationType, EdgeRule] = {
    relation: EdgeRule(
        predicate=predicate,
        reads=reads,
        inverse_reads=inverse,
        signature=SIGNATURES[relation],
        symmetric=relation is RelationType.COMPARED_WITH,
    )
    for relation, (predicate, reads, inverse) in _WORDS.items()
}

THING_PREDICATES = tuple(sorted(rule.predicate for rule in EDGE_RULES.values()))
"""How things relate, in the ontology's words, sorted."""


def allowed(relation: RelationType, head: EntityType, tail: EntityType) -> bool:
    """Whether the guidelines let `relation` join these two types."""
    return EDGE_RULES[relation].allows(head, tail)
