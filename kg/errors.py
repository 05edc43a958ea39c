"""Every error that `kg` raises on purpose, as one tree.

    KgError
    ├── UsageError         the caller asked for something that cannot be: exit status 2
    ├── ReadError          an input, or one entry of it, cannot be read
    ├── ExtractError       a text cannot be turned into a record
    ├── LinkError          names cannot be linked: a bad authority or curation file
    ├── StoreError         the graph folder
    │   ├── FolderLocked   another process is writing it
    │   ├── FolderDamaged  what is there is not what the manifest says
    │   └── FolderVersion  made by a version that this one cannot read
    ├── QueryError         SPARQL that does not parse, an unknown question, a limit that was reached
    ├── ExportError        a file cannot be written in that format
    └── ModelError         the trained extractor is missing or does not fit

Each says what happened, where, and what to do about it; all three are data, so that a rejects file, a terminal
and a log can each show them in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ExportError",
    "ExtractError",
    "FolderDamaged",
    "FolderLocked",
    "FolderVersion",
    "KgError",
    "LinkError",
    "ModelError",
    "QueryError",
    "ReadError",
    "StoreError",
    "UsageError",
    "Where",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place an error is about. `line` and `entry` count from 1; what is unknown is None.

    >>> str(Where(file="a.jsonl", line=7, paper="x1"))
    'a.jsonl, line 7, paper x1'
    """

    file: str | None = None
    line: int | None = None
    entry: int | None = None
    paper: str | None = None

    def __str__(self) -> str:
        named = (("", self.file), ("line ", self.line), ("entry ", self.entry), ("paper ", self.paper))
        return ", ".join(f"{label}{value}" for label, value in named if value is not None)


class KgError(Exception):
    """Base of all: `what` happened, `where`, and what `to_do`.

    >>> print(KgError("no abstract", where=Where(file="a.bib", line=3), to_do="add an abstract field"))
    a.bib, line 3: no abstract (add an abstract field)
    """

    def __init__(self, what: str, *, where: Where | None = None, to_do: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where or Where()
        self.to_do = to_do

    def __str__(self) -> str:
        place = str(self.where)
        return (f"{place}: " if place else "") + self.what + (f" ({self.to_do})" if self.to_do else "")


class UsageError(KgError):
    """The caller asked for something that cannot be."""


class ReadError(KgError):
    """An input, or one entry of it, cannot be read."""


class ExtractError(KgError):
    """A text cannot be turned into a record."""


class LinkError(KgError):
    """Names cannot be linked: a bad authority or curation file."""


class StoreError(KgError):
    """The graph folder cannot be read or written."""


class FolderLocked(StoreError):
    """Another process is writing the graph folder; the message says which."""


class FolderDamaged(StoreError):
    """What is in the folder is not what its manifest says."""


class FolderVersion(StoreError):
    """The folder was made by a version that this one cannot read."""


class QueryError(KgError):
    """A query does not parse, asks an unknown question, or ran into a limit."""


class ExportError(KgError):
    """A file cannot be written in the wanted format."""


class ModelError(KgError):
    """The trained extractor is missing or does not fit this program."""
