"""Many rows into a SQLite table, written once each: gathered aside, entered in the order of its key, indexes last.

Rows that come in another order than a table's own cost a page each once the table has outgrown the page cache: time
and write-ahead log then grow faster than the rows. Sorted by SQLite (in files of the system's temporary directory) every
page is written once.

    with in_order(connection, "links", key="subject, predicate, object") as add:
        add(rows)       as often as wanted; the table has them when the block ends

What it cannot do: commit, that is the caller's; show the rows before the block ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

__all__ = ["in_order", "without_indexes"]

Add = Callable[[Iterable[Sequence[Any]]], None]


@contextmanager
def in_order(connection: sqlite3.Connection, table: str, *, key: str) -> Iterator[Add]:
    """What takes rows of a table, each with all its columns; of rows with one key the last stays.

    key: the columns of the primary key, as in ORDER BY. Raises sqlite3 errors; nothing was entered then.

    >>> connection = sqlite3.connect(":memory:")
    >>> _ = connection.execute("CREATE TABLE seen(word TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")
    >>> with in_order(connection, "seen", key="word") as add:
    ...     add([("b", 1), ("a", 1)])
    ...     add([("b", 2)])
    >>> connection.execute("SELECT * FROM seen").fetchall()
    [('a', 1), ('b', 2)]
    """
    heap = f"heap_{table}"
    connection.execute(f"DROP TABLE IF EXISTS temp.{heap}")
    connection.execute(f"CREATE TEMP TABLE {heap} AS SELECT * FROM main.{table} WHERE 0")
    columns = connection.execute(f"SELECT count(*) FROM pragma_table_info('{heap}')").fetchone()[0]
    statement = f"INSERT INTO temp.{heap} VALUES ({', '.join('?' * columns)})"

    def add(rows: Iterable[Sequence[Any]]) -> None:
        connection.executemany(statement, rows)

    yield add
    with without_indexes(connection, table):
        connection.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM temp.{heap} ORDER BY {key}, rowid")
    connection.execute(f"DROP TABLE temp.{heap}")


@contextmanager
def without_indexes(connection: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """Tables without the indexes that were made for them; these are made again when the block ends."""
    marks = ", ".join("?" * len(tables))
    indexes = connection.execute(
        f"SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})"
        " ORDER BY name",
        tables,
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX main."{name}"')
    yield
    for _, statement in indexes:
        connection.execute(statement)
