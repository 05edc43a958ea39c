"""A copy of a live folder: one published state, whole, while someone may be building on it.

The copy is made beside its place and renamed there, so there is never half a backup under its name. What it cannot do:
keep what a build under way has read so far that no state names; that is found again by building again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from kg.errors import StoreError, Where
from kg.store.database import DATABASE, told
from kg.store.folder import Folder
from kg.store.manifest import Manifest, write_manifest
from kg.store.triples import name_of

__all__ = ["backup"]


def backup(folder: str | Path, target: str | Path) -> Manifest:
    """Copy the published state of `folder` to `target`, which must not exist; its manifest.

    Raises StoreError for a target that is there, or a full disk; what was half copied is removed.
    """
    place = Path(target)
    if place.exists():
        raise StoreError("is there already", where=Where(file=str(target)), to_do="name a new folder for the backup")
    beside = place.with_name(f"{place.name}.new")
    with Folder.open(folder) as source, told(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            copy = sqlite3.connect(beside / DATABASE)
            try:
                source.copy_database(copy)
                copy.execute("PRAGMA journal_mode=WAL")
            finally:
                copy.close()
            shutil.copytree(source.triples_path, beside / name_of(source.manifest.generation))
            write_manifest(beside, source.manifest)
            os.sync()
            beside.rename(place)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return source.manifest
