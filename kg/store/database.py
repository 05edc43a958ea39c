"""One connection to the folder's SQLite database: opened for writing or for reading, its errors told as ours.

What it cannot do: decide who may write; that is `kg.store.lock`.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import FolderDamaged, StoreError, Where

__all__ = ["DATABASE", "connect", "told", "transaction"]

DATABASE = "graph.sqlite"
_WAIT_S = 30.0
_FULL = (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)
_FULL_TEXTS = ("No space left", "File too large", "Disk quota")
"""What RocksDB passes on without the number."""
_CACHE_KIB = 65_536
_WRITER_CACHE_KIB = 196_608
"""A first build looks things up by the million: pages that fall out are read again from the write-ahead log."""
_MAPPED_BYTES = 268_435_456


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into ours: FolderDamaged, or StoreError with what to do."""
    where = Where(file=str(path))
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "full" in text or "disk I/O" in text:
            raise StoreError(
                f"cannot be written: {text}", where=where, to_do="free some space and start the command again"
            ) from error
        if isinstance(error, sqlite3.OperationalError) and "no such table" not in text:
            raise StoreError(f"the database says: {text}", where=where) from error
        cure = "run `kg validate`, or restore a backup"
        raise FolderDamaged(f"the database is damaged: {text}", where=where, to_do=cure) from error
    except OSError as error:
        full = error.errno in _FULL or any(text in str(error) for text in _FULL_TEXTS)
        to_do = "free some space and start the command again" if full else None
        raise StoreError(f"cannot be read or written: {error}", where=where, to_do=to_do) from error


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """Open the database of a folder. A reader sees one state for as long as it is open; see `transaction`.

    Raises sqlite3 errors; call it inside `told`.
    """
    path = folder / DATABASE
    if write:
        connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection = _read(path)
        connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
    connection.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KIB if write else _CACHE_KIB}")
    return connection


def _read(path: Path) -> sqlite3.Connection:
    """A reader of a database in WAL mode must be able to write beside it; on a medium that cannot be written, nobody does."""
    address = path.resolve().as_uri()
    connection = sqlite3.connect(
        f"{address}?mode=ro", uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        connection.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        return sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of it or nothing: commits at the end, rolls back on any exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
