"""The graph of a folder, read as it goes: nothing is held that is not asked for.

Facts that start at a paper belong to that paper alone, and papers sort before things; so all facts in order are the
papers' own, paper by paper, and then the rows of `links`. A contribution is made anew from the record and its naming:
it is a pure function, so it need not be kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.codec import decode, decode_paper
from kg.domain import EntityType, Evidence, Fact, Paper, Record, Thing
from kg.graph import AUTHORITY_EVIDENCE, Contribution, Counts, LinkedClaim, contribute
from kg.store.rows import unpack, unpack_record, unpack_thing

__all__ = [
    "LINK_ORDER",
    "Described",
    "Named",
    "Share",
    "StoredGraph",
    "unpack_described",
    "unpack_named",
    "unpack_share",
]

Share = tuple[bytes, bytes, tuple[tuple[str, str, str, str], ...]]
"""A paper's body, its record's body, and its naming as rows: entity, thing, type, label."""

Named = tuple[str, bytes]
"""A paper's id, and its record's body."""
Described = tuple[tuple[str, str, str, bytes], tuple[tuple[str, str], ...], tuple[tuple[Any, ...], ...]]
"""A thing's row (id, type, label, body), its members, and its rows of `links`."""

_RECENT = 64
_NAMING = "SELECT entity, id, type, label FROM members JOIN things ON id = thing WHERE paper = ?"
_PAPER = "SELECT papers.body, records.body FROM papers JOIN records USING(content) WHERE records.extractor = ?"
_THING = "SELECT id, type, label, body FROM things"
LINK_ORDER = "subject, predicate, object, paper, start, finish, part, stage, score"
"""The columns of `links`, in the order of its key."""
_LINK = f"SELECT {LINK_ORDER} FROM links"


class StoredGraph:
    """What a folder holds, as a `kg.graph.Graph`; the state that its connection sees."""

    def __init__(self, connection: sqlite3.Connection, *, extractor: str) -> None:
        self._database = connection
        self._extractor = extractor
        self._recent = lru_cache(maxsize=_RECENT)(self._contribution)

    def papers(self) -> Iterator[Paper]:
        """Every paper, by node id."""
        for (body,) in self._database.execute("SELECT body FROM papers ORDER BY node"):
            yield decode_paper(unpack(body))

    def things(self) -> Iterator[Thing]:
        """Every thing, by id."""
        for (thing_id, kind, label, body), own in self._things():
            yield unpack_thing(body, thing_id=thing_id, label=label, kind=kind, members=own)

    def _things(self) -> Iterator[tuple[tuple[str, str, str, bytes], tuple[tuple[str, str], ...]]]:
        """The row and the members of every thing, by id."""
        members = self._database.execute("SELECT thing, paper, entity FROM members ORDER BY thing, paper, entity")
        grouped = groupby(members, key=itemgetter(0))
        current = next(grouped, None)
        for row in self._database.execute(f"{_THING} ORDER BY id"):
            own: tuple[tuple[str, str], ...] = ()
            if current is not None and current[0] == row[0]:
                own = tuple((paper, entity) for _, paper, entity in current[1])
                current = next(grouped, None)
            yield row, own

    def described(self) -> Iterator[Described]:
        """What each thing's lines are made of, still packed, by id: to be made elsewhere by `unpack_described`."""
        links = groupby(self._database.execute(f"{_LINK} ORDER BY {LINK_ORDER}"), key=itemgetter(0))
        current = next(links, None)
        for row, members in self._things():
            while current is not None and current[0] < row[0]:
                current = next(links, None)
            own: tuple[tuple[Any, ...], ...] = ()
            if current is not None and current[0] == row[0]:
                own = tuple(current[1])
                current = next(links, None)
            yield row, members, own

    def described_thing(self, thing_id: str) -> Described | None:
        """What one thing's lines are made of, still packed; None if it is not here."""
        one = self._database.execute
        row = one(f"{_THING} WHERE id = ?", (thing_id,)).fetchone()
        members = one("SELECT paper, entity FROM members WHERE thing = ? ORDER BY paper, entity", (thing_id,))
        links = one(f"{_LINK} WHERE subject = ? ORDER BY {LINK_ORDER}", (thing_id,))
        return (row, tuple(members), tuple(links)) if row is not None else None

    def claims(self) -> Iterator[LinkedClaim]:
        """Every claim, by id."""
        for claim_id, paper_id in self._database.execute("SELECT id, paper FROM claims ORDER BY id"):
            contribution = self._recent(paper_id)
            if contribution is not None:
                yield from (claim for claim in contribution.claims if claim.id == claim_id)

    def facts(self) -> Iterator[Fact]:
        """Every fact once, with all its evidence, by subject, predicate, object."""
        for contribution in self.contributions():
            yield from (fact for fact in contribution.facts if fact.subject == contribution.node)
        yield from self.links()

    def links(self) -> Iterator[Fact]:
        """The facts between things, in order; the authority's hierarchy among them."""
        return _facts(self._database.execute(f"{_LINK} ORDER BY {LINK_ORDER}"))

    def links_from(self, thing_id: str) -> Iterator[Fact]:
        """The facts that lead from one thing to others, in order."""
        return _facts(self._database.execute(f"{_LINK} WHERE subject = ? ORDER BY {LINK_ORDER}", (thing_id,)))

    def records(self) -> Iterator[Record]:
        """Every paper's record, by node id of the paper."""
        for paper, record in self._database.execute(f"{_PAPER} ORDER BY node", (self._extractor,)):
            yield unpack_record(record, unpack(paper))

    def shares(self) -> Iterator[Share]:
        """What each paper's contribution is made of, still packed, by node id: to be made elsewhere by `unpack_share`."""
        query = f"{_PAPER.replace('SELECT', 'SELECT papers.id,', 1)} ORDER BY node"
        for paper_id, paper, record in self._database.execute(query, (self._extractor,)):
            yield paper, record, tuple(self._database.execute(_NAMING, (paper_id,)))

    def named(self) -> Iterator[Named]:
        """What each paper's names are made of, still packed, by node id: to be made elsewhere by `unpack_named`."""
        query = f"{_PAPER.replace('papers.body', 'papers.id', 1)} ORDER BY node"
        yield from self._database.execute(query, (self._extractor,))

    def contributions(self) -> Iterator[Contribution]:
        """What each paper says, by node id of the paper."""
        for record in self.records():
            yield contribute(record, self.naming(record.id))

    def contribution(self, paper_id: str) -> Contribution | None:
        """What one paper says; None if it is not here."""
        return self._recent(paper_id)

    def thing(self, thing_id: str) -> Thing | None:
        """One thing by id; None if it is not here."""
        row = self._database.execute(f"{_THING} WHERE id = ?", (thing_id,)).fetchone()
        if row is None:
            return None
        members = self._database.execute(
            "SELECT paper, entity FROM members WHERE thing = ? ORDER BY paper, entity", (thing_id,)
        )
        return unpack_thing(row[3], thing_id=row[0], kind=row[1], label=row[2], members=members)

    def record(self, paper_id: str) -> Record | None:
        """One paper's record; None if it is not here."""
        row = self._database.execute(f"{_PAPER} AND papers.id = ?", (self._extractor, paper_id)).fetchone()
        return unpack_record(row[1], unpack(row[0])) if row else None

    def concepts(self) -> Iterator[Thing]:
        """The things that have a concept, by id, without their members."""
        for thing_id, kind, label, body in self._database.execute(f"{_THING} WHERE concept IS NOT NULL ORDER BY id"):
            yield unpack_thing(body, thing_id=thing_id, label=label, kind=kind, members=())

    def naming(self, paper_id: str) -> dict[str, Thing]:
        """What the entities of a paper are called: entity name → thing, without the thing's aliases and members."""
        return _naming(self._database.execute(_NAMING, (paper_id,)))

    def counts(self) -> Counts:
        """How much there is, by counting rows."""
        one = self._database.execute
        papers = self.count_papers()
        mentions, facts, set_aside = one(
            "SELECT coalesce(sum(mentions), 0), coalesce(sum(facts), 0), coalesce(sum(set_aside), 0) FROM shares"
        ).fetchone()
        entities = dict(one("SELECT type, count(*) FROM things GROUP BY type ORDER BY type"))
        claims = dict(one("SELECT kind, count(*) FROM claims GROUP BY kind ORDER BY kind"))
        (relations,) = one("SELECT count(*) FROM (SELECT DISTINCT subject, predicate, object FROM links)").fetchone()
        return Counts(
            papers=papers,
            entities=entities,
            mentions=mentions,
            relations=relations,
            claims=claims,
            nodes=papers + sum(entities.values()) + sum(claims.values()),
            edges=facts + relations,
            set_aside=set_aside,
        )

    def count_papers(self) -> int:
        """How many papers there are."""
        return int(self._database.execute("SELECT count(*) FROM papers").fetchone()[0])

    def count_things(self) -> int:
        """How many things there are."""
        return int(self._database.execute("SELECT count(*) FROM things").fetchone()[0])

    def _contribution(self, paper_id: str) -> Contribution | None:
        record = self.record(paper_id)
        return contribute(record, self.naming(paper_id)) if record is not None else None


def unpack_share(share: Share) -> Contribution:
    """The contribution: the same in every process."""
    paper, record, naming = share
    return contribute(unpack_record(record, unpack(paper)), _naming(naming))


def unpack_named(named: Named) -> Record:
    """The record as far as linking reads it: the paper's id, its entities and its mentions."""
    paper_id, body = named
    fields = unpack(body)
    return decode({"id": paper_id, **{name: fields[name] for name in ("entities", "mentions", "title_mentions")}})


def unpack_described(described: Described) -> tuple[Thing, list[Fact]]:
    """The thing, and the facts that lead from it, in order."""
    (thing_id, kind, label, body), members, links = described
    thing = unpack_thing(body, thing_id=thing_id, label=label, kind=kind, members=members)
    return thing, list(_facts(links))


def _naming(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, Thing]:
    return {entity: Thing(id=thing, type=EntityType(kind), label=label) for entity, thing, kind, label in rows}


def _facts(rows: Iterable[tuple[Any, ...]]) -> Iterator[Fact]:
    """Rows of `links` in order, one fact for those of one edge."""
    for (subject, predicate, target), group in groupby(rows, key=itemgetter(0, 1, 2)):
        evidence = tuple(
            Evidence(paper=paper, start=start, end=end, part=part, stage=stage, score=score)
            for _, _, _, paper, start, end, part, stage, score in group
        )
        yield Fact(subject=subject, predicate=predicate, object=target, evidence=evidence)


AUTHORITY_ROW = (
    AUTHORITY_EVIDENCE.paper,
    AUTHORITY_EVIDENCE.start,
    AUTHORITY_EVIDENCE.end,
    AUTHORITY_EVIDENCE.part,
    AUTHORITY_EVIDENCE.stage,
    AUTHORITY_EVIDENCE.score,
)
"""The evidence columns of a link that the authority states."""
