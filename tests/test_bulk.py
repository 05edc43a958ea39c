"""Rows that are gathered and entered in order make the table that single inserts make."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bulk import in_order, without_indexes

_ROWS = st.lists(st.tuples(st.text(max_size=3), st.integers(0, 3), st.integers(0, 99)), max_size=30)


def _database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE seen(word TEXT, at INTEGER, times INTEGER, PRIMARY KEY(word, at)) WITHOUT ROWID")
    connection.execute("CREATE INDEX seen_at ON seen(at)")
    return connection


def _all(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [
        *connection.execute("SELECT * FROM seen ORDER BY 1, 2"),
        *connection.execute("SELECT at FROM seen INDEXED BY seen_at WHERE at >= 0 ORDER BY at"),
        *connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name"),
    ]


@given(_ROWS, _ROWS, _ROWS)
def test_the_table_is_as_if_rows_had_come_one_by_one(
    there: list[tuple[str, int, int]], first: list[tuple[str, int, int]], second: list[tuple[str, int, int]]
) -> None:
    """Of two rows with one key the last stays; rows that were there and are not meant stay; so do the indexes."""
    one, many = _database(), _database()
    for connection in (one, many):
        connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", there)
    one.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", [*first, *second])
    with in_order(many, "seen", key="word, at") as add:
        add(first)
        add(row for row in second)
    assert _all(one) == _all(many)
    assert many.execute("SELECT count(*) FROM sqlite_temp_schema").fetchone() == (0,)


def test_what_is_rolled_back_was_never_there() -> None:
    """Rows, dropped indexes and what was gathered are the transaction's."""
    connection = _database()
    before = _all(connection)
    connection.execute("BEGIN")
    with pytest.raises(ZeroDivisionError), without_indexes(connection, "seen"):
        with in_order(connection, "seen", key="word, at") as add:
            add([("a", 1, 1)])
        raise ZeroDivisionError
    connection.execute("ROLLBACK")
    assert _all(connection) == before
    with in_order(connection, "seen", key="word, at") as add:
        add([("b", 1, 1)])
    assert connection.execute("SELECT word FROM seen").fetchall() == [("b",)]
