"""The entries of a folder: what was read, what a build under way adds to it, replaces in it or takes out of it.

The set of entries is the folder's base truth. A build changes the set by three rules and by nothing else:

- an entry that was read is added; the same entry read again changes nothing;
- an entry of the same file that shares an identity with one read now is replaced by it (the file was edited);
- an entry of an earlier build with the same given id and format, but another text or title, is replaced by it (the
  paper was corrected).

What it cannot do: say which entries are one paper; identities are given, `group` decides (`kg.read.identity`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.codec import decode_paper, encode_paper
from kg.domain import Paper
from kg.errors import UsageError
from kg.identifiers import NodeId
from kg.store.rows import content_key, digest, pack, unpack
from kg.store.schema import State

__all__ = ["Entries", "Entry"]

Entry = tuple[int, Paper]
"""Serial number and paper as read."""

_CORRECTED = """old.given AND new.given AND old.id = new.id AND old.format = new.format
                    AND old.content <> new.content"""
_PAPER_KNOWN_AS = """SELECT node FROM papers WHERE id = :id OR node IN (:id, :node)
    UNION ALL SELECT paper FROM entries WHERE id = :id AND paper IS NOT NULL
    UNION ALL SELECT paper FROM identities JOIN entries ON serial = identities.entry
        WHERE identity IN ('known:' || :id, 'doi:' || :id, 'arxiv:' || :id) AND paper IS NOT NULL LIMIT 1"""
_LIVE = (int(State.PUBLISHED), int(State.STAGED), int(State.SEEN))


class Entries:
    """The entries, through the writer's connection; the caller holds the transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._database = connection

    def forget(self) -> None:
        """Undo what a build that never published has staged."""
        one = self._database.execute
        one("DELETE FROM identities WHERE entry IN (SELECT serial FROM entries WHERE state = ?)", (State.STAGED,))
        for table in ("entries", "rejects"):
            one(f"DELETE FROM {table} WHERE state = ?", (State.STAGED,))
            one(f"UPDATE {table} SET state = ? WHERE state <> ?", (State.PUBLISHED, State.PUBLISHED))
        for table in ("drafts", "drafted", "gone"):
            one(f"DELETE FROM {table}")

    def stage(self, paper: Paper, identities: Iterable[str], *, given: bool) -> None:
        """Add an entry as it was read, with the keys that connect it with others.

        given: whether the input gave its id, and it was not made from the content.
        """
        one = self._database.execute
        fields = encode_paper(paper)
        body = pack(fields)
        key = digest(body)
        seen = one("UPDATE entries SET state = ? WHERE key = ? AND state = ?", (State.SEEN, key, State.PUBLISHED))
        if seen.rowcount:
            return
        source = paper.sources[0] if paper.sources else None
        file, form = (source.file, source.format) if source else ("", "")
        row = (key, paper.id, file, form, given, content_key(paper), body, State.STAGED)
        added = one(
            """INSERT OR IGNORE INTO entries(key, id, file, format, given, content, body, state)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            row,
        )
        if added.rowcount:
            rows = [(identity, added.lastrowid) for identity in identities]
            self._database.executemany("INSERT OR IGNORE INTO identities(identity, entry) VALUES (?, ?)", rows)

    def stage_reject(self, file: str, fields: Mapping[str, Any], *, owner: int | None = None) -> None:
        """Add what could not be read: a JSON object with `entry`, `line` and the reason.

        owner: serial of an entry that it hangs on; it goes when that entry, or one connected with it, changes.
        """
        row = (file, fields.get("entry"), fields.get("line"), pack(fields), owner, State.STAGED)
        self._database.execute(
            "INSERT INTO rejects(file, entry, line, body, owner, state) VALUES (?, ?, ?, ?, ?, ?)", row
        )

    def replace_older(self, files: Iterable[str]) -> None:
        """Mark what the entries read now replace, and the rejects of the files that were read now."""
        for also in ("old.file = new.file", _CORRECTED):
            self._database.execute(
                f"""UPDATE entries SET state = {State.GOING:d} WHERE state = {State.PUBLISHED:d} AND serial IN (
                    SELECT old.serial FROM entries AS new JOIN identities AS mine ON mine.entry = new.serial
                    JOIN identities AS other ON other.identity = mine.identity
                    JOIN entries AS old ON old.serial = other.entry
                    WHERE new.state = {State.STAGED:d} AND old.state = {State.PUBLISHED:d} AND {also})"""
            )
        self._database.executemany(
            f"""UPDATE rejects SET state = {State.GOING:d}
                WHERE file = ? AND owner IS NULL AND state = {State.PUBLISHED:d}""",
            ((file,) for file in files),
        )

    def take_out(self, ids: Sequence[str]) -> None:
        """Mark all entries of these papers; an id may be any that the paper is known by, or its node.

        Raises UsageError that names the ids that no paper has; nothing is marked then.
        """
        one = self._database.execute
        missing, nodes = [], []
        for paper_id in ids:
            found = one(_PAPER_KNOWN_AS, {"id": paper_id, "node": str(NodeId.paper(paper_id))}).fetchone()
            if found is None:
                missing.append(paper_id)
            else:
                nodes.append(found)
        if missing:
            named = ", ".join(missing)
            raise UsageError(
                f"no paper has the id {named}", to_do="nothing was taken out; `kg query GRAPH papers` lists ids"
            )
        self._database.executemany(f"UPDATE entries SET state = {State.GOING:d} WHERE paper = ?", nodes)

    def changed_components(self) -> Iterator[list[Entry]]:
        """Live entries that are connected by identities, for every component that this build touches."""
        self._reach()
        self._connect()
        self._database.execute(
            f"UPDATE rejects SET state = {State.GOING:d} WHERE owner IN (SELECT entry FROM reached) AND state = 0"
        )
        rows = self._database.execute(
            "SELECT root, serial, body FROM component JOIN entries ON serial = component.entry ORDER BY root, serial"
        )
        for _, members in groupby(rows, key=itemgetter(0)):
            yield [(serial, decode_paper(unpack(body))) for _, serial, body in members]

    def _reach(self) -> None:
        """Everything connected with what is new or going, into the table `reached`."""
        one = self._database.execute
        for table in ("reached", "frontier", "next_frontier"):
            one(f"DROP TABLE IF EXISTS temp.{table}")
            one(f"CREATE TEMP TABLE {table}(entry INTEGER PRIMARY KEY)")
        one("INSERT INTO frontier SELECT serial FROM entries WHERE state IN (?, ?)", (State.STAGED, State.GOING))
        while one("SELECT EXISTS (SELECT 1 FROM frontier)").fetchone()[0]:
            one("INSERT OR IGNORE INTO reached SELECT entry FROM frontier")
            one(
                """INSERT OR IGNORE INTO next_frontier SELECT other.entry FROM frontier
                   JOIN identities AS mine ON mine.entry = frontier.entry
                   JOIN identities AS other ON other.identity = mine.identity
                   WHERE other.entry NOT IN (SELECT entry FROM reached)"""
            )
            one("DELETE FROM frontier")
            one("INSERT INTO frontier SELECT entry FROM next_frontier")
            one("DELETE FROM next_frontier")

    def _connect(self) -> None:
        """The components of the live entries among them: each takes the smallest serial it is connected with."""
        one = self._database.execute
        for table in ("component", "least"):
            one(f"DROP TABLE IF EXISTS temp.{table}")
        one("CREATE TEMP TABLE component(entry INTEGER PRIMARY KEY, root INTEGER NOT NULL)")
        one("CREATE TEMP TABLE least(identity TEXT PRIMARY KEY, root INTEGER NOT NULL) WITHOUT ROWID")
        one(
            f"""INSERT INTO component SELECT serial, serial FROM reached JOIN entries ON serial = reached.entry
                WHERE state IN {_LIVE}"""
        )
        changed = 1
        while changed:
            one("DELETE FROM least")
            one(
                """INSERT INTO least SELECT identity, min(root) FROM component JOIN identities USING(entry)
                   GROUP BY identity HAVING count(*) > 1"""
            )
            changed = one(
                """UPDATE component SET root = (
                       SELECT min(least.root) FROM identities JOIN least USING(identity)
                       WHERE identities.entry = component.entry)
                   WHERE root > (SELECT min(least.root) FROM identities JOIN least USING(identity)
                       WHERE identities.entry = component.entry)"""
            ).rowcount

    def draft(self, paper: Paper, serials: Iterable[int]) -> None:
        """A paper as it will be, made of these entries."""
        node = str(NodeId.paper(paper.id))
        row = (node, paper.id, content_key(paper), pack(encode_paper(paper)))
        self._database.execute("INSERT INTO drafts(node, id, content, body) VALUES (?, ?, ?, ?)", row)
        self._database.executemany(
            "INSERT INTO drafted(entry, node) VALUES (?, ?)", [(serial, node) for serial in serials]
        )

    def drafts(self) -> Iterator[Paper]:
        """The drafts, by node."""
        for (body,) in self._database.execute("SELECT body FROM drafts ORDER BY node"):
            yield decode_paper(unpack(body))

    def count_drafts(self) -> int:
        """How many drafts there are."""
        return int(self._database.execute("SELECT count(*) FROM drafts").fetchone()[0])

    def count_staged_rejects(self) -> int:
        """How many rejects this build has met, those of conflicts among them."""
        query = "SELECT count(*) FROM rejects WHERE state = ?"
        return int(self._database.execute(query, (State.STAGED,)).fetchone()[0])

    def settle_drafts(self, *, everything: bool) -> None:
        """Which papers go, and which drafts say nothing new. everything: all papers become drafts."""
        one = self._database.execute
        one(
            """INSERT OR IGNORE INTO gone SELECT DISTINCT paper FROM reached JOIN entries ON serial = reached.entry
               WHERE paper IS NOT NULL AND paper NOT IN (SELECT node FROM drafts)"""
        )
        if everything:
            one(
                """INSERT OR IGNORE INTO drafts(node, id, content, body)
                   SELECT node, id, content, body FROM papers WHERE node NOT IN (SELECT node FROM gone)"""
            )
        else:
            one(
                """DELETE FROM drafts WHERE EXISTS (SELECT 1 FROM papers WHERE papers.node = drafts.node
                   AND papers.body = drafts.body)"""
            )

    def unchanged(self) -> bool:
        """Whether publishing would change nothing: no draft, nothing gone, the same entries and rejects."""
        one = self._database.execute
        rejects = "SELECT file, entry, line, body FROM rejects WHERE state = {:d}"
        new, old = rejects.format(State.STAGED), rejects.format(State.GOING)
        return not any(
            one(f"SELECT EXISTS ({query})").fetchone()[0]
            for query in (
                "SELECT 1 FROM drafts",
                "SELECT 1 FROM gone",
                f"SELECT 1 FROM entries WHERE state IN ({State.STAGED:d}, {State.GOING:d})",
                f"{new} EXCEPT {old}",
                f"{old} EXCEPT {new}",
            )
        )

    def counts(self) -> tuple[int, int]:
        """Entries that became papers, and rejects, of the published set; inside the publishing transaction, of the set to come."""
        one = self._database.execute
        entries = one("SELECT count(*) FROM entries WHERE state = 0 AND paper IS NOT NULL").fetchone()[0]
        rejects = one("SELECT count(*) FROM rejects WHERE state = 0").fetchone()[0]
        return int(entries), int(rejects)

    def publish(self) -> None:
        """Make the staged set the set: part of the publishing transaction."""
        one = self._database.execute
        one("DELETE FROM identities WHERE entry IN (SELECT serial FROM entries WHERE state = ?)", (State.GOING,))
        for table in ("entries", "rejects"):
            one(f"DELETE FROM {table} WHERE state = ?", (State.GOING,))
            one(f"UPDATE {table} SET state = ? WHERE state <> ?", (State.PUBLISHED, State.PUBLISHED))
        one("UPDATE entries SET paper = NULL WHERE serial IN (SELECT entry FROM reached)")
        one("UPDATE entries SET paper = drafted.node FROM drafted WHERE drafted.entry = entries.serial")
        one("DELETE FROM drafted")
