"""Folders made of records by hand, without reading, extraction or linking: for tests of the store alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.domain import Record, Thing
from kg.flow.contributions import every_line, renew_every
from kg.flow.progress import quiet
from kg.flow.workshop import Workshop
from kg.store import Folder, Manifest, Publication, Things, Writer
from kg.store.digests import digests
from kg.store.rows import record_row
from kg.store.schema import FORMAT
from kg.store.triples import file_digests, load

EXTRACTOR = "by hand"


def publish(
    folder: Path, records: Sequence[Record], things: Sequence[Thing], *, hierarchy: Sequence[tuple[str, str]] = ()
) -> Manifest:
    """Make these the published state of a folder."""
    with Writer.open(folder) as writer:
        writer.forget()
        with writer.changing():
            for record in records:
                writer.entries.stage(record.paper, (f"id:{record.id}",), given=True)
            for ((serial, paper),) in writer.entries.changed_components():
                writer.entries.draft(paper, (serial,))
            writer.entries.settle_drafts(everything=False)
        writer.records.add((record_row(record) for record in records), EXTRACTOR)
        generation = writer.generation + 1
        with writer.publishing() as say:
            marked = Things(writer.connection)
            publication = Publication(writer.connection, marked)
            publication.clear()
            writer.entries.publish()
            publication.apply_drafts()
            marked.replace(things)
            marked.set_hierarchy(hierarchy)
            graph = writer.graph(EXTRACTOR)
            given = (graph, publication, Workshop(workers=1))
            lines = [*renew_every(*given, progress=quiet), *every_line(*given, progress=quiet)]
            place = writer.triples_path(generation)
            triples = load(place, lines, meanwhile=publication.index_words)
            counts = graph.counts()
            manifest = Manifest(
                format=FORMAT,
                program="test",
                generation=generation,
                extractor=EXTRACTOR,
                linking="",
                shape="",
                counts={
                    "papers": counts.papers,
                    "mentions": counts.mentions,
                    "relations": counts.relations,
                    "nodes": counts.nodes,
                    "edges": counts.edges,
                    "set_aside": counts.set_aside,
                    "triples": triples,
                },
                digests=digests(writer.connection, EXTRACTOR),
                files=file_digests(place, {}),
            )
            say(manifest)
    return manifest


def quads_of(folder: Path) -> set[str]:
    """The triples of a folder, as text."""
    with Folder.open(folder) as opened:
        return {str(quad) for quad in opened.triples}
