"""Who writes a folder: one process at a time, and the others are told which.

The lock is the operating system's (flock), so it goes with its process, however that ends: there is no stale lock to
clear away. The file beside it only says who holds it. What it cannot do: guard file systems without flock.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import FolderLocked, Where

__all__ = ["LOCK", "held", "holder"]

LOCK = "lock"


def holder(folder: Path) -> str:
    """Who holds the folder, in words; "another process" where the file does not say."""
    try:
        said = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        return f"process {said['pid']} on {said['host']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder for writing. Raises FolderLocked, at once, when someone else holds it.

    The file says process, host and time for the other's message; nothing that is exported holds a time.
    """
    path = folder / LOCK
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            to_do = "wait until it is done, or stop it"
            raise FolderLocked(
                f"is being written by {holder(folder)}", where=Where(file=str(folder)), to_do=to_do
            ) from error
        said = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(said).encode() + b"\n", 0)
        yield
    finally:
        os.close(descriptor)
