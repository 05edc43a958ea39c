"""Relations by cue words and by the paper's main thing."""

from __future__ import annotations

import pytest

from kg.domain import Paper, RelationType
from kg.extract.relations import ALLOWED, FAMILY_SCORES
from kg.extract.rules import read_paper


def relations(text: str, title: str = "") -> set[tuple[str, str, str]]:
    reading = read_paper(Paper(id="x", title=title, text=text))
    return {(r.head, r.type.value, r.tail) for r in reading.relations}


@pytest.mark.parametrize(
    ("text", "head", "kind", "tail"),
    [
        (
            "Models such as ResNet-50 fail, as do recurrent neural networks such as LSTMs.",
            "LSTM",
            "IS_A",
            "recurrent neural network",
        ),
        ("ResNet-50 outperforms AlexNet by far.", "ResNet-50", "OUTPERFORMS", "AlexNet"),
        ("RoBERTa is based on BERT.", "RoBERTa", "BASED_ON", "BERT"),
        ("Dropout for image classification helps.", "Dropout", "USED_FOR", "image classification"),
        ("Machine translation using beam search works.", "beam search", "USED_FOR", "Machine translation"),
        ("The accuracy of ResNet-50 rises.", "ResNet-50", "MEASURED_BY", "accuracy"),
        ("LSTMs vs. GRUs is an old question.", "LSTM", "COMPARED_WITH", "GRU"),
    ],
)
def test_cues(text: str, head: str, kind: str, tail: str) -> None:
    """Each cue gives its relation in its direction."""
    assert (head, kind, tail) in relations(text)


def test_lists_are_read_to_the_end() -> None:
    """What holds of the first of a list holds of the others."""
    found = relations("Our recurrent neural networks such as LSTMs, GRUs and ESNs are old.")
    assert {h for h, kind, _ in found if kind == "IS_A"} >= {"LSTM", "GRU"}


def test_the_main_thing() -> None:
    """What a paper evaluates on and measures by, it evaluates its main thing on and by."""
    text = "We propose LeafNet. Experiments on ImageNet show that our method reaches a high accuracy."
    found = relations(text)
    assert ("LeafNet", "EVALUATED_ON", "ImageNet") in found
    assert ("LeafNet", "MEASURED_BY", "accuracy") in found


def test_types_allow() -> None:
    """No relation breaks the table of the guidelines, each pair and type stands once, scores are documented."""
    text = "We propose LeafNet for image classification on ImageNet, with accuracy, dropout and CNNs, unlike ResNet-50."
    reading = read_paper(Paper(id="x", title="", text=text))
    types = reading.types
    for relation in reading.relations:
        heads, tails = ALLOWED[relation.type]
        assert types[relation.head] in heads and types[relation.tail] in tails
        assert relation.score in FAMILY_SCORES.values()
    assert set(ALLOWED) == set(RelationType)
