"""Whether one prediction is better than another, or only luckier: the paired bootstrap over documents.

In: counts of the same documents under two predictions. Out: for each figure the difference of F1, its 95 % interval, and the share of
resamples in which the first is better (Efron and Tibshirani 1993; Koehn 2004, "Statistical significance tests for machine translation evaluation").
Micro-averages are recomputed on every resample of documents. The generator is seeded: the same files give the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.tally import Count, Counts, figure_of, total

__all__ = ["Difference", "compare"]

_RESAMPLES = 2000
_SEED = 20_170_612
_NONE = Count(hits=0, predicted=0, gold=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """F1 of two predictions on one figure: `low` and `high` bound the difference, `better` is the share of resamples above 0."""

    name: str
    f1: float
    other: float
    difference: float
    low: float
    high: float
    better: float

    def as_json(self) -> dict[str, float]:
        """As a JSON object, without the name."""
        return {
            "f1": self.f1, "other": self.other, "difference": self.difference, "low": self.low, "high": self.high,
            "better": self.better,
        }  # fmt: skip


def compare(first: Sequence[Counts], second: Sequence[Counts], names: Sequence[str]) -> tuple[Difference, ...]:
    """Differences of the figures named, on documents in the same order."""
    import numpy as np

    draws = np.random.default_rng(_SEED).multinomial(
        len(first), np.full(len(first), 1.0 / len(first)) if first else np.empty(0), size=_RESAMPLES
    )
    sums = total(first), total(second)
    found = []
    for name in names:
        key = ("", name)
        f1 = []
        for documents in (first, second):
            counts = [document.get(key, _NONE) for document in documents]
            hits, both = (draws @ np.array([[c.hits, c.predicted + c.gold] for c in counts], dtype=float)).T
            f1.append(2.0 * hits / np.maximum(both, 1.0))
        gaps = f1[0] - f1[1]
        low, high = np.percentile(gaps, [2.5, 97.5])
        one, two = (figure_of(summed.get(key, _NONE)).f1 for summed in sums)
        found.append(
            Difference(
                name=name,
                f1=one,
                other=two,
                difference=round(one - two, 4),
                low=round(float(low), 4),
                high=round(float(high), 4),
                better=round(float((gaps > 0).mean()), 4),
            )
        )
    return tuple(found)
