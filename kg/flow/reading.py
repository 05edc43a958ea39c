"""Inputs are read into the folder's staged entries, and entries are grouped into papers.

Reading starts anew with every build: it takes seconds where extraction takes hours. What it gives is committed in
batches and seen by nobody until the build is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.flow.options import BuildOptions
from kg.flow.progress import Progress
from kg.read import Reject, read
from kg.read.identity import group, identity_keys, merge
from kg.read.reject import encode_reject
from kg.store import Writer

__all__ = ["Reading", "group_entries", "stage_inputs"]

_BATCH = 1000
_UNNAMED = frozenset(("hf-page", "text", "markdown"))
"""Formats whose entries have no ids of their own: two texts of one title are two sources, not a correction."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How many entries were read, and how many could not be."""

    entries: int = 0
    rejects: int = 0
    remarks: tuple[str, ...] = ()


def stage_inputs(writer: Writer, inputs: Sequence[str | Path], options: BuildOptions, *, progress: Progress) -> Reading:
    """Read all inputs into staged entries and rejects."""
    rejects: list[Reject] = []
    papers = read(
        inputs,
        format=options.format,
        columns=options.columns,
        max_bytes=options.max_bytes,
        on_reject=rejects.append,
    )
    files: set[str] = set()
    entries = rejected = 0
    progress("read", 0, None)
    source = iter(papers)
    while True:
        batch = list(islice(source, _BATCH))
        with writer.changing():
            for paper in batch:
                writer.entries.stage(paper, identity_keys(paper))
                files.update(place.file for place in paper.sources)
            for reject in rejects:
                writer.entries.stage_reject(encode_reject(reject))
                files.add(reject.where.file or "")
        entries += len(batch)
        rejected += len(rejects)
        rejects.clear()
        progress("read", entries, None)
        if not batch:
            break
    with writer.changing():
        writer.entries.replace_older(sorted(files), given=lambda form: form not in _UNNAMED)
    progress("read", entries, entries)
    return Reading(entries, rejected)


def group_entries(writer: Writer, *, everything: bool, progress: Progress) -> None:
    """Make drafts of the papers that the staged entries touch; everything: of all papers."""
    progress("group", 0, None)
    done = 0
    with writer.changing():
        for entries in writer.entries.changed_components():
            serial_of = {id(paper): serial for serial, paper in entries}
            for papers in group([paper for _, paper in entries]):
                writer.entries.draft(merge(papers), [serial_of[id(paper)] for paper in papers])
                done += 1
        writer.entries.settle_drafts(everything=everything)
    progress("group", done, done)
