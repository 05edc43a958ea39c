"""Texts that have no record yet are read by the extractor, here or in worker processes, and kept as they come.

Each batch that is done is committed, so a build that is killed goes on after it. The order in which batches end
changes nothing: records are found again by their text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from kg.domain import Paper, Record
from kg.extract import default_extractor
from kg.extract.rules import empty_record
from kg.flow.pool import Pool, cores
from kg.flow.progress import Progress, quiet
from kg.flow.settings import Settings, extractor_of
from kg.flow.threshold import above
from kg.flow.warm import WARM
from kg.flow.workshop import PRELOAD, Workshop
from kg.store import Writer
from kg.store.rows import RecordRow, record_row

__all__ = ["Work", "extract_missing", "records_of"]

_BATCH = 32
Out = TypeVar("Out")
_KILLS = "the extractor died of this text, three times"
_COMMIT_S = 2.0
_COMMIT_ROWS = 2048
_FEW = 60
"""Texts that one process has read before others have started."""


def extract_missing(writer: Writer, settings: Settings, workshop: Workshop, *, progress: Progress) -> int:
    """Read every text of the drafts that has no record; how many those were.

    The records are the same for any number of workers.
    """
    total = writer.records.waiting(settings.fingerprint)
    progress("extract", 0, total)
    papers = writer.records.missing(settings.fingerprint)
    if not total:
        return 0
    work = Work(settings.extractor, settings.min_score)
    done = 0
    for chunk in _chunks(work.spread(workshop, work.packer, papers, total, kept=record_row)):
        writer.records.add(chunk, settings.fingerprint)
        done += len(chunk)
        progress("extract", done, total)
    return done


def records_of(
    papers: Sequence[Paper],
    *,
    extractor: str | None = None,
    min_score: float = 0.0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Record]:
    """The record of each paper, in their order; in worker processes where there are many."""
    told = progress or quiet
    told("extract", 0, len(papers))
    work = Work(extractor or default_extractor(), min_score)
    workshop = Workshop(workers=workers or cores())
    results = work.spread(workshop, work.reader, papers, len(papers), kept=lambda record: record)
    done = 0
    for records in results:
        yield from records
        done += len(records)
        told("extract", done, len(papers))


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does, told so that it can be sent there: it loads the extractor and reads batches of papers."""

    extractor: str
    min_score: float

    def reader(self) -> Callable[[list[Paper]], list[Record]]:
        """Papers to records."""
        extractor = extractor_of(self.extractor)
        return lambda batch: [above(record, self.min_score) for record in extractor.extract(batch)]

    def spread(
        self,
        workshop: Workshop,
        make: Callable[[], Callable[[list[Paper]], list[Out]]],
        papers: Iterable[Paper],
        total: int,
        *,
        kept: Callable[[Record], Out],
    ) -> Iterator[list[Out]]:
        """Batches of papers through workers that share one loaded extractor, or through this process for a few.

        kept: what `make`'s function gives for a record. A paper that kills three workers by itself, after its batch has
        killed three, has an empty record with a note that says so; one paper must not cost a corpus.
        """

        def lost(batch: list[Paper]) -> list[Out]:
            if len(batch) > 1:
                alone = Pool(make, workers=1, on_lost=lost, preload=PRELOAD, environment=environment)
                return [made for one in alone.map([paper] for paper in batch) for made in one]
            return [kept(empty_record(paper, extractor_of(self.extractor).fingerprint, _KILLS)) for paper in batch]

        environment = {WARM: self.extractor}
        return workshop.map(make, _batches(papers), worth_it=total > _FEW, on_lost=lost, environment=environment)

    def packer(self) -> Callable[[list[Paper]], list[RecordRow]]:
        """Papers to records as they are kept."""
        read = self.reader()
        return lambda batch: [record_row(record) for record in read(batch)]


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    source = iter(papers)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _chunks(results: Iterable[list[RecordRow]]) -> Iterator[list[RecordRow]]:
    """Results put together until a commit is worth its price."""
    chunk: list[RecordRow] = []
    last = time.monotonic()
    for rows in results:
        chunk += rows
        if len(chunk) >= _COMMIT_ROWS or time.monotonic() - last >= _COMMIT_S:
            yield chunk
            chunk, last = [], time.monotonic()
    if chunk:
        yield chunk
