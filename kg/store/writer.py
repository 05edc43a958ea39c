"""A graph folder, open for writing: one process at a time, every change published at once.

    with Writer.open("G") as writer:
        ...                        stage entries, keep records: committed as they come, seen by nobody
        with writer.publishing() as ...
            ...                    papers, things, links; the triples of the next generation, built aside
                                   one commit names the new state; then the manifest is renamed into place

A kill at any instant leaves the last published state, and beside it what was kept on the way to the next.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import FolderVersion, StoreError, Where
from kg.store.database import DATABASE, connect, told, transaction
from kg.store.entries import Entries
from kg.store.folder import check_format, published
from kg.store.graph import StoredGraph
from kg.store.lock import held
from kg.store.manifest import Manifest, read_manifest, write_manifest
from kg.store.records import Records
from kg.store.rejects import write_rejects
from kg.store.schema import FORMAT, MIGRATIONS, TABLES
from kg.store.triples import clear_old, name_of

__all__ = ["Writer"]

_STRAY = "*.new"


@dataclass(slots=True)
class Writer:
    """A folder that this process holds; use it in a `with`."""

    path: Path
    connection: sqlite3.Connection
    entries: Entries
    records: Records
    _stack: ExitStack

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Writer:
        """Hold the folder at `path`, made if it is not there.

        Raises FolderLocked when another process holds it, FolderVersion for a form that cannot be brought up to date,
        StoreError where `path` holds something else.
        """
        folder = Path(path)
        where = Where(file=str(path))
        with told(folder), ExitStack() as stack:
            if not (folder / DATABASE).is_file():
                if not create:
                    raise StoreError("is not a graph folder", where=where, to_do="make one: kg build INPUT... -o GRAPH")
                _make_room(folder, where)
            stack.enter_context(held(folder))
            connection = connect(folder, write=True)
            stack.callback(connection.close)
            _prepare(connection, where)
            writer = cls(
                path=folder,
                connection=connection,
                entries=Entries(connection),
                records=Records(connection),
                _stack=stack.pop_all(),
            )
        try:
            writer._recover()
        except BaseException:
            writer.close()
            raise
        return writer

    @property
    def manifest(self) -> Manifest | None:
        """What is published now; None before the first build is done."""
        return published(self.connection, Where(file=str(self.path)))

    @property
    def generation(self) -> int:
        """The number of the published state, 0 before there is one."""
        manifest = self.manifest
        return manifest.generation if manifest else 0

    def triples_path(self, generation: int) -> Path:
        """Where the triples of a generation lie."""
        return self.path / name_of(generation)

    def graph(self, extractor: str) -> StoredGraph:
        """The graph as this connection sees it: inside `publishing`, the one to come."""
        return StoredGraph(self.connection, extractor=extractor)

    def changing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction for staging."""
        return transaction(self.connection)

    @contextmanager
    def publishing(self) -> Iterator[Callable[[Manifest], None]]:
        """The one transaction that makes the next state: call what it yields with the manifest, last.

        Without that call, or on any exception, nothing is published.
        """
        said: list[Manifest] = []
        with told(self.path):
            with transaction(self.connection):
                yield said.append
                if said:
                    row = (said[-1].dumps(),)
                    self.connection.execute("INSERT OR REPLACE INTO meta(name, value) VALUES ('manifest', ?)", row)
                else:
                    raise StoreError("nothing was published", where=Where(file=str(self.path)))
            self._recover()

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Make these the files that are kept for later builds, by name; part of the publishing transaction."""
        self.connection.execute("DELETE FROM kept")
        self.connection.executemany("INSERT INTO kept(name, body) VALUES (?, ?)", sorted(files.items()))

    def kept(self) -> dict[str, bytes]:
        """The files that are kept for later builds, by name."""
        return {
            name: bytes(body) for name, body in self.connection.execute("SELECT name, body FROM kept ORDER BY name")
        }

    def drop_tables(self, prefix: str) -> None:
        """Drop the tables that another stage keeps here under names with this beginning; part of a transaction."""
        rows = self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (name,) in rows:
            if name.startswith(prefix):
                self.connection.execute(f'DROP TABLE "{name}"')

    def forget(self) -> None:
        """Drop what a build that never published has staged; the records that it kept stay."""
        with told(self.path), self.changing():
            self.entries.forget()

    def take_out(self, ids: Sequence[str]) -> None:
        """Stage the removal of papers. Raises UsageError for an id that no paper has."""
        with told(self.path), self.changing():
            self.entries.take_out(ids)

    def close(self) -> None:
        """Let go of the folder; the write-ahead log is folded into the database."""
        with self._stack, told(self.path):
            if not self.connection.in_transaction:
                self.connection.execute("PRAGMA busy_timeout = 0")  # what readers still hold waits for the next writer
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _recover(self) -> None:
        """Bring what lies beside the database in line with it: after a publication, and after a kill."""
        with told(self.path):
            manifest = self.manifest
            for stray in self.path.glob(_STRAY):
                shutil.rmtree(stray) if stray.is_dir() else stray.unlink()
            clear_old(self.path, keep=manifest.generation if manifest else 0)
            if manifest is not None and _manifest_beside(self.path) != manifest:
                write_rejects(self.path, self.connection)
                write_manifest(self.path, manifest)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _manifest_beside(folder: Path) -> Manifest | None:
    """The manifest file, None also where it cannot be read: it is only a copy."""
    try:
        return read_manifest(folder)
    except StoreError:
        return None


def _make_room(folder: Path, where: Where) -> None:
    """An empty folder for a graph. Raises StoreError where something else is there."""
    if folder.exists() and not folder.is_dir():
        raise StoreError("is a file, not a graph folder", where=where, to_do="name another folder")
    strangers = sorted(file.name for file in folder.iterdir() if file.name != "lock") if folder.is_dir() else []
    if strangers:
        what = f"is not a graph folder and is not empty: it holds {strangers[0]}"
        raise StoreError(what, where=where, to_do="name another folder")
    folder.mkdir(parents=True, exist_ok=True)


def _prepare(connection: sqlite3.Connection, where: Where) -> None:
    """Make the tables, or bring an older form up to date."""
    found = check_format(connection, where)
    if found == 0:
        with transaction(connection):
            for statement in TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        return
    while found < FORMAT:
        if found not in MIGRATIONS:
            to_do = "build it again from its inputs"
            raise FolderVersion(
                f"has the old form {found}, which cannot be brought up to date", where=where, to_do=to_do
            )
        with transaction(connection):
            for statement in MIGRATIONS[found]:
                connection.execute(statement)
            found += 1
            connection.execute(f"PRAGMA user_version = {found}")
