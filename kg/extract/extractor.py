"""The seam of the extraction stage: what an extractor is, and what all of them do alike.

Every extractor keeps the contract that `tests/extract/contract.py` checks: one record a paper, in order; offsets that slice back; names that resolve;
evidence that is a sentence; scores in [0, 1] of at most four digits; the same record whatever stands before or after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Protocol, runtime_checkable

from kg.domain import Paper, Record

__all__ = ["EXTRACTORS", "Extractor", "code_fingerprint", "trained_fingerprint"]

EXTRACTORS: tuple[str, ...] = ("model", "rules", "accurate")
"""The names that `kg.extract.load` knows."""

_SUFFIXES = (".py", ".txt", ".tsv")


@runtime_checkable
class Extractor(Protocol):
    """Papers to records.

    `name` is one of `EXTRACTORS`. `fingerprint` is a short hash of all that decides what comes out; a record that carries
    it need not be made again.
    """

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def fingerprint(self) -> str:
        """What decides its output, as a hash."""
        ...

    def extract(self, papers: Iterable[Paper]) -> Iterator[Record]:
        """One record a paper, in order. A paper that cannot be extracted gives an empty record with a note that says why."""
        ...


@cache
def code_fingerprint() -> str:
    """A hash of the code and the word lists of this package: 16 hex digits."""
    digest = hashlib.sha256()
    for folder in (files("kg.extract"), files("kg.extract") / "neural"):
        for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if item.name.endswith(_SUFFIXES):
                digest.update(item.name.encode() + b"\0" + item.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def trained_fingerprint(name: str, version: str) -> str:
    """The fingerprint of a trained extractor: its name, the version of its weights, and the code around them."""
    return f"{name}-{version}-{code_fingerprint()}"
