"""Texts that have no record yet are read by the extractor, here or in worker processes, and kept as they come.

Each batch that is done is committed, so a build that is killed goes on after it. The order in which batches end
changes nothing: records are found again by their text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from kg.domain import Paper
from kg.extract import Extractor, load
from kg.flow.pool import Pool, cores
from kg.flow.progress import Progress
from kg.flow.settings import Settings
from kg.store import Writer
from kg.store.rows import RecordRow, record_row

__all__ = ["extract_missing"]

_BATCH = 32
_COMMIT_S = 2.0
_COMMIT_ROWS = 2048
_FEW = 200
"""Texts that one process has read before others have started."""


def extract_missing(writer: Writer, settings: Settings, *, progress: Progress) -> int:
    """Read every text of the drafts that has no record; how many those were.

    The records are the same for any number of workers.
    """
    extractor, workers = settings.extractor, settings.options.workers
    total = writer.records.waiting(extractor.fingerprint)
    progress("extract", 0, total)
    papers = writer.records.missing(extractor.fingerprint)
    count = cores() if workers is None else workers
    if count == 1 or total <= _FEW:
        rows = _here(extractor, papers)
    else:
        rows = Pool(partial(_make, extractor.name), workers=count, preload=("kg.extract",)).map(_batches(papers))
    done = 0
    for chunk in _chunks(rows):
        writer.records.add(chunk, extractor.fingerprint)
        done += len(chunk)
        progress("extract", done, total)
    return done


def _here(extractor: Extractor, papers: Iterable[Paper]) -> Iterator[list[RecordRow]]:
    for batch in _batches(papers):
        yield [record_row(record) for record in extractor.extract(batch)]


def _make(name: str) -> Callable[[list[Paper]], list[RecordRow]]:
    """What a worker does: made once in each."""
    extractor = load(name, threads=1)

    def read(batch: list[Paper]) -> list[RecordRow]:
        return [record_row(record) for record in extractor.extract(batch)]

    return read


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
