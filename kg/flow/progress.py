"""How a build tells how far it is: a seam for bars, logs and tests.

Stages say (stage, done, total); what is made of it is the listener's: the command line draws a bar, `JsonLog` writes a
line that a machine reads, `quiet` nothing. What it cannot do: stop a build.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TextIO

from kg.flow.pool import cpu_seconds

__all__ = ["JsonLog", "Progress", "Stopwatch", "quiet"]

_LINE_EVERY_S = 1.0


class Progress(Protocol):
    """Hears how far a stage is."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """`done` of `total` units of a stage; total is None where nobody knows. A stage begins with done = 0.

        stage is one of: read, group, extract, link, graph, triples, publish.
        """


def quiet(stage: str, done: int, total: int | None) -> None:
    """Says nothing."""


@dataclass(slots=True)
class JsonLog:
    """One JSON object a line: stage, done, total, and seconds and processor seconds since the stage began.

    At most one a second and stage. Processor seconds are those of all processes of the build, so that a busy machine
    does not change them.

    >>> import io
    >>> out = io.StringIO()
    >>> JsonLog(out, clock=lambda: 5.0, cpu=lambda: 2.0)("read", 0, None)
    >>> out.getvalue()
    '{"stage": "read", "done": 0, "total": null, "seconds": 0.0, "cpu_seconds": 0.0}\\n'
    """

    out: TextIO
    clock: Callable[[], float] = time.monotonic
    cpu: Callable[[], float] = cpu_seconds
    _begun: dict[str, tuple[float, float]] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Write a line, unless one of this stage was written within the second; the first and the last always are."""
        now = self.clock()
        begun, spent = self._begun.setdefault(stage, (now, self.cpu()))
        if done not in (0, total) and now - self._told.get(stage, begun) < _LINE_EVERY_S:
            return
        self._told[stage] = now
        line = {
            "stage": stage,
            "done": done,
            "total": total,
            "seconds": round(now - begun, 3),
            "cpu_seconds": round(self.cpu() - spent, 3),
        }
        self.out.write(json.dumps(line) + "\n")
        self.out.flush()


@dataclass(slots=True)
class Stopwatch:
    """Seconds and processor seconds by stage, for the report alone: nothing that is written holds a time.

    A stage within a stage is counted apart: what both add up to is the whole.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _last: tuple[float, float] = (0.0, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of the block to a stage, and to no stage around it."""
        self._count()
        self._open.append(name)
        try:
            yield
        finally:
            self._count()
            self._open.pop()

    def _count(self) -> None:
        """Charge what has passed since the last call to the innermost stage."""
        now = (time.monotonic(), cpu_seconds())
        if self._open:
            for figures, until, since in zip((self.seconds, self.cpu), now, self._last, strict=True):
                figures[self._open[-1]] = figures.get(self._open[-1], 0.0) + until - since
        self._last = now
