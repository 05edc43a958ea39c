"""What types of things each relation may join.

One table, read by the extractor (which relates nothing else) and by the graph (which sets aside what it does not allow,
whoever made the record). Source: the annotation guidelines' table of relations; of 4,509 annotated relations nine differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.domain import EntityType, RelationType

__all__ = ["BUILT", "SIGNATURES", "Signature"]

_A, _M, _D, _T, _Q = EntityType.ARCH, EntityType.METHOD, EntityType.DATASET, EntityType.TASK, EntityType.METRIC
BUILT = frozenset((_A, _M))
"""What is built: an architecture is a kind of method."""
_MADE = frozenset((_A, _M, _D))
_PARTS = frozenset((_A, _M, _D, _T))
_ANY = frozenset(EntityType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Types that a relation may lead from and to. `same_kind` asks that head and tail be of one kind."""

    heads: frozenset[EntityType]
    tails: frozenset[EntityType]
    same_kind: bool = False

    def allows(self, head: EntityType, tail: EntityType) -> bool:
        """Whether the relation may lead from a thing of one type to a thing of another.

        >>> SIGNATURES[RelationType.EVALUATED_ON].allows(EntityType.ARCH, EntityType.DATASET)
        True
        """
        fits = head in self.heads and tail in self.tails
        if self.same_kind:
            return fits and (head == tail or {head, tail} == BUILT)
        return fits


SIGNATURES: dict[RelationType, Signature] = {
    RelationType.USED_FOR: Signature(heads=_MADE, tails=frozenset((_T, _M, _A))),
    RelationType.EVALUATED_ON: Signature(heads=frozenset((_M, _A, _T)), tails=frozenset((_D,))),
    RelationType.TRAINED_ON: Signature(heads=BUILT, tails=frozenset((_D,))),
    RelationType.MEASURED_BY: Signature(heads=frozenset((_M, _A, _T)), tails=frozenset((_Q,))),
    RelationType.PART_OF: Signature(heads=_PARTS, tails=_PARTS),
    RelationType.IS_A: Signature(heads=_ANY, tails=_ANY, same_kind=True),
    RelationType.BASED_ON: Signature(heads=_MADE, tails=_MADE),
    RelationType.OUTPERFORMS: Signature(heads=BUILT, tails=BUILT),
    RelationType.COMPARED_WITH: Signature(heads=BUILT, tails=BUILT),
}
