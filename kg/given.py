"""From the words of a command line to the values that the verbs take: what several commands share.

In: what `kg.arguments` has parsed. Out: filters, options of reading and of building, a listener for progress.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import terminal
from kg.errors import UsageError, Where

if TYPE_CHECKING:
    from kg.export import Filters
    from kg.flow.progress import Progress

__all__ = ["building", "filters", "progress_of", "reading"]


def filters(given: argparse.Namespace) -> Filters:
    """What `--type`, `--min-papers`, `--around` and their like keep."""
    from kg.export import Filters

    return Filters(
        types=tuple(given.type),
        relations=tuple(given.relation),
        min_papers=given.min_papers,
        min_support=given.min_support,
        min_score=given.min_score,
        since=given.since,
        until=given.until,
        around=given.around,
        depth=given.depth,
    )


def reading(given: argparse.Namespace) -> dict[str, Any]:
    """How inputs are to be read, without what was not asked for."""
    columns = dict(given.columns) if given.columns else None
    options = {"format": given.format, "columns": columns, "encoding": given.encoding, "max_bytes": given.max_bytes}
    return {name: value for name, value in options.items() if value is not None}


def building(given: argparse.Namespace) -> dict[str, Any]:
    """How to build: the fields of `kg.flow.options.BuildOptions`."""
    return reading(given) | {
        "extractor": given.extractor,
        "min_score": given.min_score,
        "workers": given.workers,
        "authority": tuple(given.authority) if given.authority else None,
        "own_authority": False if given.no_own_authority else None,
        "curation": given.curation,
        "scheduler": given.scheduler,
        "cluster": given.cluster,
    }


def progress_of(given: argparse.Namespace, stack: ExitStack) -> Progress:
    """Bars on standard error, and lines in the file that `--log` names; both end with the stack."""
    bars = stack.enter_context(terminal.Bars(quiet=given.quiet))
    if getattr(given, "log", None) is None:
        return bars
    from kg.flow.progress import JsonLog

    try:
        out = Path(given.log).open("w", encoding="utf-8")  # noqa: SIM115 - the stack closes it
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=Where(file=given.log)) from error
    log = JsonLog(stack.enter_context(out))

    def both(stage: str, done: int, total: int | None) -> None:
        bars(stage, done, total)
        log(stage, done, total)

    return both
