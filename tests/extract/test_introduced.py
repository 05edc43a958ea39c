"""What a paper presents as new."""

from __future__ import annotations

import pytest

from kg.domain import Paper
from kg.extract.introduced import cues_of
from kg.extract.novelty import presented
from kg.extract.rules import read_paper

BEFORE = "Counting leaves is hard, and existing methods such as ResNet-50 fail."


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose LeafNet, a network for counting leaves.",
        "This paper introduces LeafNet and shows its use.",
        "In this work, we present a simple network, LeafNet, for counting.",
        "To this end, LeafNet is proposed. LeafNet is small. Our LeafNet is fast.",
        "We call our network LeafNet, and it counts well.",
    ],
)
def test_presenting(sentence: str) -> None:
    """Active, passive, by description and by naming."""
    reading = read_paper(Paper(id="x", title="Counting leaves", text=f"{BEFORE} {sentence}"))
    assert reading.introduced == ("LeafNet",)


def test_well_known_things_are_not_new() -> None:
    """What others made is not introduced, however prominent."""
    text = f"{BEFORE} We study ResNet-50 and dropout on ImageNet. ResNet-50 is fine."
    assert read_paper(Paper(id="x", title="A study", text=text)).introduced == ()


def test_cues() -> None:
    """The cues that hold are named, and every entity has a bias and a kind."""
    paper = Paper(id="x", title="LeafNet: counting leaves", text=f"{BEFORE} We propose LeafNet for counting.")
    reading = read_paper(paper)
    cues = cues_of(paper.title, paper.text, reading.sentences, reading.mentions)
    assert {"strong", "title name", "coined"} <= set(cues["LeafNet"])
    assert {"before", "well known"} <= set(cues["ResNet-50"])
    assert all("bias" in held and any(cue.startswith("type ") for cue in held) for held in cues.values())


def test_objects_of_presenting_verbs() -> None:
    """Two things joined by "and" are both presented; what only modifies is told apart."""
    reading = read_paper(Paper(id="x", title="", text="We propose LeafNet and TwigNet based on ResNet-50 for all."))
    found = {m.text: cue for m, cue in presented(reading.paper.text, reading.sentences[0], reading.mentions)}
    assert found["LeafNet"] == "strong" and found["TwigNet"] == "and" and "ResNet-50" not in found
