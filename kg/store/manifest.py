"""The manifest: what a folder is, in a file that people and programs can read without opening anything.

The database is the truth and holds the same text; the file is written last and renamed into place, so a kill between
the two leaves an older manifest beside a newer graph, which the next writer mends and `check` tells.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import FolderDamaged, Where

__all__ = ["MANIFEST", "Manifest", "read_manifest", "write_manifest"]

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is in a folder.

    format      number of the folder's form
    program     version of the program that wrote it
    generation  counts the states that were published, from 1
    extractor   fingerprint of the extractor that its records come from
    linking     fingerprint of all that linking depends on besides names
    shape       fingerprint of the code that made facts and triples of records
    counts      papers, entries_read, rejected, triples, …; the whole of `stats`
    digests     SHA-256 over the sorted keys of entries, papers, records, things
    files       SHA-256 of every immutable file of the triple store, by name
    """

    format: int
    program: str
    generation: int
    extractor: str
    linking: str
    shape: str
    counts: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def dumps(self) -> str:
        """JSON, keys sorted, ending with a line end."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def loads(cls, text: str, *, where: Where) -> Manifest:
        """The manifest in this text. Raises FolderDamaged for anything else."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            to_do = "start the build again: it writes a new one"
            raise FolderDamaged(f"is not a manifest: {error}", where=where, to_do=to_do) from error


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest file of a folder, None where there is none. Raises FolderDamaged."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise FolderDamaged(f"cannot be read: {error}", where=Where(file=str(path))) from error
    return Manifest.loads(text, where=Where(file=str(path)))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the file beside and rename it into place; on disk when this returns."""
    path, beside = folder / MANIFEST, folder / f"{MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as out:
        out.write(manifest.dumps())
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
