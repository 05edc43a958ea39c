"""What the pool's workers do in its tests; they import it, so it stands by itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kg.domain import Paper
from kg.errors import ExtractError, UsageError, Where

__all__ = ["doubling", "dying", "failing", "killing", "unmakeable"]


def doubling() -> Callable[[int], int]:
    """Twice the number; the first ones take longest."""
    return _double


def _double(number: int) -> int:
    time.sleep(0.03 / (number + 1))
    return 2 * number


def failing() -> Callable[[int], int]:
    """An error of ours at 3, with its place."""
    return _fail


def _fail(number: int) -> int:
    if number == 3:
        raise ExtractError("three is too much", where=Where(paper="p3"), to_do="leave it out")
    return number


def unmakeable() -> Callable[[int], int]:
    """A worker that cannot be made."""
    raise UsageError("no such worker")


def dying(room: Path) -> Callable[[int], int]:
    """Kills its process the first time that it meets 5."""
    return partial(_die, room)


def _die(room: Path, number: int) -> int:
    if number == 5:
        try:
            (room / "died").touch(exist_ok=False)
        except FileExistsError:
            return 2 * number
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def killing() -> Callable[[int], int]:
    """Kills every process that it meets 5 in."""
    return _kill


def _kill(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def loads() -> Callable[[int], int]:
    """How many extractors this process has in its cache, without loading one."""
    return _loads


def _loads(_: int) -> int:
    from kg.flow import settings

    return settings._loaded.cache_info().currsize


def poisoned() -> Callable[[list[Paper]], list[str]]:
    """The ids of papers; a text that says POISON kills the process."""
    return _read_poison


def _read_poison(papers: list[Paper]) -> list[str]:
    if any("POISON" in paper.text for paper in papers):
        os.kill(os.getpid(), signal.SIGKILL)
    return [paper.id for paper in papers]


def spender() -> Callable[[int], int]:
    """Counts to a number, which takes a processor some time."""
    return _spend


def _spend(number: int) -> int:
    return min(1, sum(1 for _ in range(number)))
