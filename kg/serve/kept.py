"""Indexes of graph folders, kept from one start of the server to the next.

They lie in the user's cache (XDG_CACHE_HOME, else ~/.cache), named by what they are made of: the folder's manifest and
the form of the index; so a graph that was built on gets a new one, and the same graph elsewhere the same one. A few
are kept. Where the cache cannot be written, the index is made in a temporary folder, as for a graph in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from kg import __version__
from kg.serve.index import FORM, Index
from kg.store import Folder

__all__ = ["cache_folder", "index_of"]

_KEPT = 8


def cache_folder() -> Path:
    """Where indexes are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "abstract-kg"


def index_of(folder: Folder) -> Index:
    """The index of a folder's published state: the one that is kept, or a new one that is kept from now on."""
    made_of = f"{FORM}\n{__version__}\n{folder.manifest.dumps()}"
    place = cache_folder() / f"explorer-{hashlib.sha256(made_of.encode()).hexdigest()[:24]}.sqlite"
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not place.is_file():
            beside = place.with_suffix(f".{os.getpid()}.new")
            beside.unlink(missing_ok=True)
            try:
                Index.of(folder.graph, beside).close()
                beside.replace(place)
            finally:
                beside.unlink(missing_ok=True)
        os.utime(place)
        _tidy(place.parent)
        return Index(folder.graph, place)
    except OSError:
        return Index.of(folder.graph)


def _tidy(folder: Path) -> None:
    """Keep the few that were used last."""
    with contextlib.suppress(OSError):
        by_use = sorted(folder.glob("explorer-*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in by_use[_KEPT:]:
            file.unlink(missing_ok=True)
