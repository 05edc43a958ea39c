"""The fits that turn scores into probabilities."""

from __future__ import annotations

import math
import random

import pytest

pytest.importorskip("numpy")

from kg.train.reliability import apply, error, logistic, platt, sentence_at


def test_logistic_finds_the_weights_that_made_the_points() -> None:
    """Points drawn from known weights give them back, whatever the unit of a signal."""
    draw = random.Random(0)
    weights, points = (2.0, -0.03, 0.5), []
    for _ in range(4000):
        signals = (draw.gauss(0, 1), draw.gauss(10, 40))
        p = 1 / (1 + math.exp(-(weights[0] * signals[0] + weights[1] * signals[1] + weights[2])))
        points.append((signals, draw.random() < p))
    assert logistic(points) == pytest.approx(weights, rel=0.2, abs=0.1)


def test_platt_repairs_scores_that_are_too_sure() -> None:
    """Scores pushed away from a half have a large error, which the fitted scaling removes."""
    draw = random.Random(1)
    pairs = []
    for _ in range(4000):
        logit = draw.gauss(0, 1)
        pairs.append((1 / (1 + math.exp(-3 * logit)), draw.random() < 1 / (1 + math.exp(-logit))))
    assert error(pairs) > 0.1
    assert error(apply(platt(pairs), pairs)) < 0.03


def test_a_sentence_is_the_one_that_overlaps_most() -> None:
    """A span over two sentences belongs to the one that it covers more of."""
    assert sentence_at((5, 20), [(0, 9), (9, 30)]) == 1
