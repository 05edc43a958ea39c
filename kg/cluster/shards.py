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
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import kg
from kg.cluster.steps import Called, Job
from kg.cluster.tables import forget, join, names_in, partition_of, write_text
from kg.domain import EntityType, Paper, Thing
from kg.errors import ExportError, UsageError, Where
from kg.flow.options import BuildOptions
from kg.flow.progress import Progress, quiet
from kg.flow.reading import group_entries, stage_inputs
from kg.flow.settings import Settings
from kg.flow.workshop import Workshop
from kg.link import hierarchy
from kg.link.resolve import resolve
from kg.link.tally import Node, NodeKey, part_by_type
from kg.link.thing import assemble
from kg.read import find_inputs
from kg.store import Writer, is_folder

__all__ = ["Shards", "build_shards"]

_MANIFEST, _UNFINISHED = "manifest.json", "unfinished"
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
    A run that was stopped is started again in the same way: shards whose papers were read, by this extractor, are kept. The
    manifest is there when all is, and only then.

    Raises UsageError for numbers under 1 and for a graph folder as input, ExportError where nothing can be written,
    and ReadError, LinkError and ExtractError as a build does.
    """
    options, told = options or BuildOptions(), progress or quiet
    _check(inputs, shard, partitions)
    with _told(target):
        return _build(inputs, target, options, shard, partitions, told)


def _check(inputs: Sequence[str | Path], shard: int, partitions: int) -> None:
    if shard < 1 or partitions < 1:
        raise UsageError(f"shards of {shard} papers in {partitions} partitions cannot be", to_do="give numbers from 1")
    if graph := next((str(one) for one in inputs if is_folder(one)), None):
        what = f"{graph} is a graph, and shards are made of papers"
        raise UsageError(what, to_do=f"name the papers; kg export {graph} nquads writes the graph itself")
    find_inputs(inputs)


def _begin(target: str) -> None:
    """Mark a place as one where a graph is being made. Raises ExportError where nothing can be written."""
    try:
        write_text(join(target, _UNFINISHED), "")
        forget(join(target, _MANIFEST))
    except (ImportError, ValueError) as error:
        to_do = "give a folder, or an address that fsspec knows, as in s3://bucket/folder"
        raise ExportError(f"cannot be written: {error}", where=Where(file=target), to_do=to_do) from error


@contextmanager
def _told(target: str) -> Iterator[None]:
    """What a file system says of the target, as an error of ours."""
    try:
        yield
    except OSError as error:
        to_do = "free some space or choose another place; started again, it goes on"
        what = f"cannot be written: {error.strerror or error}"
        raise ExportError(what, where=Where(file=target), to_do=to_do) from error


def _build(
    inputs: Sequence[str | Path], target: str, options: BuildOptions, shard: int, partitions: int, told: Progress
) -> Shards:
    with (
        tempfile.TemporaryDirectory(prefix="kg-shards-") as room,
        Writer.open(Path(room) / "entries") as writer,
        Workshop.of(options) as workshop,
    ):
        settings = Settings.of(writer, options)
        job = Job(
            target=target,
            partitions=partitions,
            extractor=settings.extractor,
            min_score=settings.min_score,
            fingerprint=settings.fingerprint,
        )
        _begin(target)
        stage_inputs(writer, inputs, options, progress=told)
        group_entries(writer, everything=False, progress=told)
        papers = writer.entries.count_drafts()
        count = -(-papers // shard)
        told("extract", 0, papers)
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
    for name in names_in(join(target, "quads")):
        if f"quads/{name}" not in files:
            forget(
                join(target, "quads", name)
            )  # of an earlier run with more shards: a bulk loader takes all that lies there
    write_text(join(target, _MANIFEST), json.dumps({"program": kg.__version__, **asdict(shards)}, indent=1) + "\n")
    forget(join(target, _UNFINISHED))
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
