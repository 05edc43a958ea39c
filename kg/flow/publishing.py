"""The last step of a build: one transaction that makes everything readers see.

A first build, or one by another version of the program, writes all of it in bulk; any other writes what changed. Both
end in the same state: the second is a cache of the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import kg
from kg.flow.contributions import changed_lines, every_line, renew_changed, renew_every
from kg.flow.linking import relink
from kg.flow.progress import Progress, Stopwatch
from kg.flow.settings import Settings
from kg.flow.workshop import Workshop
from kg.store import Folder, Manifest, Publication, StoredGraph, Things, Writer
from kg.store.digests import digests
from kg.store.schema import FORMAT
from kg.store.triples import clone, file_digests, load, replace

_FEW = 1000
_SHARE = 0.25
"""More changed papers than this, and than this part of all, are written in bulk with all the others: loading a quad in
bulk costs a fifth of replacing one."""

__all__ = ["Changes", "publish", "shape"]

_SHAPING = ("codec.py", "domain.py", "identifiers.py", "graph", "rdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many papers and things are new, changed or gone; and what is in the folder now."""

    papers: int = 0
    things: int = 0
    stats: Mapping[str, Any]


@lru_cache(maxsize=1)
def shape() -> str:
    """Fingerprint of the code that makes facts and triples of records: where it differs, all of them are made anew."""
    package = Path(kg.__file__).parent
    whole = hashlib.sha256()
    for name in _SHAPING:
        place = package / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            whole.update(file.relative_to(package).as_posix().encode())
            whole.update(file.read_bytes())
    return whole.hexdigest()[:16]


def publish(writer: Writer, settings: Settings, workshop: Workshop, *, progress: Progress, watch: Stopwatch) -> Changes:
    """Make the staged entries, and the records of their papers, the next state of the folder.

    Nothing is written where nothing would change.
    """
    before = writer.manifest
    usable = before is not None and before.shape == shape() and writer.triples_path(before.generation).is_dir()
    same_rules = before is not None and before.linking == settings.linking
    same = usable and same_rules and not settings.other_extractor and writer.kept() == settings.kept
    if before is not None and same and writer.entries.unchanged():
        return Changes(stats=before.counts)
    generation = writer.generation + 1
    extractor = settings.fingerprint
    with watch.stage("publish"), writer.publishing() as say:
        things = Things(writer.connection)
        publication = Publication(writer.connection, things)
        writer.entries.publish()
        papers = publication.apply_drafts()
        writer.keep(settings.kept)
        graph = writer.graph(extractor)
        with watch.stage("link"):
            relink(writer, graph, things, settings, workshop, anew=not same_rules, progress=progress)
        with watch.stage("graph"):
            place = writer.triples_path(generation)
            changed = things.count_changed_papers()
            in_bulk = changed > _FEW and changed > _SHARE * graph.count_papers()
            if before is None or not usable or in_bulk:
                publication.clear()
                lines = chain(
                    renew_every(graph, publication, workshop, progress=progress),
                    every_line(graph, publication, workshop, progress=progress),
                )
                triples = load(place, lines, meanwhile=publication.index_words)
                files = file_digests(place, {})
            else:
                renew_changed(graph, publication, things, progress)
                clone(writer.triples_path(before.generation), place)
                with Folder.open(writer.path) as old:
                    triples = before.counts["triples"] + replace(place, changed_lines(old.graph, graph, things))
                files = file_digests(place, before.files)
                publication.index_things((name, graph.thing(name)) for name in things.changed_things())
        writer.records.drop_unused(extractor)
        manifest = Manifest(
            format=FORMAT,
            program=kg.__version__,
            generation=generation,
            extractor=extractor,
            linking=settings.linking,
            shape=shape(),
            counts=_stats(writer, graph, triples),
            digests=digests(writer.connection, extractor),
            files=files,
        )
        say(manifest)
        changed_things = things.count_changed()
    progress("publish", 1, 1)
    return Changes(papers=papers, things=changed_things, stats=manifest.counts)


def _stats(writer: Writer, graph: StoredGraph, triples: int) -> dict[str, Any]:
    """What `kg stats` tells."""
    counts = graph.counts()
    entries, rejected = writer.entries.counts()
    return {
        "papers": counts.papers,
        "entries_read": entries,
        "rejected": rejected,
        "entities": dict(counts.entities),
        "mentions": counts.mentions,
        "relations": counts.relations,
        "claims": dict(counts.claims),
        "nodes": counts.nodes,
        "edges": counts.edges,
        "set_aside": counts.set_aside,
        "triples": triples,
    }
