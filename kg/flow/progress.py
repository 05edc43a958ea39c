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
    """One JSON object a line: stage, done, total, seconds since the stage began; at most one a second and stage.

    >>> import io
    >>> out = io.StringIO()
    >>> JsonLog(out, clock=lambda: 5.0)("read", 0, None)
    >>> out.getvalue()
    '{"stage": "read", "done": 0, "total": null, "seconds": 0.0}\\n'
    """

    out: TextIO
    clock: Callable[[], float] = time.monotonic
    _begun: dict[str, float] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Write a line, unless one of this stage was written within the second; the first and the last always are."""
        now = self.clock()
        begun = self._begun.setdefault(stage, now)
        if done not in (0, total) and now - self._told.get(stage, begun) < _LINE_EVERY_S:
            return
        self._told[stage] = now
        line = {"stage": stage, "done": done, "total": total, "seconds": round(now - begun, 3)}
        self.out.write(json.dumps(line) + "\n")
        self.out.flush()


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage, for the report alone: nothing that is written holds a time."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of the block to a stage."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - begun
