"""Counts of one document, and precision, recall and F1 over many.

In: what a figure predicted and what gold says, for each document. Out: hits, predicted and gold by figure; micro-averaged figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Count", "Counts", "Figure", "counted", "figure_of", "matched", "total"]

Left = TypeVar("Left")
Right = TypeVar("Right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was right, what was predicted, what gold has."""

    hits: int
    predicted: int
    gold: int

    def __add__(self, other: Count) -> Count:
        return Count(
            hits=self.hits + other.hits, predicted=self.predicted + other.predicted, gold=self.gold + other.gold
        )


Counts = Mapping[tuple[str, str], Count]
"""Counts of one document by group and figure: ("", "mention"), ("type", "ARCH"), …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Precision, recall and F1 in [0, 1], rounded to four digits, and the counts behind them."""

    p: float
    r: float
    f1: float
    gold: int
    predicted: int

    def as_json(self) -> dict[str, float | int]:
        """As a JSON object."""
        return {"p": self.p, "r": self.r, "f1": self.f1, "gold": self.gold, "predicted": self.predicted}


def figure_of(count: Count) -> Figure:
    """Precision, recall, F1; 0 where nothing could be right.

    >>> figure_of(Count(hits=1, predicted=2, gold=4)).f1
    0.3333
    """
    p = count.hits / count.predicted if count.predicted else 0.0
    r = count.hits / count.gold if count.gold else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return Figure(p=round(p, 4), r=round(r, 4), f1=round(f1, 4), gold=count.gold, predicted=count.predicted)


def counted(predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> Count:
    """Hits are what both have, as often as both have it."""
    left, right = Counter(predicted), Counter(gold)
    return Count(hits=(left & right).total(), predicted=left.total(), gold=right.total())


def matched(predicted: Sequence[Left], gold: Sequence[Right], same: Callable[[Left, Right], bool]) -> Count:
    """Hits are pairs found one to one, each prediction taking the first gold item left that is the same."""
    left = list(gold)
    hits = 0
    for item in predicted:
        at = next((index for index, other in enumerate(left) if same(item, other)), None)
        if at is not None:
            del left[at]
            hits += 1
    return Count(hits=hits, predicted=len(predicted), gold=len(gold))


def total(documents: Iterable[Counts]) -> dict[tuple[str, str], Count]:
    """The sum over documents, keys sorted by group, in the order of their first appearance within it."""
    summed: dict[tuple[str, str], Count] = {}
    for counts in documents:
        for key, count in counts.items():
            summed[key] = summed[key] + count if key in summed else count
    return summed
