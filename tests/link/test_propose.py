"""Blocks: keys that may be one thing share one, and no place costs more than its size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.propose import blocks, meeting_pairs, skeleton


def _places(key: str) -> set[str]:
    return {block.place for block in blocks(key)}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("back propagation", "backpropagation"),
        ("deep network", "deep neural network"),
        ("computation efficiency", "computational efficiency"),
        ("mnist dataset", "mnist"),
        ("bayesian deep learning technique", "bayesian deep learning"),
        ("reinforcment learning", "reinforcement learning"),
        ("recognition of speech", "speech recognition"),
        ("question answering corpus", "question answering data set"),
    ],
)
def test_names_that_may_be_one_meet(left: str, right: str) -> None:
    """They share a place."""
    assert _places(left) & _places(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("bayesian network", "bayesian neural network"),
        ("cifar 10", "cifar 100"),
        ("machine translation", "translation"),
    ],
)
def test_names_of_other_things_do_not_meet(left: str, right: str) -> None:
    """Not even proposed."""
    assert not _places(left) & _places(right)


def test_a_single_word_is_its_own_skeleton() -> None:
    """No word of one is taken away."""
    assert skeleton("model") == ("model",)


@given(st.text(alphabet="ab of 1network", min_size=1).map(lambda text: " ".join(text.split())).filter(bool))
def test_the_own_block_comes_first_and_is_never_empty(key: str) -> None:
    """Whatever the key."""
    first = blocks(key)[0]
    assert first.sort == "own"
    assert first.text


@given(st.sets(st.integers(0, 400).map(str), max_size=120))
def test_pairs_are_few_ordered_and_of_the_set_alone(keys: set[str]) -> None:
    """At most 48 keys a key in a small place, at most 8 in a crowded one, in any order of the keys."""
    pairs = list(meeting_pairs(keys))
    assert pairs == list(meeting_pairs(sorted(keys, reverse=True)))
    assert all(left < right for left, right in pairs)
    assert len(pairs) == len(set(pairs)) <= 48 * max(len(keys), 1)
