"""The whole flow: from inputs to a folder that answers, on one screen.

    entries ──group──▶ papers ──extract──▶ records ──link──▶ things ──▶ facts, triples, one published state

Everything is a function of the set of entries (decision 0001); a build changes that set and brings the rest in line.
It may be stopped at any instant: the folder keeps its last published state, and the next build goes on from the
records that were kept. What it cannot do: build two things in one folder at once (`FolderLocked`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.callable_module import make_callable
from kg.errors import UsageError
from kg.flow.extraction import extract_missing
from kg.flow.options import BuildOptions, BuildReport
from kg.flow.progress import Progress, Stopwatch, quiet
from kg.flow.publishing import publish
from kg.flow.reading import Reading, group_entries, stage_inputs
from kg.flow.settings import Settings
from kg.flow.workshop import Workshop
from kg.read import find_inputs
from kg.store import Writer, is_folder
from kg.store.database import told

__all__ = ["BuildOptions", "BuildReport", "build", "remove"]

make_callable(__name__)


def build(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read, extract, link and store; on an existing folder add and update. No inputs: bring the folder up to date.

    Raises KgError: FolderLocked, FolderVersion, ReadError for an input that is not there, LinkError for a bad
    authority or curation file, StoreError for a full disk, UsageError where there are neither inputs nor a folder. What cannot be read of an input is a reject, not an error.

    >>> report = build(["papers.jsonl"], "graph")  # doctest: +SKIP
    >>> report.stats["papers"]  # doctest: +SKIP
    40
    """
    options = options or BuildOptions()
    if inputs:
        find_inputs(inputs)  # an input that is not there must not leave an empty folder behind
    elif not is_folder(output):
        raise UsageError(
            f"nothing to build: no input is named, and {output} is no graph folder", to_do="name the inputs"
        )
    with Writer.open(output, create=bool(inputs)) as writer, told(writer.path), Workshop.of(options) as workshop:
        if not inputs and writer.manifest is None:
            what = f"no build of {output} has ended, and what one read is kept only when it ends"
            raise UsageError(what, to_do="name the inputs again; texts that the extractor has read are not read twice")
        return _change(writer, workshop, options, progress or quiet, inputs=inputs)


def remove(
    folder: str | Path,
    ids: Sequence[str],
    *,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Take papers out, by any id that they are known by; what is left is as if they had never been read.

    Raises UsageError, before anything is done, for an id that no paper has.
    """
    options = options or BuildOptions()
    with Writer.open(folder, create=False) as writer, told(writer.path), Workshop.of(options) as workshop:
        return _change(writer, workshop, options, progress or quiet, ids=ids)


def _change(
    writer: Writer,
    workshop: Workshop,
    options: BuildOptions,
    progress: Progress,
    *,
    inputs: Sequence[str | Path] = (),
    ids: Sequence[str] = (),
) -> BuildReport:
    watch = Stopwatch()
    settings = Settings.of(writer, options)
    with watch.stage("read"):
        writer.forget()
        reading = stage_inputs(writer, inputs, options, progress=progress) if inputs else Reading()
        writer.take_out(ids)
    with watch.stage("group"):
        group_entries(writer, everything=settings.other_extractor, progress=progress)
    with watch.stage("extract"):
        extracted = extract_missing(writer, settings, workshop, progress=progress)
    changes = publish(writer, settings, workshop, progress=progress, watch=watch)
    return BuildReport(
        stats=changes.stats,
        read=reading.entries,
        rejected=reading.rejects,
        remarks=reading.remarks,
        extracted=extracted,
        papers=changes.papers,
        things=changes.things,
        seconds=watch.seconds,
        cpu=watch.cpu,
    )
