"""What a state is, in a few hashes: the same state gives the same digests, whatever its history.

In: the writer's or a reader's connection. Out: SHA-256 over the sorted keys of entries, papers, records and things.
The manifest keeps them; `check` makes them again.
"""

from __future__ import annotations

import hashlib
import sqlite3

__all__ = ["digests"]

_KEYS = {
    "entries": "SELECT key FROM entries WHERE state <> 1 ORDER BY key",
    "papers": "SELECT CAST(node AS BLOB), content FROM papers ORDER BY node",
    "records": """SELECT content, CAST(extractor AS BLOB) FROM records WHERE extractor = :extractor
        AND content IN (SELECT content FROM papers) ORDER BY content""",
    "things": "SELECT CAST(id AS BLOB), digest FROM things ORDER BY id",
}


def digests(connection: sqlite3.Connection, extractor: str) -> dict[str, str]:
    """SHA-256, in hex, by name of the table; extractor: the fingerprint whose records are meant."""
    found = {}
    for name, query in _KEYS.items():
        whole = hashlib.sha256()
        for row in connection.execute(query, {"extractor": extractor} if ":" in query else {}):
            for value in row:
                whole.update(len(value).to_bytes(4, "big"))
                whole.update(value)
        found[name] = whole.hexdigest()
    return found
