"""The nodes of keys, counted when they are needed, and the parts that joins make of them.

In: the state, and what authority and curation say. Out: nodes by key; every key that joins lead to from some; groups.
What it cannot do: keep anything; `kg.link.linker` writes the groups down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from kg.link.authority import Authority
from kg.link.cluster import Group, Join, cluster
from kg.link.curation import Curation
from kg.link.decide import decide
from kg.link.places import Further, further
from kg.link.propose import meeting_pairs
from kg.link.resolve import concept_of, meetings, star_joins
from kg.link.state import State
from kg.link.tally import Node, NodeKey, part_by_type

__all__ = ["Reach"]


class Reach:
    """Nodes by key, and what they are joined to."""

    def __init__(self, state: State, authority: Authority, curation: Curation) -> None:
        self._state = state
        self._authority = authority
        self._curation = curation
        self._nodes: dict[str, tuple[Node, ...]] = {}
        self.further: Further = partial(further, authority=authority, curation=curation)

    def clear(self) -> None:
        """Forget the nodes: their names may have changed, or they are not needed any more."""
        self._nodes.clear()

    def closure(self, seeds: set[str]) -> tuple[set[str], set[tuple[str, str]]]:
        """All keys that joins lead to from the seeds, and the pairs of them that meet."""
        closure: set[str] = set()
        met: set[tuple[str, str]] = set()
        frontier = seeds
        while frontier:
            closure |= frontier
            places = self._state.meetings(frontier, self.further)
            self.load({key for keys in places for key in keys} | frontier)
            pairs = {pair for keys in places for pair in meeting_pairs(keys)} - met
            met |= pairs
            reached = {key for pair in pairs if self._are_joined(*pair) for key in pair}
            reached |= {key for keys in places for key in self._starred(keys, closure)}
            frontier = reached - closure
        return closure, {pair for pair in met if pair[0] in closure and pair[1] in closure}

    def _are_joined(self, left: str, right: str) -> bool:
        return any(decide(a, b, meetings(a, b)) for a in self.of(left) for b in self.of(right))

    def _starred(self, keys: Iterable[str], closure: set[str]) -> Iterator[str]:
        """Keys of one place that share a concept or a person's word with one that was reached."""
        stars: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            for star in self._stars(key):
                stars[star].append(key)
        for together in stars.values():
            if not closure.isdisjoint(together):
                yield from together

    def load(self, keys: Iterable[str]) -> None:
        """Count the nodes of these keys, where that was not done yet."""
        missing = [key for key in set(keys) if key not in self._nodes]
        self._nodes.update(dict.fromkeys(missing, ()))
        for key, tallies in self._state.tallies(missing):
            self._nodes[key] = part_by_type(key, tallies, self._authority.kinds(key))

    def pass_over(self, size: int) -> Iterator[list[str]]:
        """Every key, `size` at a time and in order, with its nodes loaded while it is looked at, and no others."""
        every = self._state.all_tallies()
        while batch := list(islice(every, size)):
            self._nodes = {key: part_by_type(key, tallies, self._authority.kinds(key)) for key, tallies in batch}
            yield list(self._nodes)
        self._nodes = {}

    def of(self, key: str) -> tuple[Node, ...]:
        """The nodes of a key that was loaded; none for a key without names."""
        return self._nodes.get(key, ())

    def _stars(self, key: str) -> Iterator[str]:
        if key in self._curation.same:
            yield f"={self._curation.same[key]}"
        for node in self.of(key):
            if iri := concept_of(node, self._authority):
                yield f"@{iri}"

    def group(self, keys: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[NodeKey, Group]:
        """By node the groups of those nodes of these keys that joins name."""
        nodes = {node.id: node for key in keys for node in self.of(key)}
        joins = list(star_joins(nodes, self._authority, self._curation))
        for left, right in pairs:
            for a in self.of(left):
                for b in self.of(right):
                    if reason := decide(a, b, meetings(a, b)):
                        joins.append(Join(left=a.id, right=b.id, reason=reason))
        joined = {node_id for join in joins for node_id in (join.left, join.right)}
        groups = cluster(
            joined,
            joins,
            concepts={node_id: iri for node_id in joined if (iri := concept_of(nodes[node_id], self._authority))},
            curated=self._curation.joins,
            parted=self._curation.parts,
        )
        return {node_id: group for group in groups for node_id in group.nodes}
