"""A graph folder, opened for reading: one published state, for as long as it is open.

    with Folder.open("G") as folder:
        folder.graph.thing("thing/cifar-10")
        folder.triples.query("SELECT …")

The database's snapshot and the generation of triples that it names belong together; a writer publishes the next state
beside them. What it cannot do: write; that is `kg.store.writer`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.errors import FolderDamaged, FolderVersion, StoreError, Where
from kg.store.database import DATABASE, connect, told
from kg.store.graph import StoredGraph
from kg.store.manifest import Manifest
from kg.store.rejects import read_rejects
from kg.store.schema import FORMAT
from kg.store.search import Hit, search
from kg.store.triples import Held, hold

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["Folder", "check_format", "is_folder", "published"]

_TRIES = 5


def is_folder(path: str | Path) -> bool:
    """Whether there is a graph folder at that path."""
    return (Path(path) / DATABASE).is_file()


def published(connection: sqlite3.Connection, where: Where) -> Manifest | None:
    """The manifest of the state that this connection sees; None before the first build is done."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'manifest'").fetchone()
    return Manifest.loads(row[0], where=where) if row else None


def check_format(connection: sqlite3.Connection, where: Where) -> int:
    """The form of the folder. Raises FolderVersion for one from a later program."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > FORMAT:
        raise FolderVersion(
            f"has form {found}, this program knows up to {FORMAT}",
            where=where,
            to_do="use a newer version of the program",
        )
    return int(found)


@dataclass(slots=True)
class Folder:
    """One published state of a graph folder. Close it, or use it in a `with`; it may be used from several threads."""

    path: Path
    manifest: Manifest
    graph: StoredGraph
    _connection: sqlite3.Connection
    _held: Held | None = None

    @classmethod
    def open(cls, path: str | Path) -> Folder:
        """Open the state that is published now.

        Raises StoreError where there is no graph, FolderVersion for a form that this program does not read,
        FolderDamaged where the triples that the database names are missing.
        """
        folder = Path(path)
        where = Where(file=str(path))
        if not is_folder(folder):
            raise StoreError("is not a graph folder", where=where, to_do="make one: kg build INPUT... -o GRAPH")
        with told(folder):
            for _ in range(_TRIES):
                opened = cls._try(folder, where)
                if opened is not None:
                    return opened
        raise FolderDamaged("the triples of the last build are missing", where=where, to_do="start the build again")

    @classmethod
    def _try(cls, folder: Path, where: Where) -> Folder | None:
        """None where a writer took the triples away between our two looks."""
        connection = connect(folder, write=False)
        try:
            connection.execute("BEGIN")
            found = check_format(connection, where)
            if 0 < found < FORMAT:
                to_do = "build on it once: that brings it up to date"
                raise FolderVersion(f"has the older form {found}", where=where, to_do=to_do)
            manifest = published(connection, where) if found else None
            if manifest is None:
                to_do = "start the build again: it goes on where it stopped"
                raise StoreError("holds no finished build", where=where, to_do=to_do)
            held = hold(folder, manifest.generation)
        except FileNotFoundError:
            connection.close()
            return None
        except BaseException:
            connection.close()
            raise
        graph = StoredGraph(connection, extractor=manifest.extractor)
        return cls(path=folder, manifest=manifest, graph=graph, _connection=connection, _held=held)

    @property
    def triples(self) -> Store:
        """The triples of this state, read-only."""
        if self._held is None:
            raise StoreError("the folder is closed", where=Where(file=str(self.path)))
        return self._held.store

    @property
    def triples_path(self) -> Path:
        """Where they lie; a process of one's own may open them with `pyoxigraph.Store.read_only` while this is open."""
        from kg.store.triples import name_of

        return self.path / name_of(self.manifest.generation)

    def search(self, words: str, *, limit: int = 20, kinds: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """The best matches for words as people type them, best first; see `kg.store.search`."""
        with told(self.path):
            return search(self._connection, words, limit=limit, kinds=kinds)

    def rejects(self) -> Iterator[Mapping[str, Any]]:
        """What could not be read, in the order of file, entry and line: each a JSON object with its reason."""
        return read_rejects(self._connection)

    def kept(self, name: str) -> bytes | None:
        """A file that is kept for later builds ("curation", "authority/0", …), None where there is none."""
        row = self._connection.execute("SELECT body FROM kept WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def stats(self) -> dict[str, Any]:
        """How much there is: papers, entries_read, rejected, entities, mentions, relations, claims, nodes, …"""
        return dict(self.manifest.counts)

    @property
    def connection(self) -> sqlite3.Connection:
        """The database of this state, read-only, for queries of one's own."""
        return self._connection

    def copy_database(self, target: sqlite3.Connection) -> None:
        """Copy the database of this state, page by page."""
        with told(self.path):
            self._connection.backup(target)

    def close(self) -> None:
        """Let go of the state; the writer may then remove its triples."""
        if self._held is not None:
            self._held.close()
            self._held = None
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
