"""Joined pairs become groups, and no chain of joins brings together what must stay apart.

In: nodes, the joins between them, and what forbids. Out: groups of nodes, each with its concept, if it has one, and its
reasons. Joins are taken in one order (curated, authority, spelling; then by score and key), and each is checked
against every pair that it would bring together, not only the two that it names. Groups of one connected part depend
on that part alone, so a part can be recomputed without the rest.

Labels of one concept are one thing because the authority says so; a key that was found to be one of them is so too.
What it cannot do: take a join back that an earlier one made wrong; the order is what it trusts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.domain import Reason
from kg.link.decide import forbidden
from kg.link.name import compact
from kg.link.tally import NodeKey

__all__ = ["Group", "Join", "cluster"]

_ORDER = {"curated": 0, "authority": 1, "spelling": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two nodes, the smaller first, and why they are one."""

    left: NodeKey
    right: NodeKey
    reason: Reason

    @property
    def rank(self) -> tuple[int, float, NodeKey, NodeKey]:
        """Its place in the order in which joins are taken."""
        return _ORDER[self.reason.rule], -self.reason.score, self.left, self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Nodes that are one thing, sorted; the concept's IRI or None; the reasons, sorted."""

    nodes: tuple[NodeKey, ...]
    concept: str | None
    reasons: tuple[Reason, ...]

    @property
    def name(self) -> str:
        """What it goes by in tables: its first node, as JSON."""
        return compact(self.nodes[0])


class _Part:
    """A group in the making."""

    __slots__ = ("anchored", "concept", "nodes", "reasons")

    def __init__(self, node: NodeKey, concept: str | None) -> None:
        self.nodes = [node]
        self.concept = concept
        self.anchored = {node} if concept else set[NodeKey]()
        self.reasons: list[Reason] = []


def cluster(
    nodes: Iterable[NodeKey],
    joins: Iterable[Join],
    *,
    concepts: Mapping[NodeKey, str],
    curated: Callable[[str, str], bool] = lambda left, right: False,
    parted: Callable[[str, str], bool] = lambda left, right: False,
) -> tuple[Group, ...]:
    """The groups of these nodes, sorted by first node.

    concepts: IRI of the concept that each labelled node has; two concepts are never one group.
    curated, parted: whether a person said that two keys are one thing, or never are.
    """
    part_of = {node: _Part(node, concepts.get(node)) for node in sorted(nodes)}
    for join in sorted(joins, key=lambda join: join.rank):
        left, right = part_of[join.left], part_of[join.right]
        if left is right:
            continue
        if not _may_join(left, right, join, curated, parted):
            continue
        _unite(left, right, join, part_of)
    parts = {id(part): part for part in part_of.values()}.values()
    groups = [
        Group(nodes=tuple(sorted(part.nodes)), concept=part.concept, reasons=tuple(sorted(set(part.reasons))))
        for part in parts
    ]
    return tuple(sorted(groups, key=lambda group: group.nodes))


def _may_join(
    left: _Part,
    right: _Part,
    join: Join,
    curated: Callable[[str, str], bool],
    parted: Callable[[str, str], bool],
) -> bool:
    by_hand = join.reason.rule == "curated"
    if left.concept and right.concept and left.concept != right.concept and not by_hand:
        return False
    anchored = left.anchored | right.anchored
    if join.left in anchored or join.right in anchored:
        anchored = anchored | {join.left, join.right}
    for a in left.nodes:
        for b in right.nodes:
            if parted(a[0], b[0]):
                return False
            if by_hand or (a in anchored and b in anchored) or curated(a[0], b[0]):
                continue
            if a[0] != b[0] and forbidden(a[0], b[0]) is not None:
                return False
    return True


def _unite(left: _Part, right: _Part, join: Join, part_of: dict[NodeKey, _Part]) -> None:
    into, from_ = (left, right) if len(left.nodes) >= len(right.nodes) else (right, left)
    into.concept = (
        left.concept
        if right.concept is None
        else right.concept
        if left.concept is None
        else min(left.concept, right.concept)
    )
    into.anchored |= from_.anchored
    if join.left in into.anchored or join.right in into.anchored:
        into.anchored |= {join.left, join.right}
    into.nodes.extend(from_.nodes)
    into.reasons.extend(from_.reasons)
    into.reasons.append(join.reason)
    for node in from_.nodes:
        part_of[node] = into
