"""From what the tables say of some things to the things: a pure function, so that any process can do it.

In: the groups and nodes of each thing, and the names under their keys. Out: `Thing`s with their members, by id.
What it cannot do: read the tables; that is for `kg.link.linker`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kg.domain import Member, Reason, Thing
from kg.link.authority import Authority
from kg.link.curation import Curation
from kg.link.tables import GroupRow, NameRow, NodeRow, Values, group_row, node_row, tally_rows
from kg.link.tally import Node, NodeKey, part_by_type
from kg.link.thing import assemble

__all__ = ["Parts", "Root", "RootValues", "assembled", "concept_at", "root_of"]


@dataclass(frozen=True, slots=True)
class Root:
    """What one thing is made of: its groups, the nodes that name it, and the nodes of short forms for it."""

    groups: list[GroupRow]
    naming: list[NodeRow]
    shorts: list[NodeRow]

    @property
    def nodes(self) -> list[NodeRow]:
        """All nodes, those that name it first."""
        return self.naming + self.shorts


RootValues = tuple[list[Values], list[Values], list[Values]]
"""The fields of a `Root` as rows of the tables, which go to another process at a quarter of the cost."""
Parts = tuple[list[RootValues], list[NameRow]]
"""What some things are made of, and every name under the keys of their nodes, by key."""


def root_of(values: RootValues) -> Root:
    """The value in the rows."""
    groups, naming, shorts = values
    return Root(
        [group_row(row) for row in groups], [node_row(row) for row in naming], [node_row(row) for row in shorts]
    )


def concept_at(groups: list[GroupRow], authority: Authority) -> str | None:
    """The concept of the thing that these groups are: that of its own group, or the root itself."""
    root = groups[0].root
    if root in authority.concepts:
        return root
    return next((row.concept for row in groups if row.group == root), None)


def assembled(parts: Parts, authority: Authority, curation: Curation) -> list[Thing]:
    """The things that these parts make, by id."""
    values, names = parts
    nodes: dict[NodeKey, Node] = {}
    members: dict[NodeKey, list[Member]] = defaultdict(list)
    for key, grouped in groupby(names, key=itemgetter(0)):
        rows = list(grouped)
        found = part_by_type(key, tally_rows(rows), authority.kinds(key))
        nodes.update((node.id, node) for node in found)
        own = {entity_type.value: node.id for node in found for entity_type, _ in node.types}
        for _, paper, entity, entity_type, _, _ in rows:
            members[own[entity_type]].append(Member(paper=paper, entity=entity))
    things = [
        assemble(
            [nodes[node.id] for node in root.naming],
            [nodes[node.id] for node in root.shorts],
            (member for node in root.nodes for member in members[node.id]),
            _reasons(root.groups),
            concept=concept_at(root.groups, authority),
            authority=authority,
            curation=curation,
        )
        for root in map(root_of, values)
    ]
    return sorted(things, key=lambda thing: thing.id)


def _reasons(groups: Iterable[GroupRow]) -> set[Reason]:
    return {reason for row in groups for reason in (*row.reasons, *([row.sense] if row.sense else ()))}
