"""The graph folder: durable, transactional, one writer and any number of readers. See its README.

Read it with `Folder.open`, write it with `Writer.open`; `check` tells what is damaged, `backup` copies a live one.
"""

from __future__ import annotations

from kg.store.backup import backup
from kg.store.check import Finding, check
from kg.store.entries import Entries, Entry
from kg.store.folder import Folder, is_folder
from kg.store.graph import StoredGraph
from kg.store.manifest import Manifest, read_manifest
from kg.store.publication import Part, Publication, part_of
from kg.store.records import Records
from kg.store.search import Hit
from kg.store.things import Things
from kg.store.writer import Writer

__all__ = [
    "Entries",
    "Entry",
    "Finding",
    "Folder",
    "Hit",
    "Manifest",
    "Part",
    "Publication",
    "Records",
    "StoredGraph",
    "Things",
    "Writer",
    "backup",
    "check",
    "is_folder",
    "part_of",
    "read_manifest",
]
