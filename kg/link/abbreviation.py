"""What a short form stands for in papers that do not say: what nearly all the papers that do say mean by it.

In: a group of short names, and the groups of the long names that papers define them for. Out: the group they join, or
none. One long form must hold at least nine tenths of the defining names (SAN, MIL, RL and CRF mean several things across
papers, so a plain majority would be wrong often). What the authority has an abbreviation for counts like three papers
that say so: with no paper against it, it stands; one paper that means something else leaves the short form by itself.
What it cannot do: tell two senses of a short form apart in a paper that defines neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

__all__ = ["AUTHORITY_NAMES", "LEAST_PART", "stands_for"]

LEAST_PART = 0.9
AUTHORITY_NAMES = 3

_Target = TypeVar("_Target")


def stands_for(defined: Mapping[_Target, int], known: _Target | None = None) -> tuple[_Target, float] | None:
    """What a short form stands for, with its part of the votes in [0.9, 1]; None if that is open.

    defined: by long form how many names define the short form so; known: what the authority has for it.

    >>> stands_for({"convolutional neural network": 19, "cellular neural network": 1})
    ('convolutional neural network', 0.95)
    >>> stands_for({"sparse neural network": 1}, known="spiking neural network") is None
    True
    """
    votes = dict(defined)
    if known is not None:
        votes[known] = votes.get(known, 0) + AUTHORITY_NAMES
    total = sum(votes.values())
    for target, count in votes.items():
        if count >= LEAST_PART * total:
            return target, round(count / total, 4)
    return None
