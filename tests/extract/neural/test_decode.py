"""Deciding on spans: which are taken, and which are read together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.extract.neural import predict
from kg.extract.neural.decode import agree, pick
from kg.extract.neural.tokens import Prepared, Tokeniser

MODEL = Path(predict.__file__).parent / "model"


def test_the_surest_span_is_taken_first() -> None:
    """Of spans that share a word only the surest is a mention; the result is in the order of the text."""
    begin, end = np.array([0, 0, 3]), np.array([1, 2, 3])
    chosen = pick(np.array([0.6, 0.8, 0.9], dtype=np.float32), begin, end, 0.5)
    assert chosen.tolist() == [1, 2]


@pytest.mark.skipif(not (MODEL / "tokenizer.json").exists(), reason="no model folder in this checkout")
def test_stretches_of_the_same_words_are_read_together() -> None:
    """Likely ones take their mean, whatever their capitals where they are long; unlikely and other ones stay."""
    prepared = Prepared(
        title="Parsing", text="Parsing with SAT. We use parsing and sat.", sentences=((0, 17), (18, 41))
    )
    tokens = Tokeniser(MODEL / "tokenizer.json")(prepared)
    words = [
        (prepared.title if tokens.part[a] == 0 else prepared.text)[tokens.start[a] : tokens.end[b]]
        for a, b in zip(tokens.span_from, tokens.span_to, strict=True)
    ]
    types = np.zeros((len(words), 6), dtype=np.float32)
    types[:, 0] = 1.0
    given = {"Parsing": [0.3, 0.9], "parsing": [0.5], "SAT": [0.8], "sat": [0.2], "with": [0.05]}
    for at, word in enumerate(words):
        if given.get(word):
            likely = given[word].pop(0)
            types[at, 0], types[at, 4] = 1 - likely, likely
    agree(prepared, tokens, types)
    found = [(word, round(float(row[4]), 3)) for word, row in zip(words, types, strict=True) if row[4] > 0]
    assert found == [
        ("Parsing", 0.3),
        ("Parsing", 0.7),
        ("with", 0.05),
        ("SAT", 0.8),
        ("parsing", 0.7),
        ("sat", 0.2),
    ]
