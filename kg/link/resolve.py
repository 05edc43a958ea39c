"""The middle of linking: from the nodes of some keys to the things they are, without a look at members.

    nodes ──blocks──▶ pairs ──decide──▶ joins ──cluster──▶ groups ──abbreviations──▶ bundles

In: nodes that are closed under sharing a block, a concept, a curated group or an abbreviation. Out: `Bundle`s: the
nodes, concept and reasons of each thing. A pure function, so that a part of the keys can be done again by itself.
What it cannot do: find the closure; that is for `kg.link.linker`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.domain import Reason
from kg.link.abbreviation import stands_for
from kg.link.authority import Authority, Concept
from kg.link.cluster import Group, Join, cluster
from kg.link.curation import Curation
from kg.link.decide import decide, numbers
from kg.link.propose import Block, blocks
from kg.link.tally import Kind, Node, NodeKey

__all__ = ["Bundle", "concept_of", "joins", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The nodes that are one thing, sorted by key; the concept's IRI or None; why they are one, sorted."""

    nodes: tuple[NodeKey, ...]
    concept: str | None
    reasons: tuple[Reason, ...]


def concept_of(node: Node, authority: Authority) -> str | None:
    """IRI of the concept that has the node's key as a label, and its kind.

    Another kind will do where nothing else has the key: tasks and metrics are easily taken for each other
    ("robustness"), and a coined name ("CIFAR-10") can mean nothing else. "traffic", the task, is not Traffic, the dataset.
    """
    concept = authority.find(node.key, node.kind)
    if concept is None and not node.part:
        concept = authority.find(node.key)
        coined = node.short or any(c.isdigit() for c in node.key)
        if concept is not None and not coined and Kind.DATASET in (concept.kind, node.kind):
            return None
    return concept.iri if concept else None


def joins(nodes: Mapping[NodeKey, Node], authority: Authority, curation: Curation) -> Iterator[Join]:
    """Every join between two of these nodes, each pair at most once a rule, in no order."""
    yield from _curated(nodes, curation)
    by_concept: dict[str, list[NodeKey]] = defaultdict(list)
    by_block: dict[tuple[bool, str], list[tuple[NodeKey, Block]]] = defaultdict(list)
    for node_id in sorted(nodes):
        node = nodes[node_id]
        if iri := concept_of(node, authority):
            by_concept[iri].append(node_id)
        for block in blocks(node.key):
            by_block[block.sort == "hole", block.text].append((node_id, block))
    for iri, found in by_concept.items():
        label = authority.concepts[iri].label
        for node_id in found[1:]:
            yield Join(left=found[0], right=node_id, reason=Reason(rule="authority", left=node_id[0], right=label))
    met: dict[tuple[NodeKey, NodeKey], list[tuple[Block, Block]]] = defaultdict(list)
    for members in by_block.values():
        if len(members) > 1:
            for (left, of_left), (right, of_right) in _pairs(members):
                met[left, right].append((of_left, of_right))
    for (left, right), blocks_met in met.items():
        if left[0] != right[0] and (reason := decide(nodes[left], nodes[right], blocks_met)):
            yield Join(left=left, right=right, reason=reason)


def _pairs(members: list[tuple[NodeKey, Block]]) -> Iterator[tuple[tuple[NodeKey, Block], tuple[NodeKey, Block]]]:
    """Pairs of a block in which at least one is there by its own words; two wider ones meet nowhere else."""
    for number, first in enumerate(members):
        for second in members[number + 1 :]:
            if first[1].sort != "wider" or second[1].sort != "wider":
                yield first, second


def _curated(nodes: Mapping[NodeKey, Node], curation: Curation) -> Iterator[Join]:
    groups: dict[str, list[NodeKey]] = defaultdict(list)
    for node_id in sorted(nodes):
        if node_id[0] in curation.same:
            groups[curation.same[node_id[0]]].append(node_id)
    for found in groups.values():
        for node_id in found[1:]:
            reason = Reason(rule="curated", left=found[0][0], right=node_id[0])
            yield Join(left=found[0], right=node_id, reason=reason)


def resolve(nodes: Mapping[NodeKey, Node], authority: Authority, curation: Curation) -> tuple[Bundle, ...]:
    """The bundles of these nodes, sorted by first node."""
    groups = cluster(
        nodes,
        joins(nodes, authority, curation),
        concepts={node_id: iri for node_id, node in nodes.items() if (iri := concept_of(node, authority))},
        curated=curation.joins,
        parted=curation.parts,
    )
    return tuple(sorted(_abbreviated(groups, nodes, authority, curation), key=lambda bundle: bundle.nodes))


def _abbreviated(
    groups: Iterable[Group], nodes: Mapping[NodeKey, Node], authority: Authority, curation: Curation
) -> Iterator[Bundle]:
    """Groups of short forms joined to the groups that they stand for."""
    groups = tuple(groups)
    group_at = {node_id: number for number, group in enumerate(groups) for node_id in group.nodes}
    at_concept = {group.concept: number for number, group in enumerate(groups) if group.concept}
    defined: dict[str, dict[NodeKey, int]] = defaultdict(dict)
    for node_id, node in nodes.items():
        for _, tally in node.types:
            for short, count in tally.shorts.items():
                if short != node_id[0] and numbers(short) == numbers(node_id[0]):
                    defined[short][node_id] = defined[short].get(node_id, 0) + count
    joined: dict[int | str, list[tuple[int, Reason]]] = defaultdict(list)
    moved: set[int] = set()
    for number, group in enumerate(groups):
        if group.concept or any(_defines(nodes[node_id]) for node_id in group.nodes):
            continue
        found = _sense(number, groups, nodes, defined, group_at, at_concept, authority)
        if found is None:
            continue
        target, reason = found
        of_target = groups[target].nodes if isinstance(target, int) else ()
        if not any(curation.parts(a[0], b[0]) for a in group.nodes for b in of_target):
            joined[target].append((number, reason))
            moved.add(number)
    for number, group in enumerate(groups):
        if number not in moved:
            yield _bundle(group.concept, [group, *(groups[n] for n, _ in joined[number])], joined[number])
    for target, parts in joined.items():
        if isinstance(target, str):
            yield _bundle(target, [groups[n] for n, _ in parts], parts)


def _bundle(concept: str | None, groups: Iterable[Group], parts: Iterable[tuple[int, Reason]]) -> Bundle:
    groups = tuple(groups)
    reasons = {reason for group in groups for reason in group.reasons} | {reason for _, reason in parts}
    return Bundle(
        nodes=tuple(sorted(node_id for group in groups for node_id in group.nodes)),
        concept=concept,
        reasons=tuple(sorted(reasons)),
    )


def _defines(node: Node) -> bool:
    return any(tally.shorts for _, tally in node.types)


def _sense(
    number: int,
    groups: tuple[Group, ...],
    nodes: Mapping[NodeKey, Node],
    defined: Mapping[str, Mapping[NodeKey, int]],
    group_at: Mapping[NodeKey, int],
    at_concept: Mapping[str, int],
    authority: Authority,
) -> tuple[int | str, Reason] | None:
    """The number of the group that a group of short forms stands for, or the IRI of a concept that no group has."""
    votes: dict[int | str, int] = defaultdict(int)
    known: Concept | None = None
    shorts: list[str] = []
    for node_id in groups[number].nodes:
        node = nodes[node_id]
        for long_id, count in defined.get(node.key, {}).items():
            if nodes[long_id].kind == node.kind and group_at[long_id] != number:
                votes[group_at[long_id]] += count
                shorts.append(node.key)
        concept = authority.find_short(node.key, node.kind)
        if concept is not None:
            known = concept
            shorts.append(node.key)
    if not shorts:
        return None
    found = stands_for(votes, at_concept.get(known.iri, known.iri) if known else None)
    if found is None:
        return None
    target, score = found
    short = min(shorts)
    if isinstance(target, str):
        long = authority.concepts[target].label
    else:
        defining = [node_id[0] for node_id in defined.get(short, {}) if group_at[node_id] == target]
        long = min(defining or [node_id[0] for node_id in groups[target].nodes])
    return target, Reason(rule="abbreviation", left=short, right=long, score=score)
