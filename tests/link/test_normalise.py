"""Keys: one for every writing of a name, another for every other name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.normalise import fold, initials_match, is_short, squash


@pytest.mark.parametrize(
    "writings",
    [
        ("Convolutional Neural Network", "convolutional neural networks", "Convolutional Neural Networks (CNNs)"),
        ("state-space model", "State Space Models", "state‑space model"),
        ("k-nearest neighbours", "k-Nearest Neighbors", "K nearest neighbor"),
        ("β-VAE", "beta-VAE", r"$\beta$-VAE"),
        (r"$\ell_1$ regularisation", "L1 regularization", "ℓ1-regularization", "L_1 regularization"),
        ("Recall@10", "recall @ 10"),
        ("Schrödinger bridge", "Schrodinger bridge"),
        ("**data augmentation**", "`data augmentation'", "Data Augmentation"),
        ("LLMs", "LLM", "LLMs'"),
        ("the Adam optimiser", "Adam optimizers"),
        ("Newton's method", "Newton’s method"),
    ],
)
def test_writings_of_one_name_share_a_key(writings: tuple[str, ...]) -> None:
    """Case, plural, hyphen, spelling, accent and markup do not count."""
    assert len({fold(writing) for writing in writings}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("A", "A*"),
        ("F1", "F2"),
        ("GPT-3", "GPT-3.5"),
        ("DeepLabv3", "DeepLabv3+"),
        ("Recall@1", "Recall@10"),
        ("3D CNN", "2D CNN"),
        ("OKVQA", "A-OKVQA"),
    ],
)
def test_digits_and_symbols_tell_names_apart(left: str, right: str) -> None:
    """What is not a letter may be all the difference."""
    assert squash(fold(left)) != squash(fold(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [("CIFAR10", "CIFAR-10"), ("back-propagation", "backpropagation"), ("pre training", "pretraining")],
)
def test_spaces_do_not_count_when_squashed(left: str, right: str) -> None:
    """Hyphen, space or neither."""
    assert squash(fold(left)) == squash(fold(right))


def test_capitals_at_the_end_of_a_name_are_no_plural() -> None:
    """DARTS is no dart; CNNs are CNN."""
    assert fold("DARTS") == "darts"
    assert fold("CNNs") == "cnn"


@given(st.text(max_size=40))
def test_a_key_is_stable_and_says_something(name: str) -> None:
    """Folding a key gives the key; a name that is not blank has a key that is not empty."""
    key = fold(name)
    assert bool(key) == bool(name)
    assert key == " ".join(key.split()) or not name.strip()


@given(st.lists(st.from_regex(r"[A-Z]?[a-z]{2,9}[0-9]?", fullmatch=True), min_size=1, max_size=4))
def test_case_and_hyphens_never_count(words: list[str]) -> None:
    """However plain words are joined and written, the key is the same."""
    key = fold(" ".join(words))
    assert fold("-".join(words)) == key
    assert fold(" ".join(words).lower()) == key
    assert fold(fold(" ".join(words))) == fold(key)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("LSTM", "long short-term memory"),
        ("XAI", "explainable AI"),
        ("kNN", "k-nearest neighbours"),
        ("mAP", "mean average precision"),
        ("EM", "expectation-maximization"),
        ("GANs", "generative adversarial networks"),
        ("POS", "part of speech"),
    ],
)
def test_initials_that_match(short: str, long: str) -> None:
    """Short forms and what they abbreviate."""
    assert initials_match(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("CNN", "deep convolutional neural network"),
        ("GCN", "generative adversarial network"),
        ("LSTM", "LSTM"),
        ("RNN", "plain RNN"),
        ("A", "attention"),
        ("", "attention"),
        ("AI", ""),
    ],
)
def test_initials_that_do_not_match(short: str, long: str) -> None:
    """Words that the short form does not stand for."""
    assert not initials_match(short, long)


def test_a_short_form_looks_like_one() -> None:
    """One word with two capitals."""
    assert is_short("mAP")
    assert not is_short("Transformer")
    assert not is_short("deep RL")


@pytest.mark.parametrize("piece", ["((a)", "a-", "1.1.", "$", "A*", "of ", "\\x", "(a", "@ ", "é "])
def test_long_hostile_names_take_no_long_time(piece: str) -> None:
    """Linear in the length: 20,000 repeats are folded at once, not in minutes."""
    assert fold(piece * 20_000)
