"""What linking has learned so far, kept in the tables of `kg.link.tables`: names, places, groups.

In: a SQLite connection. Out: values. Nothing here commits: the transaction is the caller's, so that what was linked
and what it was linked from are kept or lost together.
What it cannot do: be written by two processes at once; decide anything, that is for `kg.link.linker`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby, islice
from operator import itemgetter

from kg.bulk import in_order, without_indexes
from kg.domain import EntityType
from kg.errors import LinkError
from kg.link.name import Name
from kg.link.places import Further, PlaceRow, place_hash, place_rows
from kg.link.tables import (
    GroupRow,
    NameRow,
    NodeRow,
    Values,
    create_tables,
    group_row,
    name_row,
    node_row,
    select_in,
    tally_rows,
)
from kg.link.tally import Kind, Tally

__all__ = ["NamesAndPlaces", "State"]

NamesAndPlaces = tuple[Sequence[NameRow], Sequence[PlaceRow]]
"""Some names, and the places of their keys, as rows."""

_BATCH = 4096


class State:
    """The tables of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        create_tables(connection)

    # names

    def put_names(self, found: Iterable[Name]) -> set[str]:
        """Keep names, in place of all that the same papers had; the keys that gain or lose names."""
        touched: set[str] = set()
        renewed: set[str] = set()
        rest = iter(found)
        while batch := list(islice(rest, _BATCH)):
            papers = {name.paper for name in batch} - renewed
            touched |= self.drop_papers(papers)
            renewed |= papers
            touched.update(name.key for name in batch)
            with _told():
                self._db.executemany("INSERT OR REPLACE INTO link_name VALUES (?, ?, ?, ?, ?, ?)", map(name_row, batch))
        return touched

    def put_all(self, batches: Iterable[NamesAndPlaces]) -> None:
        """Keep the names of papers that have none here, many of them, and the places of their keys: rows as `name_row` and
        `place_rows` make them."""
        with (
            in_order(self._db, "link_name", key="key, paper, entity") as add_names,
            in_order(self._db, "link_block", key="place, key") as add_places,
        ):
            for of_names, of_places in batches:
                with _told():
                    add_names(of_names)
                    add_places(of_places)

    def drop_papers(self, papers: Iterable[str]) -> set[str]:
        """Forget the names of papers; the keys that they had."""
        papers = sorted(set(papers))
        touched = {key for (key,) in select_in(self._db, "SELECT key FROM link_name WHERE paper IN ({})", papers)}
        if touched:
            self._db.executemany("DELETE FROM link_name WHERE paper = ?", ((paper,) for paper in papers))
        return touched

    def keys(self) -> Iterator[str]:
        """Every key that has names, in order."""
        for (key,) in self._db.execute("SELECT DISTINCT key FROM link_name ORDER BY key"):
            yield key

    def present(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that have names."""
        return {key for (key,) in select_in(self._db, "SELECT DISTINCT key FROM link_name WHERE key IN ({})", keys)}

    def names(self, keys: Iterable[str]) -> Iterator[NameRow]:
        """Every name under these keys, by key."""
        yield from select_in(self._db, "SELECT * FROM link_name WHERE key IN ({}) ORDER BY key, paper, entity", keys)

    def tallies(self, keys: Iterable[str]) -> Iterator[tuple[str, dict[EntityType, Tally]]]:
        """What the names under each key say, by key."""
        return _tallies(self.names(keys))

    def all_tallies(self) -> Iterator[tuple[str, dict[EntityType, Tally]]]:
        """What the names under every key say, by key."""
        return _tallies(self._db.execute("SELECT * FROM link_name ORDER BY key, paper, entity"))

    # where keys meet

    def put_places(self, keys: Iterable[str], further: Further) -> None:
        """Enter keys in the places of their blocks, and in further ones."""
        self._db.executemany("INSERT OR IGNORE INTO link_block VALUES (?, ?)", place_rows(keys, further))

    def put_all_places(self, further: Further) -> None:
        """Enter every key in its places, where none is yet."""
        with in_order(self._db, "link_block", key="place, key") as add:
            add(place_rows(self.keys(), further))

    def drop_places(self, keys: Iterable[str], further: Further) -> None:
        """Take keys out of all their places."""
        self._db.executemany("DELETE FROM link_block WHERE place = ? AND key = ?", place_rows(keys, further))

    def meetings(self, keys: Iterable[str], further: Further) -> list[list[str]]:
        """The keys of every place that one of these keys has and shares, in order."""
        places = {place for place, _ in place_rows(keys, further)}
        rows = select_in(self._db, "SELECT place, key FROM link_block WHERE place IN ({}) ORDER BY place", places)
        return list(_shared(rows))

    def all_meetings(self) -> Iterator[list[str]]:
        """The keys of every place that keys share, in order."""
        yield from _shared(self._db.execute("SELECT place, key FROM link_block ORDER BY place, key"))

    def keys_at(self, places: Iterable[str]) -> set[str]:
        """The keys in any of these places."""
        at = [place_hash(place) for place in places]
        return {key for (key,) in select_in(self._db, "SELECT key FROM link_block WHERE place IN ({})", at)}

    # short forms

    def drop_shorts(self, longs: Iterable[str]) -> set[str]:
        """Forget the short forms of these keys; which those were."""
        longs = set(longs)
        shorts = self.shorts_of(longs)
        self._db.executemany("DELETE FROM link_short WHERE long = ?", ((long,) for long in longs))
        return shorts

    def put_shorts(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """Keep (short, long, part of long, count)."""
        self._db.executemany("INSERT OR REPLACE INTO link_short VALUES (?, ?, ?, ?)", rows)

    def shorts_of(self, longs: Iterable[str]) -> set[str]:
        """The short forms that papers define for these keys."""
        rows = select_in(self._db, "SELECT DISTINCT short FROM link_short WHERE long IN ({})", longs)
        return {short for (short,) in rows}

    def are_short(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that some paper defines as a short form."""
        rows = select_in(self._db, "SELECT DISTINCT short FROM link_short WHERE short IN ({})", keys)
        return {short for (short,) in rows}

    def all_short(self) -> set[str]:
        """The keys that some paper defines as a short form."""
        query = "SELECT DISTINCT short FROM link_short WHERE EXISTS (SELECT 1 FROM link_name WHERE key = short)"
        return {short for (short,) in self._db.execute(query)}

    def definitions(self, short: str) -> list[tuple[str, Kind, str, int]]:
        """(long key, its kind, its group, count) for every node that a short form is defined for."""
        rows = self._db.execute(
            "SELECT s.long, n.kind, n.grp, s.count FROM link_short AS s"
            " JOIN link_node AS n ON n.key = s.long AND n.part = s.part WHERE s.short = ? ORDER BY s.long, s.part",
            (short,),
        )
        return [(long, Kind(kind), group, count) for long, kind, group, count in rows]

    # nodes and groups as last linked

    def linking_all(self) -> AbstractContextManager[None]:
        """While every node and group is written, in the order of the keys: indexes come when the block ends."""
        return without_indexes(self._db, "link_node", "link_short", "link_group")

    def put_nodes(self, rows: Iterable[NodeRow]) -> None:
        """Keep nodes."""
        self._db.executemany("INSERT OR REPLACE INTO link_node VALUES (?, ?, ?, ?, ?, ?)", (r.values for r in rows))

    def drop_nodes(self, keys: Iterable[str]) -> set[str]:
        """Forget the nodes of keys; the groups that they were in."""
        keys = set(keys)
        groups = {row.group for row in self.node_rows(keys=keys)}
        self._db.executemany("DELETE FROM link_node WHERE key = ?", ((key,) for key in keys))
        return groups

    def node_rows(self, *, keys: Iterable[str] = (), groups: Iterable[str] = ()) -> list[NodeRow]:
        """The nodes of keys and of groups, by key and part."""
        return [node_row(row) for row in self.node_values(keys=keys, groups=groups)]

    def node_values(self, *, keys: Iterable[str] = (), groups: Iterable[str] = ()) -> list[Values]:
        """The same as rows of `link_node`."""
        found = {
            (row[0], row[1]): row
            for column, values in (("key", keys), ("grp", groups))
            for row in select_in(self._db, f"SELECT * FROM link_node WHERE {column} IN ({{}})", values)
        }
        return [found[node_id] for node_id in sorted(found)]

    def put_groups(self, rows: Iterable[GroupRow]) -> None:
        """Keep groups."""
        self._db.executemany("INSERT OR REPLACE INTO link_group VALUES (?, ?, ?, ?, ?, ?)", (r.values for r in rows))

    def drop_groups(self, groups: Iterable[str]) -> list[GroupRow]:
        """Forget groups; what they were."""
        rows = self.group_rows(groups=groups)
        self._db.executemany("DELETE FROM link_group WHERE grp = ?", ((row.group,) for row in rows))
        return rows

    def group_rows(self, *, groups: Iterable[str] = (), roots: Iterable[str] = ()) -> list[GroupRow]:
        """The groups of these names and those that belong to these roots, by name."""
        return [group_row(row) for row in self.group_values(groups=groups, roots=roots)]

    def group_values(self, *, groups: Iterable[str] = (), roots: Iterable[str] = ()) -> list[Values]:
        """The same as rows of `link_group`."""
        found = {
            row[0]: row
            for column, values in (("grp", groups), ("root", roots))
            for row in select_in(self._db, f"SELECT * FROM link_group WHERE {column} IN ({{}})", values)
        }
        return [found[name] for name in sorted(found)]

    def unnamed(self) -> set[str]:
        """Roots of groups that have no thing's id yet."""
        return {root for (root,) in self._db.execute("SELECT DISTINCT root FROM link_group WHERE thing = ''")}

    def group_with(self, concept: str) -> str | None:
        """The group that has a concept by its own label."""
        row = self._db.execute("SELECT min(grp) FROM link_group WHERE concept = ?", (concept,)).fetchone()
        return row[0] if row else None

    def things(self) -> Iterator[tuple[str, str]]:
        """(thing id, root) of every thing, by id."""
        yield from self._db.execute("SELECT DISTINCT thing, root FROM link_group ORDER BY thing")

    def roots_of(self, things: Iterable[str]) -> dict[str, str]:
        """Root by thing id, for those that are there, by id."""
        rows = select_in(self._db, "SELECT DISTINCT thing, root FROM link_group WHERE thing IN ({})", things)
        return dict(sorted((thing, root) for thing, root in rows))

    # what it was made with

    def made_with(self) -> str | None:
        """The fingerprint of authority and curation; None where nothing was linked yet."""
        row = self._db.execute("SELECT value FROM link_meta WHERE name = 'made with'").fetchone()
        return row[0] if row else None

    def begin_anew(self, made_with: str) -> set[str]:
        """Forget all that is not a name; the ids of the things that were there."""
        gone = {thing for thing, _ in self.things()}
        for table in ("link_node", "link_block", "link_short", "link_group"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("INSERT OR REPLACE INTO link_meta VALUES ('made with', ?)", (made_with,))
        return gone


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise LinkError(f"a name is not Unicode text: {error}", to_do="take lone surrogates out") from error


def _tallies(rows: Iterable[NameRow]) -> Iterator[tuple[str, dict[EntityType, Tally]]]:
    for key, of_key in groupby(rows, key=itemgetter(0)):
        yield key, tally_rows(of_key)


def _shared(rows: Iterable[tuple[int, str]]) -> Iterator[list[str]]:
    for _, of_place in groupby(rows, key=lambda row: row[0]):
        keys = [key for _, key in of_place]
        if len(keys) > 1:
            yield sorted(keys)
