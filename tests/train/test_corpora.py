"""Reading the annotated sets, folds, and the pieces of training that need no torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="the extra [train] is not installed")

from kg.train.corpora import GOLD_TYPES, gold, gold_example, public
from kg.train.folds import FOLDS, assign, folds
from kg.train.reliability import error, platt

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the shared data is not here")

RECORD: dict[str, Any] = {
    "id": "000",
    "title": "HyperNet",
    "text": "We propose HyperNet. It wins by 2%.",
    "sentences": [[0, 20], [21, 35]],
    "mentions": [{"start": 11, "end": 19, "text": "HyperNet", "type": "ARCH", "entity": "HyperNet"}],
    "entities": [{"name": "HyperNet", "type": "ARCH", "aliases": []}],
    "introduced": ["HyperNet"],
    "relations": [],
    "claims": [
        {
            "sentence": 1,
            "kind": "RESULT",
            "subject": "HyperNet",
            "predicate": "improves",
            "object": None,
            "metric": None,
            "value": "2%",
            "dataset": None,
        }
    ],
}


def test_claims_become_stretches_and_far_subjects() -> None:
    """A value is found in its sentence; a subject named elsewhere is pointed to."""
    example = gold_example(RECORD)
    assert example.slots == ((1, 4, 32, 34),)
    assert example.far == ((1, 0),)
    assert frozenset({0}) == example.introduced


def test_folds_are_even() -> None:
    """Seeds and venues are dealt alike."""
    found = assign([f"{n:03}" for n in (*range(50), *range(200, 250))])
    assert {10} == {sum(1 for n, f in found.items() if f == fold and int(n) < 200) for fold in range(FOLDS)}


@needs_shared
def test_folds_of_the_tree_cover_the_gold() -> None:
    """Each gold id has its fold, and the folds are those that the rule gives."""
    ids = [example.id for example in gold(SHARED)]
    assert folds() == assign(ids)


@needs_shared
@pytest.mark.slow
def test_public_mentions_slice_back_to_words() -> None:
    """Mentions of the public sets begin and end at words; the types are of their set."""
    for example in public(SHARED)[::50]:
        for start, end, _, _ in example.mentions or ():
            assert example.prepared.text[start:end].strip() == example.prepared.text[start:end] != ""
    assert len(GOLD_TYPES) == 5


def test_platt_finds_the_truth() -> None:
    """Scores that are too sure are pulled back, and the error falls."""
    pairs = [(0.95, at % 10 < 7) for at in range(200)] + [(0.05, at % 10 < 2) for at in range(200)]
    a, b = platt(pairs)
    assert 0 < a < 1
    assert error(pairs) > 0.1
    assert abs(b) < 1.0
