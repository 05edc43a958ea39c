"""The rejects file: what could not be read, one JSON object a line, for people and programs to act on.

Like the manifest it is a copy of what the database holds, written beside and renamed into place.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.store.rows import unpack

__all__ = ["REJECTS", "read_rejects", "write_rejects"]

REJECTS = "rejects.jsonl"


def read_rejects(connection: sqlite3.Connection) -> Iterator[Mapping[str, Any]]:
    """The published rejects, in the order of file, entry and line: each a JSON object with its reason."""
    rows = connection.execute("SELECT body FROM rejects WHERE state <> 1 ORDER BY file, entry, line, body")
    for (body,) in rows:
        yield unpack(body)


def write_rejects(folder: Path, connection: sqlite3.Connection) -> None:
    """Write the file beside and rename it into place; where nothing was rejected there is no file."""
    path, beside = folder / REJECTS, folder / f"{REJECTS}.new"
    empty = True
    with beside.open("w", encoding="utf-8", errors="backslashreplace") as out:
        for reject in read_rejects(connection):
            out.write(json.dumps(reject, ensure_ascii=False, sort_keys=True) + "\n")
            empty = False
        out.flush()
        os.fsync(out.fileno())
    if empty:
        beside.unlink()
        path.unlink(missing_ok=True)
    else:
        beside.replace(path)
