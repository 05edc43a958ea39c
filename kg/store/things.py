"""Things and their members, brought to what linking says now; which things and papers that changes.

The changes stand in two temporary tables of the writer's connection, `changed_papers` (paper ids) and
`changed_things` (thing ids), so that they take no memory however many there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from kg.bulk import in_order
from kg.domain import Thing
from kg.errors import LinkError
from kg.store.graph import AUTHORITY_ROW
from kg.store.rows import pack_thing, thing_digest

__all__ = ["ThingRows", "Things", "thing_rows"]

_BATCH = 1000


class Things:
    """The things, through the writer's connection, inside the publishing transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._database = connection
        for table in ("changed_papers", "changed_things", "seen_things"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
            connection.execute(f"CREATE TEMP TABLE {table}(id TEXT PRIMARY KEY) WITHOUT ROWID")

    def mark_papers(self, ids: Iterable[str]) -> None:
        """These papers changed."""
        self._database.executemany("INSERT OR IGNORE INTO changed_papers(id) VALUES (?)", ((name,) for name in ids))

    def mark_things(self, ids: Iterable[str]) -> None:
        """These things, or the facts that lead from them, changed."""
        self._database.executemany("INSERT OR IGNORE INTO changed_things(id) VALUES (?)", ((name,) for name in ids))

    def replace(self, things: Iterable[Thing]) -> None:
        """Make these the things, all of them: `put` those that differ, `drop` those that are no longer there.

        Raises LinkError for two things with one id.
        """
        one = self._database.execute
        if self.none():
            rest = map(thing_rows, things)
            self.begin(iter(lambda: list(islice(rest, _BATCH)), []))
            return
        one("DELETE FROM seen_things")
        for thing in things:
            if not one("INSERT OR IGNORE INTO seen_things VALUES (?)", (thing.id,)).rowcount:
                raise LinkError(f"two things have the id {thing.id!r}")
            self.put(thing)
        for (thing_id,) in one("SELECT id FROM things WHERE id NOT IN (SELECT id FROM seen_things)").fetchall():
            self.drop(thing_id)

    def none(self) -> bool:
        """Whether there are no things yet."""
        query = "SELECT EXISTS (SELECT 1 FROM things) OR EXISTS (SELECT 1 FROM members)"
        return not self._database.execute(query).fetchone()[0]

    def begin(self, batches: Iterable[Sequence[ThingRows]]) -> None:
        """Write things where none are; all of them, and the papers of their members, are marked.

        Raises LinkError for two things with one id.
        """
        one, many = self._database.execute, self._database.executemany
        with in_order(self._database, "members", key="paper, entity") as add_members:
            for batch in batches:
                rows = [row for row, _ in batch]
                if many("INSERT OR IGNORE INTO things VALUES (?, ?, ?, ?, ?, ?)", rows).rowcount < len(rows):
                    raise LinkError(f"two things have one id, between {rows[0][0]!r} and {rows[-1][0]!r}")
                add_members((paper, entity, row[0]) for row, members in batch for paper, entity in members)
        one("INSERT OR IGNORE INTO temp.changed_things SELECT id FROM things")
        one("INSERT OR IGNORE INTO temp.changed_papers SELECT DISTINCT paper FROM members")

    def put(self, thing: Thing) -> bool:
        """Write one thing if it differs from what is there; whether it does."""
        one = self._database.execute
        mark = thing_digest(thing)
        row = one("SELECT digest, type FROM things WHERE id = ?", (thing.id,)).fetchone()
        if row is not None and row[0] == mark:
            return False
        self.mark_things((thing.id,))
        members = {(member.paper, member.entity) for member in thing.members}
        if row is not None:
            before = set(one("SELECT paper, entity FROM members WHERE thing = ?", (thing.id,)))
            same_type = row[1] == thing.type.value
            self.mark_papers(paper for paper, _ in (before ^ members if same_type else before | members))
            gone = [(paper, entity, thing.id) for paper, entity in before - members]
            self._database.executemany("DELETE FROM members WHERE paper = ? AND entity = ? AND thing = ?", gone)
            members -= before
        else:
            self.mark_papers(paper for paper, _ in members)
        one("INSERT OR REPLACE INTO things VALUES (?, ?, ?, ?, ?, ?)", _row(thing, mark))
        rows = [(paper, entity, thing.id) for paper, entity in sorted(members)]
        self._database.executemany("INSERT OR REPLACE INTO members(paper, entity, thing) VALUES (?, ?, ?)", rows)
        return True

    def drop(self, thing_id: str) -> None:
        """Take a thing out, if it is there; members that another thing has taken over stay with it."""
        one = self._database.execute
        self.mark_things((thing_id,))
        self.mark_papers(paper for (paper,) in one("SELECT paper FROM members WHERE thing = ?", (thing_id,)).fetchall())
        one("DELETE FROM members WHERE thing = ?", (thing_id,))
        one("DELETE FROM things WHERE id = ?", (thing_id,))

    def set_hierarchy(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Make these the authority's (child, parent) pairs; pairs with a thing that is not here are left out."""
        one = self._database.execute
        wanted = {pair for pair in pairs if self._there(pair[0]) and self._there(pair[1])}
        there = set(one("SELECT subject, object FROM links WHERE part = 'none' AND paper = ''"))
        for child, parent in sorted(there - wanted):
            one("DELETE FROM links WHERE subject = ? AND object = ? AND part = 'none' AND paper = ''", (child, parent))
        for child, parent in sorted(wanted - there):
            one("INSERT INTO links VALUES (?, 'isA', ?, ?, ?, ?, ?, ?, ?)", (child, parent, *AUTHORITY_ROW))
        self.mark_things(child for child, _ in there ^ wanted)

    def _there(self, thing_id: str) -> bool:
        return self._database.execute("SELECT 1 FROM things WHERE id = ?", (thing_id,)).fetchone() is not None

    def count_changed(self) -> int:
        """How many things changed."""
        return int(self._database.execute("SELECT count(*) FROM changed_things").fetchone()[0])

    def count_changed_papers(self) -> int:
        """How many papers changed."""
        return int(self._database.execute("SELECT count(*) FROM changed_papers").fetchone()[0])

    def changed_papers(self) -> Iterator[str]:
        """Ids of the papers that changed, sorted."""
        for (paper_id,) in self._database.execute("SELECT id FROM changed_papers ORDER BY id"):
            yield paper_id

    def changed_things(self) -> Iterator[str]:
        """Ids of the things that changed, sorted."""
        for (thing_id,) in self._database.execute("SELECT id FROM changed_things ORDER BY id"):
            yield thing_id


ThingRows = tuple[tuple[Any, ...], list[tuple[str, str]]]
"""The row of `things`, and paper and entity of each member."""


def thing_rows(thing: Thing) -> ThingRows:
    """A thing as it is kept: a pure function, so that a worker can make it."""
    return _row(thing, thing_digest(thing)), [(member.paper, member.entity) for member in thing.members]


def _row(thing: Thing, mark: bytes) -> tuple[Any, ...]:
    """The row of `things`: id, type, label, concept, body, digest."""
    return thing.id, thing.type.value, thing.label, thing.concept, pack_thing(thing), mark
