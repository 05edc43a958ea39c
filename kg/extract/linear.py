"""Weighed cues: tables of weights that ship beside the code, and the logistic function.

In: the name of a table of this package. Out: weights by cue. A table is tab-separated: the cue, then a weight for every column; the row
"threshold" holds the probability from which each column says yes.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

__all__ = ["load_table", "logistic"]


@cache
def load_table(name: str) -> dict[str, tuple[float, ...]]:
    """The weights of a table, by cue.

    >>> len(load_table("introduced.tsv")["threshold"])
    1
    """
    table: dict[str, tuple[float, ...]] = {}
    for line in (files("kg.extract") / name).read_text(encoding="utf-8").splitlines():
        cue, *numbers = line.split("\t")
        if not line.startswith("#"):
            table[cue] = tuple(map(float, numbers))
    return table


def logistic(value: float) -> float:
    """1 / (1 + e^-value).

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))
