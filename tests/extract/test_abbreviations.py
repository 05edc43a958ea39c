"""Abbreviations: what Schwartz and Hearst find, and their known failures mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.abbreviations import find_abbreviations, plain_short


def pairs(text: str) -> list[tuple[str, str]]:
    return [(found.short_text, found.long_text) for found in find_abbreviations(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("We use a recurrent neural network (RNN).", "RNN", "recurrent neural network"),
        ("We use spiking neural networks (SNNs).", "SNNs", "spiking neural networks"),
        ("It is Large Leaf Models(LLMs) again.", "LLMs", "Large Leaf Models"),
        ("This is mindful memoization (MM).", "MM", "mindful memoization"),
        ("a k-nearest neighbor (kNN) rule", "kNN", "k-nearest neighbor"),
        ("the RNN (recurrent neural network) wins", "RNN", "recurrent neural network"),
        ("large TTS (text-to-speech) systems", "TTS", "text-to-speech"),
        ("a sequence-to-sequence (S2S) task", "S2S", "sequence-to-sequence"),
        ("Explainable AI (XAI) is hard", "XAI", "Explainable AI"),
        ("a variational leaf coder (VLC; Doe 2019)", "VLC", "variational leaf coder"),
        ("area under the growth curve (AUGC)", "AUGC", "area under the growth curve"),
        ("Leaf-Question Answering Dataset (LeafQuAD)", "LeafQuAD", "Leaf-Question Answering Dataset"),
    ],
)
def test_found(text: str, short: str, long: str) -> None:
    """Both orders, plurals, repeated initials, hyphens, digits that are spoken, a missing space."""
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "(i) first and (ii) second and (IV) fourth",
        "as in equation (x+1) or for (n=5)",
        "Doe and Roe (2019) and others (Doe et al., 2020)",
        "a well-known benchmark (LEAF)",
        "the receptor (a) of the cell",
        "We stop here. RNN (it is said) is old.",
    ],
)
def test_not_found(text: str) -> None:
    """List markers, formulas, citations, short forms without a long form."""
    assert pairs(text) == []


def test_two_brackets() -> None:
    """A bracket right after another is matched with the words before both."""
    assert pairs("a bidirectional leaf model (BiLM) (BLM)") == [
        ("BiLM", "bidirectional leaf model"),
        ("BLM", "bidirectional leaf model"),
    ]


def test_plain_short() -> None:
    """Only a plural s after a capital is taken off."""
    assert [plain_short(form) for form in ("CNNs", "CNN's", "BERT", "Adams")] == ["CNN", "CNN", "BERT", "Adams"]


@given(st.text(alphabet="abAB ().-,1", max_size=120))
def test_spans_slice_back(text: str) -> None:
    """Whatever is found stands where it is said to stand."""
    for found in find_abbreviations(text):
        assert found.short.of(text) == found.short_text
        assert found.long.of(text) == found.long_text
        assert not found.short.overlaps(found.long)
