"""Words, word lists, heads, the gazetteer, noun phrases."""

from __future__ import annotations

import pytest

from kg.domain import EntityType, Span
from kg.extract import lexicon
from kg.extract.gazetteer import Gazetteer, default_gazetteer
from kg.extract.heads import ALONE, HEADS, head_type, singular
from kg.extract.phrases import phrases
from kg.extract.wordlists import sections, words_in
from kg.extract.words import is_coined, words_of


def phrases_of(text: str) -> list[str]:
    words = words_of(text, Span(start=0, end=len(text)))
    return [text[words[a].start : words[b - 1].end] for a, b in phrases(words)]


def test_words_keep_their_signs() -> None:
    """Names with dots, signs and digits are one word; slashes and brackets part words."""
    text = "C++, CIFAR-10.1 and mAP@0.5 (top-k/beam)"
    assert [word.text for word in words_of(text, Span(start=0, end=len(text)))] == [
        "C++", "CIFAR-10.1", "and", "mAP@0.5", "top-k", "beam",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["CIFAR-10", "GPT-4", "iCaRL", "LeafNet", "BiLSTM", "word2Vec", "R-CNN"])
def test_coined(name: str) -> None:
    """Capitals inside, or letters with digits and a capital."""
    assert is_coined(name)


@pytest.mark.parametrize("word", ["Network", "Multi-Agent", "GPU", "3D", "II", "10K", "leaf", "2nd", "A"])
def test_not_coined(word: str) -> None:
    """Ordinary words, hardware, numbers and ordinals."""
    assert not is_coined(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We propose a novel graph network for small trees.", ["graph network", "trees"]),
        ("It uses convolutional networks.", ["convolutional networks"]),
        ("We can improve neural machine translation.", ["neural machine translation"]),
        ("They search large spaces.", ["spaces"]),
        ("A tree search is done.", ["tree search"]),
    ],
)
def test_phrases(text: str, expected: list[str]) -> None:
    """Verbs, words of grammar and evaluations are no part of a phrase; words that are both depend on what precedes."""
    assert phrases_of(text) == expected


def test_singular() -> None:
    """Regular and irregular plurals; words in -s that are none."""
    plurals = (
        "networks",
        "policies",
        "losses",
        "corpora",
        "matrices",
        "bias",
        "physics",
        "CNNs",
        "approaches",
        "status",
    )
    singulars = ["network", "policy", "loss", "corpus", "matrix", "bias", "physics", "CNN", "approach", "status"]
    assert [singular(word) for word in plurals] == singulars


def test_heads() -> None:
    """Heads have one kind, in singular and plural, and by their last part."""
    assert head_type("Networks") is EntityType.ARCH and head_type("bi-encoder") is EntityType.ARCH
    assert head_type("leaf") is None
    assert set(ALONE) <= set(HEADS)
    listed = [word for name, words in sections("heads.txt").items() if name.startswith("modified") for word in words]
    assert len(listed) == len(set(listed))


def test_word_lists_do_not_clash() -> None:
    """A word that is a verb or a noun is not listed as a verb only; all lists are lower case but two."""
    assert not lexicon.BASE_VERBS & lexicon.VERB_OR_NOUN
    assert not lexicon.BASE_VERBS & set(HEADS)
    for name, words in sections("lexicon.txt").items():
        if name not in ("no names", "openers"):
            assert all(word == word.lower() for word in words), name
    assert "the" in words_in("function words")


def test_gazetteer() -> None:
    """The longest form wins; lower-case forms match in any case and number, names as written."""
    text = "Graph Neural Networks and BERT, not bert."
    words = words_of(text, Span(start=0, end=len(text)))
    known = default_gazetteer()
    assert known.longest(words, 0) == (3, EntityType.ARCH)
    assert known.longest(words, 4) == (1, EntityType.ARCH)
    assert known.longest(words, len(words) - 1) is None
    assert Gazetteer([("leaf count", EntityType.METRIC)]).type_of("Leaf Counts") is EntityType.METRIC
