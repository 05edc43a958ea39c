"""Calibration and Platt's fit."""

from __future__ import annotations

import pytest

from kg.extract.neural.calibration import THRESHOLDS, Calibration


def test_identity_without_parameters() -> None:
    """A head without parameters gives its probability as it is."""
    assert Calibration().score("mention", 0.7) == 0.7


def test_scores_stay_probabilities() -> None:
    """The ends of the range stay within it, and the order of scores is kept."""
    calibration = Calibration(platt={"mention": (0.8, -0.5)})
    scores = [calibration.score("mention", p) for p in (0.0, 0.2, 0.9, 1.0)]
    assert scores == sorted(scores)
    assert scores[0] >= 0.0 and scores[-1] <= 1.0


def test_reads_what_the_model_file_holds() -> None:
    """Thresholds of the file replace the defaults, the rest stays."""
    calibration = Calibration.of({"thresholds": {"mention": 0.5}, "platt": {"relation": [1.0, 0.5]}})
    assert calibration.threshold("mention") == 0.5
    assert calibration.threshold("value") == THRESHOLDS["value"]
    assert calibration.score("relation", 0.5) == pytest.approx(0.6225, abs=1e-4)
