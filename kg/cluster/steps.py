"""The steps that workers do on shards: each a pure function of files, so that a lost one is done again.

    extract     papers of a shard          ─▶ records/i, names/i (partitioned by key), done/i when both are whole
    tally       names of a partition        ─▶ what all papers say under each key
    call        names and things of a part. ─▶ naming/p (by shard), members/p (by thing)
    contribute  records and naming of i     ─▶ quads/paper-i, links/i (by thing)
    describe    a partition of things       ─▶ quads/thing-q

No step holds more than one shard or one partition. What they cannot do: join keys; that is `kg.cluster.shards`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import kg
from kg.cluster.tables import forget, join, partition_of, read_rows, read_text, write_lines, write_rows, write_text
from kg.codec import decode_paper, encode_paper
from kg.domain import EntityType, Evidence, Fact, Member, Paper, Thing
from kg.flow.extraction import Work
from kg.graph import AUTHORITY_EVIDENCE, contribute
from kg.link import Name, names
from kg.link.tally import Tally, count_names
from kg.rdf.quads import contribution_quads, thing_quads
from kg.store.rows import pack, pack_record, pack_thing, unpack, unpack_record, unpack_thing

__all__ = ["Called", "Job", "Shard"]

Shard = tuple[int, list[Paper]]
"""Number of a shard, and its papers."""
Called = tuple[str, str, str]
"""What a name is called: thing, type, label."""

_NAME = ("part", "key", "paper", "entity", "type", "forms", "shorts")
_NAMING = ("part", "paper", "entity", "thing", "type", "label")
_MEMBER = ("part", "thing", "paper", "entity")
_LINK = ("part", "subject", "predicate", "object", "paper", "start", "end", "at", "stage", "score")
_THING = ("part", "id", "type", "label", "body")


def _shard(number: int) -> str:
    return f"{number:06d}.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every step needs to know: where the shards lie, how they are cut, and who extracts.

    partitions   into how many parts keys and things are hashed, ≥ 1
    fingerprint  of the extractor: with the papers of a shard it says whether the shard must be read again
    """

    target: str
    partitions: int
    extractor: str
    min_score: float = 0.0
    fingerprint: str = ""

    def place(self, kind: str, number: int) -> str:
        """Where a shard or a partition of one kind lies."""
        return join(self.target, kind, _shard(number))

    def extract(self) -> Callable[[Shard], bool]:
        """Read the papers of a shard; whether they had to be read, or an earlier run that was stopped had done it."""
        reader = Work(self.extractor, self.min_score).reader

        def run(shard: Shard) -> bool:
            number, papers = shard
            bodies = [pack(encode_paper(paper)) for paper in papers]
            mark, digest = join(self.target, "done", f"{number:06d}"), self._digest(bodies)
            if read_text(mark) == digest:
                return False
            forget(mark)
            records = reader()(papers)
            packed = ((body, pack_record(record)) for body, record in zip(bodies, records, strict=True))
            write_rows(self.place("records", number), ("paper", "record"), packed)
            rows = sorted(self._name_row(name) for record in records for name in names(record))
            write_rows(self.place("names", number), _NAME, rows)
            write_text(mark, digest)
            return True

        return run

    def _digest(self, bodies: Sequence[bytes]) -> str:
        """Of all that decides what is written of a shard's papers."""
        whole = hashlib.sha256(f"{kg.__version__}\0{self.fingerprint}\0{self.min_score}\0{self.partitions}\0".encode())
        for body in bodies:
            whole.update(len(body).to_bytes(8, "big") + body)
        return whole.hexdigest()

    def _name_row(self, name: Name) -> tuple[Any, ...]:
        part = partition_of(name.key, self.partitions)
        forms, shorts = json.dumps(name.forms), json.dumps(name.shorts)
        return part, name.key, name.paper, name.entity, name.type.value, forms, shorts

    def tally(self) -> Callable[[tuple[int, int]], dict[str, dict[EntityType, Tally]]]:
        """Count the names of one partition in all shards: (partition, number of shards) to tallies by key and type."""

        def run(task: tuple[int, int]) -> dict[str, dict[EntityType, Tally]]:
            part, shards = task
            return count_names(name for number in range(shards) for name in self._names(number, part))

        return run

    def _names(self, number: int, part: int) -> Iterator[Name]:
        for _, key, paper, entity, kind, forms, shorts in read_rows(self.place("names", number), part=part):
            yield Name(
                paper=paper,
                entity=entity,
                type=EntityType(kind),
                key=key,
                forms=tuple((form, count) for form, count in json.loads(forms)),
                shorts=tuple(json.loads(shorts)),
            )

    def call(self) -> Callable[[tuple[int, int, dict[tuple[str, EntityType], Called]]], int]:
        """Tell each name of a partition what it is called: (partition, number of shards, by key and type)."""

        def run(task: tuple[int, int, dict[tuple[str, EntityType], Called]]) -> int:
            part, shards, called = task
            naming, members = [], []
            for number in range(shards):
                for name in self._names(number, part):
                    thing, kind, label = called[name.key, name.type]
                    naming.append((number, name.paper, name.entity, thing, kind, label))
                    members.append((partition_of(thing, self.partitions), thing, name.paper, name.entity))
            write_rows(self.place("members", part), _MEMBER, sorted(members))
            return write_rows(self.place("naming", part), _NAMING, sorted(naming))

        return run

    def contribute(self) -> Callable[[int], tuple[int, str]]:
        """Write what the papers of one shard contribute; the number of quads, and their SHA-256."""

        def run(number: int) -> tuple[int, str]:
            naming: dict[str, dict[str, Thing]] = defaultdict(dict)
            for part in range(self.partitions):
                for _, paper, entity, thing, kind, label in read_rows(self.place("naming", part), part=number):
                    naming[paper][entity] = Thing(id=thing, type=EntityType(kind), label=label)
            links: list[tuple[Any, ...]] = []

            def lines() -> Iterator[str]:
                for paper, record in read_rows(self.place("records", number)):
                    fields = unpack(paper)
                    contribution = contribute(unpack_record(record, fields), naming[decode_paper(fields).id])
                    for fact in contribution.facts:
                        if fact.subject != contribution.node:
                            links.extend(self._link_row(fact, item) for item in fact.evidence)
                    yield from contribution_quads(contribution)

            written = write_lines(join(self.target, "quads", f"paper-{number:06d}.nq.gz"), lines())
            write_rows(self.place("links", number), _LINK, sorted(links))
            return written

        return run

    def _link_row(self, fact: Fact, item: Evidence) -> tuple[Any, ...]:
        part = partition_of(fact.subject, self.partitions)
        place = (item.paper, item.start, item.end, item.part, item.stage, item.score)
        return (part, fact.subject, fact.predicate, fact.object, *place)

    def put_things(self, part: int, things: Sequence[Thing]) -> int:
        """Write the things of one partition, without their members."""
        rows = ((part, thing.id, thing.type.value, thing.label, pack_thing(thing)) for thing in things)
        return write_rows(self.place("things", part), _THING, rows)

    def describe(self) -> Callable[[tuple[int, int, list[tuple[str, str]]]], tuple[int, str]]:
        """Write the things of one partition and the facts that lead from them: (partition, shards, its hierarchy)."""

        def run(task: tuple[int, int, list[tuple[str, str]]]) -> tuple[int, str]:
            part, shards, hierarchy = task
            members: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for other in range(self.partitions):
                for _, thing, paper, entity in read_rows(self.place("members", other), part=part):
                    members[thing].append((paper, entity))
            links = [row[1:] for number in range(shards) for row in read_rows(self.place("links", number), part=part)]
            item = AUTHORITY_EVIDENCE
            said = (item.paper, item.start, item.end, item.part, item.stage, item.score)
            links += [(child, "isA", parent, *said) for child, parent in hierarchy]
            facts: dict[str, list[Fact]] = defaultdict(list)
            for (subject, predicate, target), rows in groupby(sorted(links), key=itemgetter(0, 1, 2)):
                evidence = tuple(
                    Evidence(paper=paper, start=start, end=end, part=at, stage=stage, score=score)
                    for _, _, _, paper, start, end, at, stage, score in rows
                )
                facts[subject].append(Fact(subject=subject, predicate=predicate, object=target, evidence=evidence))

            def lines() -> Iterator[str]:
                for _, thing_id, kind, label, body in read_rows(self.place("things", part)):
                    bare = unpack_thing(body, thing_id=thing_id, label=label, kind=kind, members=())
                    own = tuple(Member(paper=paper, entity=entity) for paper, entity in sorted(members[thing_id]))
                    yield from thing_quads(replace(bare, members=own), facts[thing_id])

            return write_lines(join(self.target, "quads", f"thing-{part:06d}.nq.gz"), lines())

        return run
