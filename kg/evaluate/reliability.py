"""Whether scores are probabilities: of predictions scored 0.7, are seven in ten right?

In: (score, right) pairs. Out: a table of ten equal bins and the expected calibration error, Σ n/N · |share right - mean score|
(Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bin", "Reliability", "reliability"]

_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Predictions with a score in [low, high): how many, their mean score, the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The table without its empty bins, and the expected calibration error in [0, 1], 0 is best."""

    bins: tuple[Bin, ...]
    error: float
    count: int

    def as_json(self) -> dict[str, object]:
        """As a JSON object."""
        bins = [{"low": b.low, "high": b.high, "count": b.count, "score": b.score, "right": b.right} for b in self.bins]
        return {"ece": self.error, "count": self.count, "bins": bins}


def reliability(outcomes: Sequence[tuple[float, bool]]) -> Reliability:
    """The table of a set of scored predictions; a score of 1 counts in the last bin.

    >>> reliability([(0.5, True), (0.5, False)]).error
    0.0
    """
    groups: dict[int, list[tuple[float, bool]]] = {}
    for score, right in outcomes:
        groups.setdefault(min(_BINS - 1, int(score * _BINS)), []).append((score, right))
    bins = []
    error = 0.0
    for number, group in sorted(groups.items()):
        mean = sum(score for score, _ in group) / len(group)
        share = sum(right for _, right in group) / len(group)
        error += len(group) / len(outcomes) * abs(share - mean)
        low, high = number / _BINS, (number + 1) / _BINS
        bins.append(Bin(low=low, high=high, count=len(group), score=round(mean, 4), right=round(share, 4)))
    return Reliability(bins=tuple(bins), error=round(error, 4), count=len(outcomes))
