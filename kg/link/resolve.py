"""The middle of linking: from the nodes of all keys to the things they are, without a look at members.

    nodes ──blocks──▶ pairs ──decide──▶ joins ──cluster──▶ groups ──senses──▶ bundles

In: every node. Out: `Bundle`s: the nodes, concept and reasons of each thing. This is what linking means, on one screen
and in memory; `kg.link.linker` comes to the same result a part at a time, with the same functions.
What it cannot do: hold more names than fit in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kg.domain import Reason
from kg.link.abbreviation import stands_for
from kg.link.authority import Authority, Concept
from kg.link.cluster import Group, Join, cluster
from kg.link.curation import Curation
from kg.link.decide import adds_nothing, decide, numbers
from kg.link.propose import MAY_SAY_LITTLE, Block, blocks, meeting_pairs
from kg.link.tally import Kind, Node, NodeKey

__all__ = [
    "Bundle",
    "Definition",
    "Named",
    "Sense",
    "concept_of",
    "is_open",
    "meetings",
    "parted",
    "resolve",
    "sense",
    "star_joins",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The nodes that are one thing, sorted: those that name it, and the short forms that stand for it.

    `concept` is the concept's IRI or None; `reasons` say why they are one, sorted.
    """

    nodes: tuple[NodeKey, ...]
    shorts: tuple[NodeKey, ...]
    concept: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A long name that papers define a short form for: its key, kind and group's name, and how many names say so."""

    long: str
    kind: Kind
    group: str
    count: int


class Named(Protocol):
    """What of a node the sense of a short form depends on."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def kind(self) -> Kind:
        """Its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What a group of short forms stands for: the name of another group, or the IRI of a concept that no group has."""

    target: str
    reason: Reason


def concept_of(node: Node, authority: Authority) -> str | None:
    """IRI of the concept that has the node's key as a label, and its kind; last words that say nothing do not count.

    Another kind will do where nothing else has the key: tasks and metrics are easily taken for each other
    ("robustness"), and a coined name ("CIFAR-10") can mean nothing else. "traffic", the task, is not Traffic, the dataset.
    """
    concept = authority.find(node.key, node.kind)
    if concept is None and not node.part:
        concept = authority.find(node.key)
        if concept is not None and Kind.DATASET in (concept.kind, node.kind) and not _coined(node):
            concept = None
    if concept is None:
        concept = next(_wider_concepts(node, authority), None)
    return concept.iri if concept else None


def _coined(node: Node) -> bool:
    return node.short or any(c.isdigit() for c in node.key)


def _wider_concepts(node: Node, authority: Authority) -> Iterator[Concept]:
    if node.key.rpartition(" ")[2] not in MAY_SAY_LITTLE:
        return
    for block in blocks(node.key):
        if block.sort == "wider" and block.word != "of":
            concept = authority.find_entry(block.text, node.kind)
            if concept and concept.type and adds_nothing(block.word, concept.type, concept.label):
                yield concept


def meetings(left: Node, right: Node) -> Iterator[tuple[Block, Block]]:
    """The blocks in which two nodes meet, at least one of them there by its own words or by a hole."""
    of_right = blocks(right.key)
    for one in blocks(left.key):
        for other in of_right:
            if one.place == other.place and not one.sort == other.sort == "wider":
                yield one, other


def star_joins(nodes: Mapping[NodeKey, Node], authority: Authority, curation: Curation) -> Iterator[Join]:
    """Joins that need no comparing: names of one concept, and names that a person said are one."""
    by_concept: dict[str, list[NodeKey]] = defaultdict(list)
    by_hand: dict[str, list[NodeKey]] = defaultdict(list)
    for node_id in sorted(nodes):
        if iri := concept_of(nodes[node_id], authority):
            by_concept[iri].append(node_id)
        if first := curation.same.get(node_id[0]):
            by_hand[first].append(node_id)
    for iri, found in by_concept.items():
        for node_id in found[1:]:
            reason = Reason(rule="authority", left=node_id[0], right=authority.concepts[iri].label)
            yield Join(left=found[0], right=node_id, reason=reason)
    for found in by_hand.values():
        for node_id in found[1:]:
            reason = Reason(rule="curated", left=found[0][0], right=node_id[0])
            yield Join(left=found[0], right=node_id, reason=reason)


def _spelling_joins(nodes: Mapping[NodeKey, Node]) -> Iterator[Join]:
    of_key: dict[str, list[Node]] = defaultdict(list)
    by_place: dict[str, set[str]] = defaultdict(set)
    for node in nodes.values():
        of_key[node.key].append(node)
        for block in blocks(node.key):
            by_place[block.place].add(node.key)
    for left, right in {pair for keys in by_place.values() for pair in meeting_pairs(keys)}:
        for a in of_key[left]:
            for b in of_key[right]:
                if reason := decide(a, b, meetings(a, b)):
                    yield Join(left=a.id, right=b.id, reason=reason)


def is_open(concept: str | None, nodes: Iterable[Node]) -> bool:
    """Whether a group may stand for something else: it has no concept and no paper defines a short form for it."""
    return concept is None and not any(tally.shorts for node in nodes for _, tally in node.types)


def sense(
    group: str,
    nodes: Iterable[Named],
    definitions: Callable[[str], Iterable[Definition]],
    group_with: Callable[[str], str | None],
    authority: Authority,
) -> Sense | None:
    """What an open group of nodes stands for, by all its short forms together; None where that is open.

    definitions: by short key the long names that define it; group_with: by IRI the group that has a concept.
    """
    votes: dict[str, int] = defaultdict(int)
    longs: dict[str, list[str]] = defaultdict(list)
    known: set[Concept] = set()
    shorts: list[str] = []
    for node in nodes:
        for definition in definitions(node.key):
            if definition.kind == node.kind and definition.group != group and _same_numbers(node.key, definition.long):
                votes[definition.group] += definition.count
                longs[definition.group].append(definition.long)
                shorts.append(node.key)
        if concept := authority.find_short(node.key, node.kind):
            known.add(concept)
            shorts.append(node.key)
    if not shorts or len(known) > 1:
        return None
    concept = next(iter(known), None)
    expected = (group_with(concept.iri) or concept.iri) if concept else None
    found = stands_for(votes, expected)
    if found is None:
        return None
    target, score = found
    long = concept.label if concept and target == expected else min(longs[target])
    return Sense(target=target, reason=Reason(rule="abbreviation", left=min(shorts), right=long, score=score))


def _same_numbers(short: str, long: str) -> bool:
    return short != long and numbers(short) == numbers(long)


def resolve(nodes: Mapping[NodeKey, Node], authority: Authority, curation: Curation) -> tuple[Bundle, ...]:
    """The bundles of these nodes, sorted by first node."""
    groups = cluster(
        nodes,
        [*star_joins(nodes, authority, curation), *_spelling_joins(nodes)],
        concepts={node_id: iri for node_id, node in nodes.items() if (iri := concept_of(node, authority))},
        curated=curation.joins,
        parted=curation.parts,
    )
    defined: dict[str, list[Definition]] = defaultdict(list)
    group_with: dict[str, str] = {}
    for group in groups:
        if group.concept:
            group_with.setdefault(group.concept, group.name)
        for node in (nodes[node_id] for node_id in group.nodes):
            for _, tally in node.types:
                for short, count in tally.shorts.items():
                    definition = Definition(long=node.key, kind=node.kind, group=group.name, count=count)
                    defined[short].append(definition)
    senses: dict[str, Sense] = {}
    by_name = {group.name: group for group in groups}
    for group in groups:
        members = [nodes[node_id] for node_id in group.nodes]
        if is_open(group.concept, members):
            found = sense(group.name, members, lambda short: defined.get(short, ()), group_with.get, authority)
            target = by_name.get(found.target) if found else None
            if found and not (target and parted(group.nodes, target.nodes, curation)):
                senses[group.name] = found
    return _bundles(groups, senses)


def parted(group: Iterable[NodeKey], target: Iterable[NodeKey], curation: Curation) -> bool:
    """Whether a person said of any two keys of two groups that they are not one thing."""
    target = tuple(target)
    return bool(curation.never) and any(curation.parts(a[0], b[0]) for a in group for b in target)


def _bundles(groups: Iterable[Group], senses: Mapping[str, Sense]) -> tuple[Bundle, ...]:
    """Groups with the groups of short forms that stand for them."""
    roots: dict[str, list[tuple[Group, Sense | None]]] = defaultdict(list)
    for group in groups:
        found = senses.get(group.name)
        roots[found.target if found else group.name].append((group, found))
    made = []
    for root, parts in roots.items():
        reasons = {reason for group, _ in parts for reason in group.reasons}
        reasons |= {found.reason for _, found in parts if found}
        own = next((group for group, found in parts if found is None), None)
        made.append(
            Bundle(
                nodes=own.nodes if own else (),
                shorts=tuple(sorted(node_id for group, found in parts if found for node_id in group.nodes)),
                concept=own.concept if own else root,
                reasons=tuple(sorted(reasons)),
            )
        )
    return tuple(sorted(made, key=lambda bundle: (bundle.nodes, bundle.shorts)))
