"""Which candidates for a value a sentence has, and the signals of each."""

from __future__ import annotations

from kg.domain import ClaimKind, EntityType, Span
from kg.extract.neural.prediction import Prediction, RawMention, RawSlot
from kg.extract.neural.values import SIGNALS, candidates
from kg.extract.quantities import find_quantities

TEXT = "HyperNet-50 achieves state-of-the-art results on 3 tasks, with 95.2% accuracy and linear time."


def _signals() -> dict[str, dict[str, float]]:
    start = TEXT.index("linear")
    mention = RawMention(start=0, end=11, type=EntityType.ARCH, score=0.9, introduced=0.9)
    pointed = RawSlot(sentence=0, slot="value", start=start, end=start + 11, score=0.5, mention=None)
    percent = TEXT.index("95.2")
    short = RawSlot(sentence=0, slot="value", start=percent, end=percent + 4, score=0.9, mention=None)
    prediction = Prediction(mentions=(mention,), kinds=({ClaimKind.RESULT: 0.9},), slots=(pointed, short))
    sentence = Span(start=0, end=len(TEXT))
    return {
        one.text: dict(zip(SIGNALS, one.signals, strict=True))
        for one in candidates(TEXT, sentence, 0, prediction, find_quantities(TEXT))
    }


def test_numbers_are_bounded_by_the_grammar() -> None:
    """The model pointed to the digits only; the candidate is the whole quantity, and is told by its unit."""
    signals = _signals()["95.2%"]
    assert signals["pointed"] > 0
    assert signals["number"] == signals["told"] == 1.0
    assert signals["named"] == 0.0


def test_words_come_from_the_model_and_from_the_wording() -> None:
    """ "linear time" since the model points to it, "state-of-the-art" since the wording tells it."""
    found = _signals()
    assert found["linear time"]["number"] == found["linear time"]["told"] == 0.0
    assert found["state-of-the-art"]["told"] == 1.0
    assert found["state-of-the-art"]["pointed"] < 0


def test_small_counts_are_candidates_that_nothing_tells() -> None:
    """ "3 tasks" may be a value, but neither the model nor the wording says so."""
    signals = next(signals for text, signals in _signals().items() if text.startswith("3"))
    assert signals["told"] == 0.0
    assert signals["pointed"] < 0
