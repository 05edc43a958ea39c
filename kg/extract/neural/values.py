"""Which numbers and words of a sentence are values of its claim: what the model points to and what the wording tells.

Comes in: a prediction, the quantities of the text. Goes out: fillers of the `value` slot, bounded as the quantity grammar
bounds numbers, since a model that has seen few of them cuts them short. The decision is one logistic function of a few
signals, whose weights are fitted in cross-validation and stand in the calibration.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.domain import ClaimKind, Span
from kg.extract.neural.prediction import Prediction, RawSlot
from kg.extract.quantities import FoundQuantity
from kg.extract.values import values_in

__all__ = ["SIGNALS", "Candidate", "candidates"]

SIGNALS = ("pointed", "number", "told", "named", "result", "comparison", "contribution")
"""Log odds that the model points to it; whether it is a number, is a value by its wording, is part of a mention; log odds
of three kinds of claim. A weight each, and one more for the constant, make up `Calibration.values`."""
_SOFT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stretch of a sentence that may be a value, with its `signals` in the order of SIGNALS."""

    start: int
    text: str
    signals: tuple[float, ...]

    def probability(self, weights: Sequence[float]) -> float:
        """Of being a value, by weights of the signals and, last, of the constant.

        >>> Candidate(start=0, text="94%", signals=(0.0,) * 7).probability((1.0,) * 7 + (0.0,))
        0.5
        """
        total = weights[-1] + sum(w * s for w, s in zip(weights[:-1], self.signals, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def candidates(
    text: str, sentence: Span, at: int, prediction: Prediction, quantities: Sequence[FoundQuantity]
) -> Iterator[Candidate]:
    """All that may be a value in sentence number `at`: its quantities, and words that the model or the wording points to."""
    kinds = prediction.kinds[at]
    states = tuple(
        _odds(kinds.get(kind, 0.0)) for kind in (ClaimKind.RESULT, ClaimKind.COMPARISON, ClaimKind.CONTRIBUTION)
    )
    raws = [raw for raw in prediction.slots if raw.sentence == at and raw.slot == "value"]
    inside = [q.span for q in quantities if sentence.start <= q.span.start < sentence.end]
    told = [value.span for value in values_in(text, sentence, quantities)]
    for span in inside:
        pointed = max((raw.score for raw in raws if _meet(raw, span)), default=0.0)
        named = any(m.start <= span.start and span.end <= m.end and m.score >= 0.5 for m in prediction.mentions)
        signals = (_odds(pointed), 1.0, float(span in told), float(named), *states)
        yield Candidate(start=span.start, text=span.of(text), signals=signals)
    words = [raw for raw in raws if not any(_meet(raw, span) for span in inside)]
    for raw in words:
        known = any(_meet(raw, span) for span in told)
        signals = (_odds(raw.score), 0.0, float(known), 0.0, *states)
        yield Candidate(start=raw.start, text=text[raw.start : raw.end], signals=signals)
    for span in told:
        if span not in inside and not any(_meet(raw, span) for raw in words):
            yield Candidate(start=span.start, text=span.of(text), signals=(_odds(0.0), 0.0, 1.0, 0.0, *states))


def _meet(raw: RawSlot, span: Span) -> bool:
    return raw.start < span.end and span.start < raw.end


def _odds(probability: float) -> float:
    return math.log((probability + _SOFT) / (1 + _SOFT - probability))
