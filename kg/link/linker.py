"""Linking that can be taken up again: papers come and go, and only what they touch is done again.

In: names of papers, added and taken out. Out: which things changed and which are gone, and any thing when asked.
The state is the tables of `kg.link.tables`; the steps are those of `kg.link.resolve`, done for

    1. the keys that gain or lose names, and every key that they meet in a block;
    2. from there every key that is joined to one of these, and so on: whole connected parts;
    3. the groups of short forms whose defining long forms, or whose concept, are among them;
    4. the things that any of these groups belonged to or belong to now.

Every step looks at whole groups and reads nothing that is not in the names, so that the tables are those of a linker
that got the same names at once, in any order. Work follows what is touched, not what is there; a first update touches all,
reads the names in order of their keys, and keeps in memory only keys that meet others.
What it cannot do: commit; that is the caller's.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kg.domain import Thing
from kg.identifiers import content_hash
from kg.link.assembly import Parts, Root, RootValues, assembled, concept_at, root_of
from kg.link.authority import Authority, default_authority
from kg.link.cluster import Group
from kg.link.curation import NO_CURATION, Curation
from kg.link.name import Name
from kg.link.propose import meeting_pairs
from kg.link.reach import Reach
from kg.link.resolve import Definition, Sense, concept_of, parted, sense
from kg.link.state import NamesAndPlaces, State
from kg.link.tables import GROUP_ROOT, NODE_GROUP, GroupRow, NodeRow, Values
from kg.link.tally import NodeKey
from kg.link.thing import thing_id

__all__ = ["Delta", "Linker"]

_RULES = "1"
"""Raised when a change of the rules makes other things of the same names."""
_BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """Ids of the things that are new or may have changed, and of those that are no more; both sorted."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Linker:
    """Things of all the names that a database holds."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        authority: Authority | None = None,
        curation: Curation | None = None,
    ) -> None:
        self._state = State(connection)
        self._authority = default_authority() if authority is None else authority
        self._curation = curation or NO_CURATION
        self._made_with = content_hash(_RULES, self._authority.fingerprint, self._curation.fingerprint, digits=32)
        self._reach = Reach(self._state, self._authority, self._curation)

    def update(self, added: Iterable[Name] = (), removed: Iterable[str] = ()) -> Delta:
        """Take papers out by id, and names in; a paper that is there already gets the new names in place of its own.

        With another authority or curation than last time, or other rules, everything is linked again.
        """
        state = self._state
        touched = state.drop_papers(removed) | state.put_names(added)
        self._reach.clear()
        if state.made_with() != self._made_with:
            gone = self._link_anew()
            changed = {thing for thing, _ in state.things()}
            return Delta(changed=tuple(sorted(changed)), gone=tuple(sorted(gone - changed)))
        if not touched:
            return Delta()
        shorts, before, written = self._link_again(touched)
        self._settle(shorts, before, written)
        return self._delta(touched, before, written)

    def begin(self, batches: Iterable[NamesAndPlaces]) -> None:
        """Link names where none were linked yet. They come as rows, which other processes may make: some names by
        `kg.link.tables.name_row` and the places of their keys by `kg.link.places.place_rows` at a time.
        """
        self._state.begin_anew(self._made_with)
        self._state.put_all(batches)
        self._settle(self._link_all(), {}, set())

    def things(self, ids: Iterable[str] | None = None) -> Iterator[Thing]:
        """The things of these ids, or all, sorted by id; unknown ids are passed over."""
        for parts in self.parts(ids):
            yield from assembled(parts, self._authority, self._curation)

    def parts(self, ids: Iterable[str] | None = None) -> Iterator[Parts]:
        """What the things of these ids, or all, are made of, by id and some at a time: for `kg.link.assembly`."""
        wanted = iter(self._state.roots_of(ids).items() if ids is not None else list(self._state.things()))
        while batch := list(islice(wanted, _BATCH)):
            roots = list(self._values_by_root([root for _, root in batch]))
            keys = {node[0] for _, naming, shorts in roots for node in (*naming, *shorts)}
            yield roots, list(self._state.names(keys))

    # the first time

    def _link_anew(self) -> set[str]:
        """Link all names; the ids of the things that there were."""
        gone = self._state.begin_anew(self._made_with)
        self._state.put_all_places(self._reach.further)
        self._settle(self._link_all(), {}, set())
        return gone

    def _link_all(self) -> set[str]:
        """Link all names, which are in their places; the short keys to make out."""
        state = self._state
        pairs = {pair for keys in state.all_meetings() for pair in meeting_pairs(keys)}
        meeting = {key for pair in pairs for key in pair}
        self._reach.load(meeting)
        by_node = self._reach.group(meeting, pairs)
        self._reach.clear()
        shorts: set[str] = set()
        with state.linking_all():
            for keys in self._reach.pass_over(_BATCH):
                self._write(keys, by_node)
                shorts |= self._authority_shorts(keys)
        return shorts | state.all_short()

    # later

    def _link_again(self, touched: set[str]) -> tuple[set[str], dict[str, GroupRow], set[str]]:
        """Link what touched keys reach; the short keys to make out, the groups there were, and those there are now."""
        state = self._state
        present = state.present(touched)
        state.put_places(present, self._reach.further)
        near = {key for keys in state.meetings(touched, self._reach.further) for key in keys}
        state.drop_places(touched - present, self._reach.further)
        closure, pairs = self._reach.closure(present | (near - touched))
        every = closure | touched
        shorts = state.drop_shorts(every)
        dropped = state.drop_groups(state.drop_nodes(every))
        by_node = self._reach.group(closure, pairs)
        self._write(closure, by_node)
        concepts = {row.concept for row in dropped} | {group.concept for group in by_node.values()}
        concepts |= {concept_of(node, self._authority) for key in closure for node in self._reach.of(key)}
        shorts |= state.shorts_of(closure) | state.are_short(closure) | self._authority_shorts(closure)
        shorts |= state.keys_at(self._authority.short_places(iri for iri in concepts if iri))
        written = {node.group for node in state.node_rows(keys=closure)}
        return shorts, {row.group: row for row in dropped}, written

    def _delta(self, touched: set[str], before: dict[str, GroupRow], written: set[str]) -> Delta:
        """What became of the groups that were looked at."""
        state = self._state
        now = {row.group: row for row in state.group_rows(groups=before.keys() | written)}
        of_touched = {node.group for node in state.node_rows(keys=touched)}
        roots: set[str] = set()
        for group in before.keys() | now.keys():
            rows = [row for row in (before.get(group), now.get(group)) if row]
            if group in of_touched or len(rows) < 2 or rows[0] != rows[1]:
                roots.update(row.root for row in rows)
        changed = {row.thing for row in state.group_rows(roots=roots)}
        ids = {row.thing for row in before.values()}
        return Delta(changed=tuple(sorted(changed)), gone=tuple(sorted(ids - state.roots_of(ids).keys())))

    # both times

    def _authority_shorts(self, keys: Iterable[str]) -> set[str]:
        return {key for key in keys if self._authority.has_short(key)}

    def _write(self, keys: Iterable[str], by_node: dict[NodeKey, Group]) -> None:
        """Keep the nodes of keys, what they define, and their groups, each a thing of its own for now."""
        rows: list[NodeRow] = []
        groups: dict[str, GroupRow] = {}
        shorts: list[tuple[str, str, str, int]] = []
        for node in (node for key in keys for node in self._reach.of(key)):
            group = by_node.get(node.id)
            if group is None:
                group = Group(nodes=(node.id,), concept=concept_of(node, self._authority), reasons=())
            defined: dict[str, int] = {}
            for _, tally in node.types:
                for short, count in tally.shorts.items():
                    defined[short] = defined.get(short, 0) + count
            name = group.name
            shorts.extend((short, node.key, node.part, count) for short, count in defined.items())
            row = NodeRow(
                key=node.key, part=node.part, group=name, kind=node.kind, short=node.short, defines=bool(defined)
            )
            rows.append(row)
            if name not in groups:
                thing = thing_id([row], group.concept, self._authority) if len(group.nodes) == 1 else ""
                groups[name] = GroupRow(
                    group=name, concept=group.concept, root=name, thing=thing, reasons=group.reasons, sense=None
                )
        self._state.put_nodes(rows)
        self._state.put_shorts(shorts)
        self._state.put_groups(groups.values())

    # what groups stand for, and what things are called

    def _settle(self, shorts: set[str], before: dict[str, GroupRow], written: set[str]) -> None:
        """Make out what the groups of short keys stand for, and name the things that this makes or changes.

        Groups that were not just written are entered in `before` as they were.
        """
        state = self._state
        roots = {row.root for row in before.values()}
        rest = iter(sorted({row.group for row in state.node_rows(keys=shorts)}))
        while batch := list(islice(rest, _BATCH)):
            nodes: dict[str, list[NodeRow]] = defaultdict(list)
            for node in state.node_rows(groups=batch):
                nodes[node.group].append(node)
            changed = []
            for row in state.group_rows(groups=batch):
                if row.group not in written:
                    before.setdefault(row.group, row)
                found = self._sense(row, nodes[row.group])
                root, reason = (found.target, found.reason) if found else (row.group, None)
                if (root, reason) != (row.root, row.sense):
                    changed.append(replace(row, root=root, sense=reason, thing=""))
                    roots |= {row.root, root}
            state.put_groups(changed)
        self._name(roots | state.unnamed())

    def _sense(self, row: GroupRow, nodes: list[NodeRow]) -> Sense | None:
        if row.concept or any(node.defines for node in nodes):
            return None
        found = sense(row.group, nodes, self._definitions, self._state.group_with, self._authority)
        if found is None:
            return None
        of_target = (node.id for node in self._state.node_rows(groups=[found.target])) if self._curation.never else ()
        return None if parted([node.id for node in nodes], of_target, self._curation) else found

    def _definitions(self, short: str) -> Iterator[Definition]:
        for long, kind, group, count in self._state.definitions(short):
            yield Definition(long=long, kind=kind, group=group, count=count)

    def _name(self, roots: Iterable[str]) -> None:
        """Give the things of these roots their ids."""
        rest = iter(sorted(roots))
        while batch := list(islice(rest, _BATCH)):
            named: list[GroupRow] = []
            for root in self._by_root(batch):
                concept = concept_at(root.groups, self._authority)
                thing = thing_id(root.naming or root.shorts, concept, self._authority)
                named.extend(replace(row, thing=thing) for row in root.groups if row.thing != thing)
            self._state.put_groups(named)

    def _by_root(self, roots: Iterable[str]) -> Iterator[Root]:
        """What the thing of each root is made of, by root; none for a root without groups."""
        return map(root_of, self._values_by_root(roots))

    def _values_by_root(self, roots: Iterable[str]) -> Iterator[RootValues]:
        """The same as rows of the tables."""
        by_root: dict[str, list[Values]] = defaultdict(list)
        for row in self._state.group_values(roots=roots):
            by_root[row[GROUP_ROOT]].append(row)
        nodes: dict[str, list[Values]] = defaultdict(list)
        for node in self._state.node_values(groups=[row[0] for rows in by_root.values() for row in rows]):
            nodes[node[NODE_GROUP]].append(node)
        for root, rows in sorted(by_root.items()):
            shorts = [node for row in rows if row[0] != root for node in nodes[row[0]]]
            yield rows, nodes[root], shorts
