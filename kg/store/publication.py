"""The rows that readers see, brought to the state to come: papers, and what each contributes.

All inside the one publishing transaction; until it commits, readers see the state before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kg.bulk import in_order
from kg.domain import Evidence
from kg.graph import Contribution
from kg.identifiers import NodeId
from kg.store.graph import LINK_ORDER
from kg.store.search import WordRow, add_words, remove_words, words_of_contribution, words_of_thing
from kg.store.things import Things

__all__ = ["Part", "Publication", "part_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one paper adds to the tables: a pure function of its contribution, so that a worker can make it."""

    paper: str
    node: str
    mentions: int
    facts: int
    set_aside: int
    links: tuple[tuple[Any, ...], ...]
    claims: tuple[tuple[str, str, str], ...]
    words: tuple[WordRow, ...]


def part_of(contribution: Contribution) -> Part:
    """The rows of a contribution."""
    own = [fact for fact in contribution.facts if fact.subject == contribution.node]
    between = [fact for fact in contribution.facts if fact.subject != contribution.node]
    return Part(
        paper=contribution.paper.id,
        node=contribution.node,
        mentions=len(contribution.mentions),
        facts=len(own),
        set_aside=len(contribution.set_aside),
        links=tuple(
            (fact.subject, fact.predicate, fact.object, *_columns(item)) for fact in between for item in fact.evidence
        ),
        claims=tuple((linked.id, linked.paper, linked.claim.kind.value) for linked in contribution.claims),
        words=tuple(words_of_contribution(contribution)),
    )


def _columns(item: Evidence) -> tuple[Any, ...]:
    return item.paper, item.start, item.end, item.part, item.stage, item.score


class Publication:
    """The tables of papers and contributions, through the writer's connection."""

    def __init__(self, connection: sqlite3.Connection, things: Things) -> None:
        self._database = connection
        self._things = things

    def apply_drafts(self) -> int:
        """Make drafts papers and take those out that go; marks both; how many papers that are."""
        one = self._database.execute
        before = one("SELECT count(*) FROM temp.changed_papers").fetchone()[0]
        one("INSERT OR IGNORE INTO changed_papers SELECT id FROM papers WHERE node IN (SELECT node FROM gone)")
        one("INSERT OR IGNORE INTO changed_papers SELECT papers.id FROM papers JOIN drafts USING(node)")
        one("INSERT OR IGNORE INTO changed_papers SELECT id FROM drafts")
        one("DELETE FROM papers WHERE node IN (SELECT node FROM gone)")
        one(
            "INSERT OR REPLACE INTO papers(node, id, content, body) SELECT node, id, content, body FROM drafts ORDER BY node"
        )
        one("DELETE FROM drafts")
        one("DELETE FROM gone")
        return int(one("SELECT count(*) FROM temp.changed_papers").fetchone()[0] - before)

    @contextmanager
    def contributing(self) -> Iterator[Callable[[Sequence[Part]], None]]:
        """What adds the contributions of many papers at a time, after `clear`; the links are there when the block ends, the
        words after `index_words`."""
        with in_order(self._database, "links", key=LINK_ORDER) as add_links:

            def add(parts: Sequence[Part]) -> None:
                add_links(row for part in parts for row in part.links)
                self._add_own(parts)
                self.gather_words((part.node, row) for part in parts for row in part.words)

            yield add
        self._database.execute(
            "INSERT OR IGNORE INTO temp.changed_things SELECT DISTINCT subject FROM links WHERE part <> 'none'"
        )

    def clear(self) -> None:
        """Forget all contributions, before all are made anew; what the authority says stays. From here on words are gathered,
        until `index_words`."""
        self._database.execute("DELETE FROM links WHERE part <> 'none'")
        for table in ("claims", "shares", "words", "worded"):
            self._database.execute(f"DELETE FROM {table}")
        self._database.execute("DROP TABLE IF EXISTS temp.gathered")
        self._database.execute("CREATE TEMP TABLE gathered(owner TEXT, text TEXT, node TEXT, kind TEXT)")

    def take_back(self, paper_id: str) -> None:
        """Remove what a paper contributed; the things whose facts that touches are marked."""
        one = self._database.execute
        self._things.mark_things(
            subject for (subject,) in one("SELECT DISTINCT subject FROM links WHERE paper = ?", (paper_id,)).fetchall()
        )
        for table in ("links", "claims", "shares"):
            one(f"DELETE FROM {table} WHERE paper = ?", (paper_id,))
        remove_words(self._database, str(NodeId.paper(paper_id)))

    def contribute(self, part: Part) -> None:
        """Add what a paper contributes; the things whose facts that touches are marked."""
        self._database.executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", part.links)
        self._things.mark_things({row[0] for row in part.links})
        self._add_own((part,))
        add_words(self._database, ((part.node, row) for row in part.words))

    def _add_own(self, parts: Sequence[Part]) -> None:
        """What papers contribute besides links and words."""
        many = self._database.executemany
        many("INSERT INTO claims(id, paper, kind) VALUES (?, ?, ?)", (row for part in parts for row in part.claims))
        many(
            "INSERT INTO shares(paper, node, mentions, facts, set_aside) VALUES (?, ?, ?, ?, ?)",
            ((part.paper, part.node, part.mentions, part.facts, part.set_aside) for part in parts),
        )

    def gather_words(self, words: Iterable[tuple[str, WordRow]]) -> None:
        """Take words aside, each with its owner, after `clear`; `index_words` indexes them."""
        self._database.executemany(
            "INSERT INTO temp.gathered VALUES (?, ?, ?, ?)", ((owner, *row) for owner, row in words)
        )

    def index_words(self) -> None:
        """Index all words that were gathered since `clear`; SQLite does it alone, so that other threads have Python."""
        self._database.execute("INSERT INTO worded(serial, node) SELECT rowid, owner FROM temp.gathered ORDER BY rowid")
        self._database.execute(
            "INSERT INTO words(rowid, text, node, kind) SELECT rowid, text, node, kind FROM temp.gathered ORDER BY rowid"
        )
        self._database.execute("DROP TABLE temp.gathered")

    def index_things(self, things: Iterable[tuple[str, Any]]) -> None:
        """Bring the words of things up to date: (id, Thing, or None where it is gone)."""
        for thing_id, thing in things:
            remove_words(self._database, thing_id)
            if thing is not None:
                add_words(self._database, ((thing_id, row) for row in words_of_thing(thing)))
