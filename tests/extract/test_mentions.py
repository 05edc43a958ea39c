"""Typed mentions by rules, on sentences of our own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.domain import EntityType
from kg.extract.abbreviations import find_abbreviations
from kg.extract.mentions import RULE_SCORES, find_mentions
from kg.extract.sentences import sentence_spans


def mentions(text: str, title: str = "") -> dict[str, str]:
    spans = sentence_spans(text)
    return {m.text: m.type.value for m in find_mentions(text, spans, find_abbreviations(text, spans), title=title)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We train a novel graph neural network here.", {"graph neural network": "ARCH"}),
        ("It uses importance sampling for parsing.", {"importance sampling": "METHOD", "parsing": "TASK"}),
        ("The test accuracy on CIFAR-10 rises.", {"test accuracy": "METRIC", "CIFAR-10": "DATASET"}),
        ("Our method beats the baseline.", {}),
        ("It is released with the LeafQA dataset today.", {"LeafQA dataset": "DATASET"}),
        ("We call it LeafNet at last.", {"LeafNet": "ARCH"}),
        ("Our GPU and the US are no methods in the AI world.", {}),
        ("We propose a method for counting small leaves.", {"method for counting small leaves": "METHOD"}),
        ("Training deep networks is slow.", {"deep networks": "ARCH"}),
        ("We propose a weighted delay to this end.", {"weighted delay": "METHOD"}),
    ],
)
def test_kinds(text: str, expected: dict[str, str]) -> None:
    """Heads, gazetteer, coined names and presented phrases give the mention and its kind."""
    found = mentions(text)
    assert {name: kind for name, kind in found.items() if name in expected} == expected
    if not expected:
        assert found == {}


def test_abbreviations_share_the_kind() -> None:
    """Short and long form are of one kind, wherever the short form stands, also in the plural."""
    found = mentions("We use a leaf memory network (LMN). LMNs are fast.")
    assert found["leaf memory network"] == found["LMN"] == found["LMNs"] == "ARCH"


def test_title_names_what_no_shape_shows() -> None:
    """A title "name: …" makes a plain word a mention, with the kind that the rest of the title says."""
    assert mentions("We build leafspace for all.", "leafspace: a dataset of leaves")["leafspace"] == "DATASET"
    assert "leafspace" not in mentions("We build leafspace for all.")


def test_scores_are_those_of_the_rules() -> None:
    """Every score is a documented one, and no two mentions overlap."""
    text = "We propose LeafNet (LN), a convolutional neural network for image classification on ImageNet."
    spans = sentence_spans(text)
    found = find_mentions(text, spans, find_abbreviations(text, spans))
    assert {m.score for m in found} <= set(RULE_SCORES.values())
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(isinstance(m.type, EntityType) for m in found)
