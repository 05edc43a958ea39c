"""Records to things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.domain import Member, Thing
from kg.link.authority import Authority
from kg.link.curation import Curation
from kg.link.name import Name
from kg.link.resolve import resolve
from kg.link.tally import Node, NodeKey, count_names, part_by_type
from kg.link.thing import assemble

__all__ = ["link_names"]


def link_names(found: Iterable[Name], authority: Authority, curation: Curation) -> tuple[Thing, ...]:
    """All names to things, in memory."""
    found = tuple(found)
    nodes: dict[NodeKey, Node] = {}
    part_of: dict[tuple[str, object], NodeKey] = {}
    for key, tallies in count_names(found).items():
        for node in part_by_type(key, tallies, authority.kinds(key)):
            nodes[node.id] = node
            for entity_type, _ in node.types:
                part_of[key, entity_type] = node.id
    members: dict[NodeKey, list[Member]] = defaultdict(list)
    for name in found:
        members[part_of[name.key, name.type]].append(Member(paper=name.paper, entity=name.entity))
    things = (
        assemble(
            [nodes[node_id] for node_id in bundle.nodes],
            (member for node_id in bundle.nodes for member in members[node_id]),
            bundle.reasons,
            concept=bundle.concept,
            authority=authority,
            curation=curation,
        )
        for bundle in resolve(nodes, authority, curation)
    )
    return tuple(sorted(things, key=lambda thing: thing.id))
