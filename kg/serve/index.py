"""What the views read: a SQLite file derived from a graph, so that ten thousand papers answer as fast as a hundred.

In: any `Graph`. Out: tables of things, papers, links between things with their evidence, claims and forms to search.
Texts of papers are not copied; they are asked of the graph. Numbers (`n`) are positions in the order of ids, so that
the same graph gives the same index. What it cannot do: follow a graph that changes; make a new one.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kg.domain import Fact, Thing
from kg.graph import Graph
from kg.graph.contribution import LinkedClaim

__all__ = ["FORM", "Index", "plain"]

FORM = 1
"""The form of the tables; a kept index of another form is made anew."""

_TABLES = """
CREATE TABLE papers(n INTEGER PRIMARY KEY, id TEXT UNIQUE, node TEXT UNIQUE, title TEXT, year INTEGER, venue TEXT);
CREATE TABLE things(n INTEGER PRIMARY KEY, id TEXT UNIQUE, label TEXT, type TEXT, papers INTEGER, links INTEGER,
                    aliases TEXT, concept TEXT, broader TEXT, community INTEGER, x REAL, y REAL);
CREATE TABLE mentions(thing INTEGER, paper INTEGER, times INTEGER, introduced INTEGER, PRIMARY KEY(thing, paper))
             WITHOUT ROWID;
CREATE TABLE links(n INTEGER PRIMARY KEY, subject INTEGER, predicate TEXT, object INTEGER, papers INTEGER, score REAL,
                   first INTEGER, last INTEGER);
CREATE TABLE evidence(link INTEGER, paper INTEGER, part TEXT, start INTEGER, finish INTEGER, stage TEXT, score REAL);
CREATE TABLE claims(n INTEGER PRIMARY KEY, id TEXT UNIQUE, paper INTEGER, kind TEXT, predicate TEXT,
                    subject INTEGER, object INTEGER, metric INTEGER, dataset INTEGER, said TEXT, value TEXT,
                    quantity TEXT, low REAL, high REAL, unit TEXT, polarity TEXT, score REAL, start INTEGER, finish INTEGER);
CREATE TABLE forms(form TEXT, plain TEXT, thing INTEGER, times INTEGER);
CREATE VIRTUAL TABLE grams USING fts5(plain, content='', tokenize='trigram');
CREATE VIRTUAL TABLE titles USING fts5(title, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE communities(n INTEGER PRIMARY KEY, name TEXT, size INTEGER, x REAL, y REAL, r REAL);
"""
_KEYS = """
CREATE INDEX mentions_paper ON mentions(paper);
CREATE INDEX papers_year ON papers(year);
CREATE INDEX links_subject ON links(subject, predicate);
CREATE INDEX links_object ON links(object, predicate);
CREATE INDEX evidence_link ON evidence(link);
CREATE INDEX evidence_paper ON evidence(paper);
CREATE INDEX claims_paper ON claims(paper);
CREATE INDEX claims_dataset ON claims(dataset);
CREATE INDEX claims_subject ON claims(subject);
CREATE INDEX claims_object ON claims(object);
CREATE INDEX forms_plain ON forms(plain);
CREATE INDEX things_type ON things(type, papers DESC);
CREATE INDEX things_community ON things(community);
"""
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def plain(text: str) -> str:
    """A form as it is searched: no case, no accents, words apart by single spaces.

    >>> plain("  Ünïted-Net (v2)")
    'united net v2'
    """
    base = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", base).strip()


class Index:
    """The tables, and the graph that they came from. Safe to read from many threads."""

    def __init__(self, graph: Graph, path: Path, *, owned: tempfile.TemporaryDirectory[str] | None = None) -> None:
        self.graph = graph
        self.path = path
        self._owned = owned
        self.memory: dict[str, Any] = {}
        # One connection for all threads: SQLite serialises them, and the file may go while it is open.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row

    @classmethod
    def of(cls, graph: Graph, path: Path | None = None) -> Index:
        """Make the index of a graph: at `path`, which must not be there yet, else in a temporary folder."""
        from kg.serve.communities import place

        owned = tempfile.TemporaryDirectory(prefix="kg-index-") if path is None else None
        path = path or Path(owned.name if owned else "") / "index.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
            connection.execute("BEGIN")
            _fill(connection, graph)
            connection.execute("COMMIT")
            connection.executescript(_KEYS)
            connection.execute("BEGIN")
            place(connection)
            connection.execute("COMMIT")
            connection.execute("ANALYZE")
        return cls(graph, path, owned=owned)

    def close(self) -> None:
        """Let go of the file, and remove it if it is in a temporary folder of our own; nothing may be asked afterwards."""
        self._connection.close()
        if self._owned is not None:
            self._owned.cleanup()
            self._owned = None

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a statement."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a statement, None where there is none."""
        found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def number(self, sql: str, *values: Any) -> int:
        """The one number that a statement gives; 0 for none."""
        row = self.row(sql, *values)
        return int(row[0] or 0) if row is not None else 0


def _fill(connection: sqlite3.Connection, graph: Graph) -> None:
    things = _things(connection, graph.things())
    papers: dict[str, tuple[int, int | None]] = {}
    claims: list[LinkedClaim] = []
    for n, contribution in enumerate(graph.contributions()):
        paper = contribution.paper
        papers[paper.id] = (n, paper.year)
        row = (n, paper.id, contribution.node, paper.title, paper.year, paper.venue)
        connection.execute("INSERT INTO papers VALUES(?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO titles(rowid, title) VALUES(?, ?)", (n, paper.title))
        own = (fact for fact in contribution.facts if fact.subject == contribution.node)
        connection.executemany("INSERT INTO mentions VALUES(?, ?, ?, ?)", _mentions(own, n, things))
        claims += contribution.claims
    _links(connection, _between_things(graph), papers, things)
    connection.executemany(
        f"INSERT INTO claims VALUES({', '.join('?' * 19)})",
        (_claim(n, claim, papers, things) for n, claim in enumerate(sorted(claims, key=lambda c: c.id))),
    )
    connection.execute("UPDATE things SET papers = (SELECT count(*) FROM mentions WHERE thing = things.n)")
    connection.execute(
        """UPDATE things SET links = given.k FROM
           (SELECT t, count(*) k FROM (SELECT subject t FROM links UNION ALL SELECT object FROM links) GROUP BY t) given
           WHERE given.t = things.n"""
    )


def _between_things(graph: Graph) -> Iterator[Fact]:
    """Facts between things. A stored graph has them in a table of their own, and need not read every record again."""
    links: Callable[[], Iterator[Fact]] | None = getattr(graph, "links", None)
    if links is not None:
        return links()
    return (fact for fact in graph.facts() if fact.subject.startswith("thing/"))


def _things(connection: sqlite3.Connection, things: Iterable[Thing]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    forms = 0
    for n, thing in enumerate(things):
        numbers[thing.id] = n
        connection.execute(
            "INSERT INTO things VALUES(?, ?, ?, ?, 0, 0, ?, ?, ?, NULL, NULL, NULL)",
            (
                n,
                thing.id,
                thing.label,
                thing.type.value,
                json.dumps(thing.aliases, ensure_ascii=False),
                thing.concept,
                json.dumps(thing.broader),
            ),
        )
        seen: dict[str, tuple[str, int]] = {}
        for form, times in ((thing.label, 0), *thing.aliases):
            seen.setdefault(plain(form), (form, times))
        for key, (form, times) in seen.items():
            connection.execute(
                "INSERT INTO forms(rowid, form, plain, thing, times) VALUES(?, ?, ?, ?, ?)",
                (forms, form, key, n, times),
            )
            connection.execute("INSERT INTO grams(rowid, plain) VALUES(?, ?)", (forms, key))
            forms += 1
    return numbers


def _links(
    connection: sqlite3.Connection,
    facts: Iterable[Fact],
    papers: dict[str, tuple[int, int | None]],
    things: dict[str, int],
) -> None:
    known = (fact for fact in facts if fact.subject in things and fact.object in things)
    for n, fact in enumerate(known):
        years = [year for paper in fact.papers if paper in papers and (year := papers[paper][1]) is not None]
        connection.execute(
            "INSERT INTO links VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            (
                n,
                things[fact.subject],
                fact.predicate,
                things[fact.object],
                len(fact.papers),
                round(fact.score, 4),
                min(years, default=None),
                max(years, default=None),
            ),
        )
        connection.executemany(
            "INSERT INTO evidence VALUES(?, ?, ?, ?, ?, ?, ?)",
            (
                (n, papers[e.paper][0] if e.paper else None, e.part, e.start, e.end, e.stage, e.score)
                for e in fact.evidence
                if not e.paper or e.paper in papers
            ),
        )


def _mentions(facts: Iterable[Fact], paper: int, things: dict[str, int]) -> Iterator[tuple[int, int, int, int]]:
    times: dict[int, int] = {}
    introduced: set[int] = set()
    for fact in facts:
        thing = things.get(fact.object)
        if thing is None:
            continue
        if fact.predicate == "introduces":
            introduced.add(thing)
            times.setdefault(thing, 0)
        elif fact.predicate == "mentions":
            times[thing] = len(fact.evidence)
    return ((thing, paper, count, int(thing in introduced)) for thing, count in sorted(times.items()))


def _claim(
    n: int, linked: LinkedClaim, papers: dict[str, tuple[int, int | None]], things: dict[str, int]
) -> tuple[Any, ...]:
    claim = linked.claim
    quantity = claim.quantity
    said = {slot: getattr(claim, slot) for slot in ("subject", "object", "metric", "dataset")}
    return (
        n,
        linked.id,
        papers[linked.paper][0],
        claim.kind.value,
        claim.predicate,
        *(things.get(getattr(linked, slot) or "") for slot in ("subject", "object", "metric", "dataset")),
        json.dumps(said, ensure_ascii=False),
        claim.value,
        quantity.kind.value if quantity else None,
        quantity.low if quantity else None,
        quantity.high if quantity else None,
        quantity.unit if quantity else None,
        claim.polarity.value,
        claim.score,
        claim.sentence.start,
        claim.sentence.end,
    )
