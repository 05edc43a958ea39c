"""What was found in texts, kept by the text's hash and the extractor's fingerprint: a text is read once.

Readers come to a record only through a paper, so rows of a build under way do no harm, and a build that was killed
finds them again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from kg.codec import decode_paper
from kg.domain import Paper
from kg.store.database import transaction
from kg.store.rows import RecordRow, content_key, unpack

__all__ = ["Records"]

_WAITING = """FROM drafts WHERE NOT EXISTS (
    SELECT 1 FROM records WHERE records.content = drafts.content AND records.extractor = ?)"""


class Records:
    """The records, through the writer's connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._database = connection

    def waiting(self, extractor: str) -> int:
        """How many texts have no record yet."""
        return int(self._database.execute(f"SELECT count(DISTINCT content) {_WAITING}", (extractor,)).fetchone()[0])

    def missing(self, extractor: str, *, page: int = 1024) -> Iterator[Paper]:
        """One paper for each text that has no record yet, by node; rows may be added while this goes on."""
        last = ""
        while True:
            rows = self._database.execute(
                f"SELECT node, body {_WAITING} AND node > ? ORDER BY node LIMIT ?", (extractor, last, page)
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            done: set[bytes] = set()
            for _, body in rows:
                paper = decode_paper(unpack(body))
                key = content_key(paper)
                if key not in done:
                    done.add(key)
                    yield paper

    def add(self, rows: Iterable[RecordRow], extractor: str) -> None:
        """Keep a batch, at once and for good."""
        with transaction(self._database):
            self._database.executemany(
                "INSERT OR REPLACE INTO records(content, extractor, body) VALUES (?, ?, ?)",
                ((content, extractor, body) for content, body in rows),
            )

    def drop_unused(self, extractor: str) -> None:
        """Forget what no paper needs: part of the publishing transaction."""
        self._database.execute(
            "DELETE FROM records WHERE extractor <> ? OR content NOT IN (SELECT content FROM papers)", (extractor,)
        )
