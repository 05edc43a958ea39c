"""The five folds of cross-validation: by abstract, fixed, in the tree, and as even over seeds and venues as can be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

__all__ = ["FOLDS", "assign", "folds"]

FOLDS = 5
_PATH = Path(__file__).with_name("folds.json")


def assign(ids: Iterable[str]) -> dict[str, int]:
    """A fold for each gold id: seeds (below 200) and venues apart, each dealt round in the order of a hash of the id."""
    found: dict[str, int] = {}
    every = list(ids)
    for venues in (False, True):
        part = [name for name in every if (int(name) >= 200) is venues]
        part.sort(key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        found |= {name: at % FOLDS for at, name in enumerate(part)}
    return dict(sorted(found.items()))


def folds() -> dict[str, int]:
    """The folds of the tree."""
    found: dict[str, int] = json.loads(_PATH.read_text(encoding="utf-8"))
    return found
