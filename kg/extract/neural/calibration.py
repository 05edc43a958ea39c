"""From logits to probabilities, and from probabilities to decisions: what cross-validation learned about the scores.

Platt scaling (Platt 1999, "Probabilistic outputs for support vector machines"): p = σ(a · logit + b), one pair (a, b)
a head, fitted on predictions for abstracts that the predicting model was not trained on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Calibration"]

THRESHOLDS = {
    "mention": 0.4,
    "same": 0.5,
    "relation": 0.35,
    "introduced": 0.45,
    "claim": 0.45,
    "kind": 0.4,
    "subject": 0.35,
    "object": 0.3,
    "metric": 0.35,
    "dataset": 0.35,
    "value": 0.4,
    "far": 0.3,
}
"""Defaults before any cross-validation, on probabilities that are not calibrated."""
VALUES = (0.3, 0.0, 2.5, -1.5, 0.3, 0.0, 0.0, -0.5)
"""Likewise, for the signals of `kg.extract.neural.values`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """`thresholds` in [0, 1] on the model's own probabilities; `platt` (a, b) a head, for the scores that are given out;
    `values` the weights by which a value is told (`kg.extract.neural.values.SIGNALS` and a constant)."""

    thresholds: Mapping[str, float] = field(default_factory=lambda: dict(THRESHOLDS))
    platt: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    values: tuple[float, ...] = VALUES

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Calibration:
        """From the `calibration` object of a `model.json`."""
        return cls(
            thresholds=THRESHOLDS | {str(name): float(value) for name, value in fields.get("thresholds", {}).items()},
            platt={str(name): (float(a), float(b)) for name, (a, b) in fields.get("platt", {}).items()},
            values=tuple(float(weight) for weight in fields.get("values", VALUES)),
        )

    def threshold(self, head: str) -> float:
        """From what probability on a head decides for yes."""
        return self.thresholds[head]

    def score(self, head: str, probability: float) -> float:
        """The calibrated probability in [0, 1].

        >>> Calibration(platt={"relation": (1.0, 0.0)}).score("relation", 0.25)
        0.25
        """
        if head not in self.platt:
            return min(1.0, max(0.0, probability))
        a, b = self.platt[head]
        clipped = min(1 - 1e-6, max(1e-6, probability))
        return 1.0 / (1.0 + math.exp(-(a * math.log(clipped / (1 - clipped)) + b)))
