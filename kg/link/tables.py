"""The tables that incremental linking keeps, in any SQLite database: the graph folder's own, or one in memory.

    link_name   key, paper, entity, type, forms, shorts     the names themselves: the only base table
    link_node   key, part, grp, kind, short, defines        what a key's names are, and the group they are in
    link_block  place, key                                  where keys meet (a 64-bit hash of the place's name)
    link_short  short, long, part, count                    short forms and the nodes that papers define them for
    link_group  grp, concept, root, thing, reasons, sense   groups; `root` is the group or concept that they belong to,
                                                            `thing` the id of the thing that this root is
    link_meta   name, value                                 what authority and curation the rest was made with

All but `link_name` is a cache of a pure function of the names, so that the tables of two histories with the same names
are equal row by row. Groups go by their first node, as JSON. This module is rows in and out; `kg.link.state` gives
them their meaning. What it cannot do: migrate; a folder of an older version is linked again from its names.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.domain import EntityType, Reason
from kg.link.name import Name, compact
from kg.link.tally import Kind, NodeKey, Tally

__all__ = [
    "GROUP_ROOT",
    "NODE_GROUP",
    "GroupRow",
    "NameRow",
    "NodeRow",
    "Values",
    "create_tables",
    "group_row",
    "name_row",
    "node_row",
    "select_in",
    "tally_rows",
]

NameRow = tuple[str, str, str, str, str, str]
"""A row of `link_name`."""
Values = tuple[Any, ...]
"""A row of any table, as SQLite gives it."""
NODE_GROUP = 2
"""Where a row of `link_node` has its group."""
GROUP_ROOT = 2
"""Where a row of `link_group` has its root."""

_TABLES = (
    """CREATE TABLE IF NOT EXISTS link_name (
        key TEXT NOT NULL, paper TEXT NOT NULL, entity TEXT NOT NULL, type TEXT NOT NULL, forms TEXT NOT NULL,
        shorts TEXT NOT NULL, PRIMARY KEY (key, paper, entity)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS link_name_paper ON link_name (paper)",
    """CREATE TABLE IF NOT EXISTS link_node (
        key TEXT NOT NULL, part TEXT NOT NULL, grp TEXT NOT NULL, kind TEXT NOT NULL, short INTEGER NOT NULL,
        defines INTEGER NOT NULL, PRIMARY KEY (key, part)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS link_node_grp ON link_node (grp)",
    """CREATE TABLE IF NOT EXISTS link_block (
        place INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (place, key)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS link_short (
        short TEXT NOT NULL, long TEXT NOT NULL, part TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (short, long, part)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS link_short_long ON link_short (long)",
    """CREATE TABLE IF NOT EXISTS link_group (
        grp TEXT NOT NULL PRIMARY KEY, concept TEXT, root TEXT NOT NULL, thing TEXT NOT NULL, reasons TEXT NOT NULL,
        sense TEXT) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS link_group_root ON link_group (root)",
    "CREATE INDEX IF NOT EXISTS link_group_concept ON link_group (concept) WHERE concept IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS link_group_thing ON link_group (thing)",
    "CREATE TABLE IF NOT EXISTS link_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)
_KINDS = {kind.value: kind for kind in Kind}
_TYPES = {entity_type.value: entity_type for entity_type in EntityType}
_CHUNK = 500
"""Values in one statement; every SQLite allows 999."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables where they are missing."""
    for statement in _TABLES:
        connection.execute(statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """A node as it was last linked. `defines`: some paper defines a short form for it."""

    key: str
    part: str
    group: str
    kind: Kind
    short: bool
    defines: bool

    @property
    def id(self) -> NodeKey:
        """Key and part."""
        return self.key, self.part

    @property
    def values(self) -> Values:
        """The row for `link_node`."""
        return self.key, self.part, self.group, self.kind.value, int(self.short), int(self.defines)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group as it was last linked: `root` is its own name, another group's, or the IRI of a concept."""

    group: str
    concept: str | None
    root: str
    thing: str
    reasons: tuple[Reason, ...]
    sense: Reason | None

    @property
    def values(self) -> Values:
        """The row for `link_group`."""
        reasons = "" if not self.reasons else json.dumps([_plain(r) for r in self.reasons], ensure_ascii=False)
        sense = json.dumps(_plain(self.sense), ensure_ascii=False) if self.sense else None
        return self.group, self.concept, self.root, self.thing, reasons, sense


def name_row(name: Name) -> NameRow:
    """A name as it is kept."""
    forms = compact(name.forms)
    shorts = compact(name.shorts) if name.shorts else ""
    return name.key, name.paper, name.entity, name.type.value, forms, shorts


def tally_rows(rows: Iterable[NameRow]) -> dict[EntityType, Tally]:
    """What the names under one key say, by type."""
    by_type: dict[EntityType, Tally] = {}
    for _, _, _, entity_type, forms, shorts in rows:
        tally = by_type.get(entity_type)  # type: ignore[call-overload]  # a type is its text
        if tally is None:
            tally = by_type[_TYPES[entity_type]] = Tally()
        tally.count(json.loads(forms), json.loads(shorts) if shorts else ())
    return by_type


def node_row(row: Values) -> NodeRow:
    """The value in a row of `link_node`."""
    key, part, group, kind, short, defines = row
    return NodeRow(key=key, part=part, group=group, kind=_KINDS[kind], short=bool(short), defines=bool(defines))


def group_row(row: Values) -> GroupRow:
    """The value in a row of `link_group`."""
    group, concept, root, thing, reasons, sense = row
    return GroupRow(
        group=group,
        concept=concept,
        root=root,
        thing=thing,
        reasons=tuple(_reason(fields) for fields in json.loads(reasons)) if reasons else (),
        sense=_reason(json.loads(sense)) if sense else None,
    )


def _plain(reason: Reason) -> list[str | float]:
    return [reason.rule, reason.left, reason.right, reason.score]


def _reason(fields: list[Any]) -> Reason:
    rule, left, right, score = fields
    return Reason(rule=rule, left=left, right=right, score=score)


def select_in(connection: sqlite3.Connection, statement: str, values: Iterable[Any]) -> Iterator[Values]:
    """Run a statement with "{}" where a list of values goes, a chunk of sorted values at a time; all rows."""
    rest = iter(sorted(set(values)))
    while chunk := list(islice(rest, _CHUNK)):
        yield from connection.execute(statement.format(",".join("?" * len(chunk))), chunk).fetchall()
