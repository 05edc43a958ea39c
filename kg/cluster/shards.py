"""A graph that no single store needs to hold: from inputs to shards of N-Quads, by map and keyed reduction.

    papers ──extract──▶ records, names ──tally by key──▶ keys ──join──▶ things ──call──▶ namings, members
                            ╰───────────────contribute─────────────────────╯──describe──▶ quads/*.nq.gz

The quads are those of a folder of the same papers, in files that any bulk loader takes (`oxigraph load`, QLever, Virtuoso's
ld_dir, tdb2.tdbloader). Everything lies below one place that fsspec can write: a local folder, s3://…, gs://….
Mentions and members never meet in one process. What does meet, in the one that was started: the distinct keys of names
with their counts (about a kilobyte each), because whether two keys are one thing depends on chains of others; and while
reading, the set of entries, on its disk. What it cannot do: add to shards that are there; they are made again.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import kg
from kg.cluster.steps import Called, Job
from kg.cluster.tables import join, partition_of, write_text
from kg.domain import EntityType, Paper, Thing
from kg.flow.options import BuildOptions
from kg.flow.progress import Progress, quiet
from kg.flow.reading import group_entries, stage_inputs
from kg.flow.settings import Settings
from kg.flow.workshop import Workshop
from kg.link import hierarchy
from kg.link.resolve import resolve
from kg.link.tally import Node, NodeKey, part_by_type
from kg.link.thing import assemble
from kg.store import Writer

__all__ = ["Shards", "build_shards"]

_SHARD = 2000
_PARTITIONS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Shards:
    """What was made: counts, and for each file of quads its number of lines and the SHA-256 of its text."""

    papers: int
    things: int
    quads: int
    rejected: int
    files: dict[str, tuple[int, str]]


def build_shards(
    inputs: Sequence[str | Path],
    target: str,
    *,
    options: BuildOptions | None = None,
    shard: int = _SHARD,
    partitions: int = _PARTITIONS,
    progress: Progress | None = None,
) -> Shards:
    """Read, extract and link, and write the quads in shards below `target`, a path or an fsspec URL.

    options: as for a build; with `scheduler` or `cluster` the work is done by Dask, else by processes here.
    shard: papers in one. partitions: into how many parts keys and things are hashed. Neither changes the quads.
    """
    options, told = options or BuildOptions(), progress or quiet
    with (
        tempfile.TemporaryDirectory(prefix="kg-shards-") as room,
        Writer.open(Path(room) / "entries") as writer,
        Workshop.of(options) as workshop,
    ):
        settings = Settings.of(writer, options)
        job = Job(target=target, partitions=partitions, extractor=settings.extractor.name, min_score=settings.min_score)
        stage_inputs(writer, inputs, options, progress=told)
        group_entries(writer, everything=False, progress=told)
        papers = writer.entries.count_drafts()
        count = -(-papers // shard)
        for done, _ in enumerate(workshop.map(job.extract, _shards(writer.entries.drafts(), shard)), 1):
            told("extract", min(done * shard, papers), papers)
        things, called = _link(job, workshop, settings, count, told)
        parts = ((part, count, called[part]) for part in range(partitions))
        for _ in workshop.map(job.call, parts):
            pass
        files = dict(_write(job, workshop, settings, things, count, told))
        rejected = writer.entries.count_staged_rejects()
    shards = Shards(
        papers=papers,
        things=len(things),
        quads=sum(lines for lines, _ in files.values()),
        rejected=rejected,
        files=files,
    )
    write_text(
        join(target, "manifest.json"), json.dumps({"program": kg.__version__, **asdict(shards)}, indent=1) + "\n"
    )
    return shards


def _shards(papers: Iterator[Paper], size: int) -> Iterator[tuple[int, list[Paper]]]:
    number = 0
    while batch := list(islice(papers, size)):
        yield number, batch
        number += 1


def _link(
    job: Job, workshop: Workshop, settings: Settings, count: int, told: Progress
) -> tuple[list[Thing], list[dict[tuple[str, EntityType], Called]]]:
    """The things without their members, sorted; and by partition what each key and type is called."""
    nodes: dict[NodeKey, Node] = {}
    node_of: dict[tuple[str, EntityType], NodeKey] = {}
    told("link", 0, job.partitions)
    tasks = ((part, count) for part in range(job.partitions))
    for done, tallies in enumerate(workshop.map(job.tally, tasks), 1):
        for key in sorted(tallies):
            for node in part_by_type(key, tallies[key], settings.authority.kinds(key)):
                nodes[node.id] = node
                node_of.update({(key, kind): node.id for kind, _ in node.types})
        told("link", done, job.partitions)
    thing_of: dict[NodeKey, Called] = {}
    things = []
    for bundle in resolve(nodes, settings.authority, settings.curation):
        thing = assemble(
            [nodes[node_id] for node_id in bundle.nodes],
            [nodes[node_id] for node_id in bundle.shorts],
            (),
            bundle.reasons,
            concept=bundle.concept,
            authority=settings.authority,
            curation=settings.curation,
        )
        things.append(thing)
        said = (thing.id, thing.type.value, thing.label)
        thing_of.update(dict.fromkeys((*bundle.nodes, *bundle.shorts), said))
    called: list[dict[tuple[str, EntityType], Called]] = [{} for _ in range(job.partitions)]
    for (key, kind), node_id in node_of.items():
        called[partition_of(key, job.partitions)][key, kind] = thing_of[node_id]
    return sorted(things, key=lambda thing: thing.id), called


def _write(
    job: Job, workshop: Workshop, settings: Settings, things: list[Thing], count: int, told: Progress
) -> Iterator[tuple[str, tuple[int, str]]]:
    """Write all quads; the name of each file with its number of lines and hash."""
    told("graph", 0, count)
    for number, written in enumerate(workshop.map(job.contribute, range(count))):
        told("graph", number + 1, count)
        yield f"quads/paper-{number:06d}.nq.gz", written
    by_part: dict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        by_part[partition_of(thing.id, job.partitions)].append(thing)
    above: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for child, parent in hierarchy(things, settings.authority):
        above[partition_of(child, job.partitions)].append((child, parent))
    for part in range(job.partitions):
        job.put_things(part, by_part[part])
    told("triples", 0, job.partitions)
    tasks = ((part, count, above[part]) for part in range(job.partitions))
    for part, written in enumerate(workshop.map(job.describe, tasks)):
        told("triples", part + 1, job.partitions)
        yield f"quads/thing-{part:06d}.nq.gz", written
