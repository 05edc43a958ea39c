"""What is never one thing, and what is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.link.decide import forbidden, is_slip, numbers
from kg.link.normalise import fold
from tests.link.given import together

_NEVER = [
    ("CIFAR-10", "CIFAR-100", "numbers"),
    ("Inception-v3", "Inception-v4", "numbers"),
    ("ResNet-34", "ResNet-50", "numbers"),
    ("GPT-3", "GPT-4", "numbers"),
    ("GPT-3", "GPT-3.5", "numbers"),
    ("LLaMA", "LLaMA-2", "numbers"),
    ("top-1 error", "top-5 error", "numbers"),
    ("supervised learning", "unsupervised learning", "prefix"),
    ("supervised learning", "semi-supervised learning", "prefix"),
    ("supervised learning", "self-supervised learning", "prefix"),
    ("linear model", "nonlinear model", "prefix"),
    ("linear model", "non-linear model", "prefix"),
    ("structured pruning", "unstructured pruning", "prefix"),
    ("intra-class distance", "inter-class distance", "prefix"),
    ("overfitting", "underfitting", "prefix"),
    ("machine translation", "neural machine translation", "kind"),
    ("reinforcement learning", "deep reinforcement learning", "kind"),
    ("attention", "linear attention", "kind"),
    ("GAN", "GCN", "head"),
    ("language model", "language modeling", "kind"),
    ("interpolation", "extrapolation", "head"),
    ("Bayesian network", "Bayesian neural network", "kind"),
    ("speech recognition", "speech synthesis", "head"),
    ("ResNet", "RetNet", "head"),
]


@pytest.mark.parametrize(("left", "right", "why"), _NEVER)
def test_never_one_thing(left: str, right: str, why: str) -> None:
    """Said with the reason, in both directions, and so linked apart."""
    assert forbidden(fold(left), fold(right)) == why
    assert forbidden(fold(right), fold(left)) == why
    assert not together(left, right)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("back-propagation", "backpropagation", "Backpropagation"), "METHOD"),
        (("CIFAR10", "CIFAR-10", "CIFAR 10"), "DATASET"),
        (("deep linear network", "deep linear neural network"), "ARCH"),
        (("computation efficiency", "computational efficiency"), "METRIC"),
        (("ImageNet", "ImageNet dataset", "ImageNet benchmark"), "DATASET"),
        (("BERT", "BERT model", "BERT architecture"), "ARCH"),
        (("BLEU", "BLEU score"), "METRIC"),
        (("image classification", "image classification task"), "TASK"),
        (("contrastive learning", "contrastive learning approach"), "METHOD"),
        (("reinforcement learning", "reinforcment learning"), "METHOD"),
        (("speech recognition", "recognition of speech"), "TASK"),
        (("multi-agent system", "multiagent systems"), "METHOD"),
    ],
)
def test_one_thing(names: tuple[str, ...], kind: str) -> None:
    """Every writing of one name, and words that add nothing to it."""
    assert together(*names, kind=kind)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("language", "language model"), "ARCH"),
        (("kernel", "kernel method"), "METHOD"),
        (("memory", "memory network"), "ARCH"),
        (("genetic", "genetic algorithm"), "METHOD"),
        (("vision", "vision task"), "TASK"),
    ],
)
def test_a_last_word_that_says_something_stays(names: tuple[str, str], kind: str) -> None:
    """A kernel method is no kernel."""
    assert not together(*names, kind=kind)


def test_a_dataset_and_a_metric_are_never_one() -> None:
    """Not even under one spelling."""
    from kg.link import NO_AUTHORITY, link
    from tests.link.given import name

    found = [name("a", "COMET data", "DATASET"), name("b", "COMET-data", "DATASET"), name("c", "comet data", "METRIC")]
    found.append(name("d", "comet data", "METRIC"))
    assert len(link(found, authority=NO_AUTHORITY)) == 2


_WORD = st.from_regex(r"[b-df-hj-np-tv-z][aeiou][a-z]{3,8}", fullmatch=True)
_NUMBER = st.integers(0, 999)


@given(_WORD, _NUMBER, _NUMBER)
def test_other_numbers_are_other_things(word: str, first: int, second: int) -> None:
    """Whatever the name, however it is written."""
    assume(first != second)
    for form in ("{}-{}", "{} {}", "{}{}", "{} v{}"):
        left, right = form.format(word, first), form.format(word, second)
        assert forbidden(fold(left), fold(right)) == "numbers"
        assert not together(left, right)


@given(st.sampled_from(["un", "non-", "semi-", "self-", "multi-", "anti-", "sub", "super", "inter-", "over"]), _WORD)
def test_a_prefix_makes_another_thing(prefix: str, word: str) -> None:
    """With and without it, alone and before a noun."""
    assert not together(prefix + word, word)
    assert not together(f"{prefix}{word} learning", f"{word} learning")


@given(_WORD, st.lists(_WORD, min_size=1, max_size=3))
def test_a_kind_is_not_the_thing(modifier: str, words: list[str]) -> None:
    """One word more in front is another thing."""
    name = " ".join(words)
    assume(modifier not in words and fold(modifier) not in fold(name).split())
    assert not together(name, f"{modifier} {name}")


@given(st.lists(_WORD, min_size=1, max_size=3), st.lists(_WORD, min_size=1, max_size=3))
def test_what_forbids_does_not_depend_on_the_side(left: list[str], right: list[str]) -> None:
    """Left against right is right against left."""
    a, b = fold(" ".join(left)), fold(" ".join(right))
    assert forbidden(a, b) == forbidden(b, a)
    assert forbidden(a, a) is None


def test_slips_of_the_pen() -> None:
    """One letter, in a long word, away from its ends."""
    assert is_slip("embeddding", "embedding")
    assert is_slip("independant", "independent")
    assert is_slip("convoluitonal", "convolutional")
    assert not is_slip("affective", "effective")
    assert not is_slip("classifier", "classified")
    assert not is_slip("discrete", "discreet")
    assert not is_slip("intrinsic", "extrinsic")


def test_numbers_are_read_in_order() -> None:
    """Whole numbers and versions."""
    assert numbers("llama 3.1 8b") == ("3.1", "8")
