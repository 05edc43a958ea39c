"""A worker that does not come back; it stands by itself, because workers import it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

__all__ = ["sticking"]


def sticking(room: Path) -> Callable[[int], int]:
    """Twice the number; the first time that it meets 5, it does not come back."""
    return partial(_stick, room)


def _stick(room: Path, number: int) -> int:
    if number == 5:
        try:
            (room / "stuck").touch(exist_ok=False)
        except FileExistsError:
            return 2 * number
        time.sleep(3600)
    return 2 * number
