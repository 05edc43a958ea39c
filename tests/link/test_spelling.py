"""Plurals and spelling: one word is kept in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.spelling import american, singular


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("networks", "network"),
        ("classes", "class"),
        ("losses", "loss"),
        ("analyses", "analysis"),
        ("matrices", "matrix"),
        ("indices", "index"),
        ("policies", "policy"),
        ("boxes", "box"),
        ("searches", "search"),
        ("metrics", "metric"),
        ("topics", "topic"),
        ("corpora", "corpus"),
    ],
)
def test_plurals_become_singular(plural: str, expected: str) -> None:
    """Regular plurals, and those that the field uses often."""
    assert singular(plural) == expected


@pytest.mark.parametrize(
    "word", ["bias", "loss", "basis", "analysis", "bayes", "corpus", "physics", "dynamics", "robotics", "chaos", "bus"]
)
def test_words_in_s_that_are_no_plurals_stay(word: str) -> None:
    """What ends in s and is one thing."""
    assert singular(word) == word


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("optimisation", "optimization"),
        ("regularised", "regularized"),
        ("quantisation", "quantization"),
        ("neighbour", "neighbor"),
        ("behavioural", "behavioral"),
        ("labelling", "labeling"),
        ("modelled", "modeled"),
        ("centre", "center"),
        ("analyse", "analyze"),
    ],
)
def test_british_becomes_american(british: str, expected: str) -> None:
    """Endings by rule, single words by list."""
    assert american(british) == expected


@pytest.mark.parametrize("word", ["noise", "precise", "supervised", "pairwise", "exercise", "four", "tour", "promise"])
def test_words_that_only_look_british_stay(word: str) -> None:
    """The ending alone says nothing."""
    assert american(word) == word


@given(st.from_regex(r"[a-z]{1,14}", fullmatch=True))
def test_american_spelling_is_stable(word: str) -> None:
    """Respelling twice is respelling once."""
    assert american(american(word)) == american(word)
