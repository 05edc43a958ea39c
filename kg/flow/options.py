"""What can be asked of a build, and what it tells at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import UsageError

__all__ = ["BuildOptions", "BuildReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build. What is None is taken from the folder where an earlier build has kept it, else the default.

    extractor   name of the extractor ("model", "rules", "accurate"); None for the best that this installation has
    min_score   mentions, relations and claims of a lower score are left out, in [0, 1]; None for 0
    workers     processes that extract, ≥ 1; None for one a core
    format      name of the inputs' format; None to tell it by content
    columns     for tables: our field → their column
    max_bytes   the most bytes of one decompressed file; None for the reader's own bound
    encoding    of the inputs; None for UTF-8
    authority   SKOS files to link against, the most trusted first; kept in the folder
    own_authority  whether our own scheme of concepts is used beside them; None for yes, or as the folder keeps it
    curation    file of corrections; kept in the folder
    scheduler   address of a Dask scheduler that the work is sent to (extra `cluster`)
    cluster     "local:N": a Dask cluster of N workers on this machine
    """

    extractor: str | None = None
    min_score: float | None = None
    workers: int | None = None
    format: str | None = None
    columns: Mapping[str, str] | None = None
    max_bytes: int | None = None
    encoding: str | None = None
    authority: tuple[str | Path, ...] | None = None
    own_authority: bool | None = None
    curation: str | Path | None = None
    scheduler: str | None = None
    cluster: str | None = None

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise UsageError(f"{self.workers} workers can do nothing", to_do="give a number from 1")
        if self.min_score is not None and not 0.0 <= self.min_score <= 1.0:
            raise UsageError(f"a minimum score of {self.min_score} keeps nothing", to_do="give a number from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    stats       what is in the folder now: `papers`, `entries_read`, `rejected`, `entities`, …
    read        entries and rejects of this run
    extracted   texts that were read by the extractor in this run; the others were known
    papers      papers that are new, changed, or gone
    things      things that are new, changed, or gone
    remarks     what was left out of entries that were read, or replaced in them, with counts
    seconds     by stage
    cpu         processor seconds by stage, of this process and its workers
    """

    stats: Mapping[str, Any]
    read: int = 0
    rejected: int = 0
    extracted: int = 0
    papers: int = 0
    things: int = 0
    remarks: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    cpu: Mapping[str, float] = field(default_factory=dict)
