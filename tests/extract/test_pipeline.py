"""The spaCy pipelines: order, what components declare and set, the tokenizer, the language check, references."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.domain import Entity, EntityType, Mention, Paper
from kg.errors import ModelError
from kg.extract.discourse import METHODS, find_references, main_thing
from kg.extract.language import why_not
from kg.extract.pipeline import COMPONENTS, MODEL, RULES, build_pipeline, read_doc, register
from kg.extract.tokenizer import WordTokenizer

TEXT = "We propose LeafNet (LN) for image classification. Our network reaches 95.2% accuracy."
VOCAB = spacy.blank("en").vocab


def test_components_declare_what_they_do() -> None:
    """spaCy's own analysis finds no component that requires what none before it assigns."""
    nlp = build_pipeline()
    assert tuple(nlp.pipe_names) == RULES == tuple(name for name, *_ in COMPONENTS)
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"]
    assert all(not found for found in problems.values()), problems


def test_registering_twice_changes_nothing() -> None:
    """Building does not depend on what was imported or built before."""
    register()
    register()
    assert build_pipeline().pipe_names == build_pipeline().pipe_names


def test_what_a_doc_holds() -> None:
    """Sentences, groups of spans and claims stand in spaCy's places, the exact findings in the reading."""
    doc = read_doc(build_pipeline(), Paper(id="x", title="", text=TEXT))
    assert len(list(doc.sents)) == 2
    assert {span.text for span in doc.spans["mentions"]} >= {"LeafNet", "LN", "image classification", "accuracy"}
    assert [span.text for span in doc.spans["quantities"]] == ["95.2%"]
    assert doc.spans["claims"][0].text == doc._.claims[0].sentence.of(TEXT)
    assert doc._.reading.introduced == ("LeafNet",) or "LeafNet" in doc._.reading.entities[0].forms


def test_missing_weights() -> None:
    """A pipeline of a model that is not installed says so when it is built."""
    with pytest.raises(ModelError):
        build_pipeline(MODEL, {"kg_model": {"weights": "no such model"}})


@given(st.text(max_size=200))
def test_tokens_make_up_the_text(text: str) -> None:
    """The tokenizer loses nothing and adds nothing."""
    assert WordTokenizer(VOCAB)(text).text == text


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "no words"),
        ("12 % … 3.4", "no words"),
        ("Мы предлагаем новый метод для подсчёта листьев на дереве.", "Cyrillic"),
        ("我们 提出 了 一种 新 方法", "Cjk"),
        (
            "Nous proposons une nouvelle méthode pour compter les feuilles des arbres, et nous montrons que le réseau est dans ce cas plus rapide.",
            "French",
        ),
        (
            "Proponemos un método nuevo para contar las hojas de los árboles, y mostramos que la red es más rápida en este caso.",
            "Spanish",
        ),
    ],
)
def test_texts_that_cannot_be_extracted(text: str, note: str) -> None:
    """No words, another script, another language: the note says which."""
    found = why_not(text)
    assert found is not None and note in found


@pytest.mark.parametrize(
    "text",
    [TEXT, "BERT pruning.", "Étude: we count the leaves of a tree and show that the method of Müller is a good one."],
)
def test_english_is_extracted(text: str) -> None:
    """English passes, also when it is short or has foreign names."""
    assert why_not(text) is None


def test_references() -> None:
    """Own things go to the introduced thing of a fitting kind; datasets to the dataset; nothing before its introduction."""
    text = (
        "The model is old. We propose Foo and BarSet. Our method is fast, and our dataset is large. The method works."
    )
    foo = Mention(start=29, end=32, text="Foo", type=EntityType.METHOD, entity="Foo")
    bar = Mention(start=37, end=43, text="BarSet", type=EntityType.DATASET, entity="BarSet")
    things = [Entity(name="Foo", type=EntityType.METHOD), Entity(name="BarSet", type=EntityType.DATASET)]
    found = find_references(text, [], things, [foo, bar], ["Foo", "BarSet"])
    assert [(r.span.of(text), r.entity) for r in found] == [
        ("Our method", "Foo"),
        ("our dataset", "BarSet"),
        ("The method", "Foo"),
    ]
    assert main_thing(["Foo", "BarSet"], things, [foo, bar], METHODS) == "Foo"
    assert main_thing([], things, [foo, bar], METHODS) is None
