"""Annotations apart from their texts: the way there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra [train] is not installed")

from kg.train.corpora import gold_example
from kg.train.standoff import ANNOTATIONS, detach, read_standoff, rejoin

from .test_corpora import RECORD

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "abstracts").exists(), reason="the shared data is not here")


def test_what_is_learned_is_the_same_after_the_way_there_and_back() -> None:
    """A record taken apart and put together gives the same example, but for what its things are called."""
    again = gold_example(rejoin(detach(RECORD, "first"), RECORD["title"], RECORD["text"]))
    assert gold_example(RECORD) == again


def test_no_word_is_kept() -> None:
    """What is taken apart holds numbers and the names of slots, and of the text nothing."""
    told = str(detach(RECORD, "first"))
    assert "HyperNet" not in told
    assert "2%" not in told


def test_another_text_is_refused() -> None:
    """Annotations are not laid over a text that was changed."""
    with pytest.raises(ValueError, match="characters"):
        rejoin(detach(RECORD, "first"), "", RECORD["text"] + " More.")


def test_a_part_that_there_is_not() -> None:
    """A name of old or none at all is told, and not read as nothing."""
    for parts in ((), ("train",)):
        with pytest.raises(ValueError, match="first, second, third, fourth, fifth, dev"):
            read_standoff(SHARED, *parts)


@needs_shared
def test_the_annotations_of_the_tree_fit_their_abstracts() -> None:
    """Every one is read, its mentions are whole words, and none is of a gold abstract."""
    records = read_standoff(SHARED, "first", "second", "third", "fourth", "fifth", "dev")
    assert len(records) == len(ANNOTATIONS.read_text(encoding="utf-8").splitlines())
    gold = {" ".join(text.split())[:80] for text in _gold_texts()}
    for record in records:
        assert " ".join(record["text"].split())[:80] not in gold
        for mention in record["mentions"]:
            assert mention["text"] == mention["text"].strip()


def _gold_texts() -> list[str]:
    import json

    lines = (SHARED / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]
