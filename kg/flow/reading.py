"""Inputs are read into the folder's staged entries, and entries are grouped into papers.

Reading starts anew with every build: it takes seconds where extraction takes hours. What it gives is committed in
batches and seen by nobody until the build is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kg.domain import Paper
from kg.flow.options import BuildOptions
from kg.flow.progress import Progress
from kg.read import MAX_BYTES, Reject, distinct, encode_reject, find_inputs, group, identity_keys, merge, read
from kg.read.identity import is_given
from kg.store import Entry, Writer

__all__ = ["Reading", "group_entries", "stage_inputs"]

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """How many entries were read, how many could not be, and what was left out of the former, with counts."""

    entries: int = 0
    rejects: int = 0
    remarks: Mapping[str, int] = field(default_factory=dict)


def stage_inputs(writer: Writer, inputs: Sequence[str | Path], options: BuildOptions, *, progress: Progress) -> Reading:
    """Read all inputs into staged entries and rejects. Raises UsageError for an input that is not there."""
    names = {source.given: source.name for source in find_inputs(inputs)}
    rejects: list[Reject] = []
    remarks: Counter[str] = Counter()
    papers = read(
        inputs,
        format=options.format,
        columns=options.columns,
        encoding=options.encoding,
        max_bytes=MAX_BYTES if options.max_bytes is None else options.max_bytes,
        on_reject=rejects.append,
        on_remark=lambda remark: remarks.update((remark.what,)),
    )
    entries = rejected = 0
    progress("read", 0, None)
    while True:
        batch = list(islice(papers, _BATCH))
        with writer.changing():
            for paper in batch:
                writer.entries.stage(paper, _identities(paper), given=is_given(paper))
            for reject in rejects:
                file = reject.where.file or ""
                writer.entries.stage_reject(names.get(file, file), encode_reject(reject))
        entries += len(batch)
        rejected += len(rejects)
        rejects.clear()
        if not batch:
            break
        progress("read", entries, None)
    with writer.changing():
        writer.entries.replace_older(sorted(set(names.values())))
    progress("read", entries, entries)
    return Reading(entries=entries, rejects=rejected, remarks=remarks)


def group_entries(writer: Writer, *, everything: bool, progress: Progress) -> None:
    """Make drafts of the papers that the staged entries touch; everything: of all papers.

    Of papers that claim one id one keeps it; the entries of the others become rejects.
    """
    progress("group", 0, None)
    done = 0
    with writer.changing():
        for entries in writer.entries.changed_components():
            if len(entries) == 1:
                serial, paper = entries[0]
                writer.entries.draft(merge((paper,)), (serial,))
            else:
                _resolve(writer, entries)
            done += 1
        writer.entries.settle_drafts(everything=everything)
    progress("group", done, done)


def _resolve(writer: Writer, entries: Sequence[Entry]) -> None:
    """Draft the papers behind entries that are connected."""
    serial_of = {id(paper): serial for serial, paper in entries}
    papers = [paper for _, paper in entries]
    serials = {merge(members): [serial_of[id(paper)] for paper in members] for members in group(papers)}
    turned_away: list[Reject] = []
    for paper in distinct(papers, on_reject=turned_away.append):
        writer.entries.draft(paper, serials[paper])
    for reject in turned_away:
        writer.entries.stage_reject(reject.where.file or "", encode_reject(reject), owner=entries[0][0])


def _identities(paper: Paper) -> tuple[str, ...]:
    """Keys that entries meet by: those of identity, the id itself, which two papers cannot both have, and other ids."""
    return (*identity_keys(paper), f"claim:{paper.id}", *(f"known:{other}" for other in paper.other_ids))
