"""Entities of one paper: grouping and naming."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.domain import EntityType, Mention
from kg.extract.abbreviations import find_abbreviations
from kg.extract.entities import fold, group_entities, natural_name
from kg.extract.sentences import sentence_spans


def mention(text: str, start: int = 0, kind: EntityType = EntityType.ARCH, score: float = 1.0) -> Mention:
    return Mention(start=start, end=start + len(text), text=text, type=kind, score=score)


def test_case_plural_and_hyphen() -> None:
    """Forms that fold alike are one thing, in the singular; every surface is kept."""
    found = [mention("graph neural networks"), mention("Graph Neural Network", 30), mention("graph-neural network", 60)]
    (entity,), placed, _ = group_entities(found)
    assert fold(entity.name) == "graph neural network"
    assert {m.entity for m in placed} == {entity.name}
    assert {m.text for m in placed} <= set(entity.forms)


def test_abbreviation_joins_and_names() -> None:
    """The long form names the thing, the short form is an alias."""
    text = "a leaf memory network (LMN)"
    found = [mention("leaf memory network", 2), mention("LMN", 23)]
    (entity,), _, _ = group_entities(found, (), find_abbreviations(text))
    assert entity.name == "leaf memory network" and "LMN" in entity.aliases


def test_kind_words() -> None:
    """A name and the same name with its kind are one; a phrase and another phrase are not."""
    assert len(group_entities([mention("PlantSet"), mention("PlantSet dataset", 20)])[0]) == 1
    assert len(group_entities([mention("CIFAR-10"), mention("CIFAR-100", 20)])[0]) == 2
    assert len(group_entities([mention("neural network"), mention("deep neural network", 20)])[0]) == 2


def test_a_name_with_and_without_its_kind() -> None:
    """Where the text says the kind beside a name, the thing goes by both, whichever of them was marked."""
    text = "We release the PlantSet corpus. Then PlantNet and the PlantNet model learn."
    found = [mention("PlantSet corpus", 15, EntityType.DATASET), mention("PlantNet", 37), mention("PlantNet", 54)]
    entities, _, _ = group_entities(found, text=text, sentences=sentence_spans(text))
    assert [set(e.forms) for e in entities] == [{"PlantSet corpus", "PlantSet"}, {"PlantNet", "PlantNet model"}]
    assert [e.name for e in entities] == ["PlantSet corpus", "PlantNet"]


def test_a_form_that_two_things_could_go_by_is_no_form_of_either() -> None:
    """A corpus and a parser of one name keep their kinds."""
    found = [mention("PlantSet corpus", 0, EntityType.DATASET), mention("PlantSet method", 20, EntityType.METHOD)]
    entities, _, _ = group_entities(found)
    assert [e.aliases for e in entities] == [(), ()]


def test_a_kind_that_makes_another_thing() -> None:
    """A model of language is not language, and a model that classifies is not the classification."""
    for form in ("language model", "text classification model", "gradient method"):
        (entity,), _, _ = group_entities([mention(form)], text=f"{form} is old.")
        assert entity.aliases == ()
    assert len(group_entities([mention("GAN"), mention("GAN loss", 20, EntityType.METHOD)])[0]) == 2


def test_the_surer_kind_wins() -> None:
    """One thing has one kind: that of the larger sum of scores, and its mentions get it too."""
    found = [mention("NAS", 0, EntityType.TASK, 0.9), mention("NAS", 9, EntityType.METHOD, 0.3)]
    (entity,), placed, _ = group_entities(found)
    assert entity.type is EntityType.TASK and {m.type for m in placed} == {EntityType.TASK}


def test_title_mentions() -> None:
    """Mentions of the title join the things of the abstract."""
    entities, _, titled = group_entities([mention("CNN")], [mention("CNNs")])
    assert [e.name for e in entities] == ["CNN"] and titled[0].entity == "CNN"


def test_natural_names() -> None:
    """Singular, without a possessive; what is no plural stays."""
    forms = ("LSTMs", "GPT-2's", "winning tickets", "analysis", "CIFAR-10")
    assert [natural_name(form) for form in forms] == ["LSTM", "GPT-2", "winning ticket", "analysis", "CIFAR-10"]


@given(st.lists(st.sampled_from(["CNN", "CNNs", "leaf net", "Leaf Nets", "leaf-net", "net of leaves"]), max_size=8))
def test_every_mention_has_an_entity(texts: list[str]) -> None:
    """Names are distinct, every mention resolves, and the order of mentions does not change the grouping."""
    found = [mention(text, 20 * index) for index, text in enumerate(texts)]
    entities, placed, _ = group_entities(found)
    names = [entity.name for entity in entities]
    assert len(names) == len(set(names))
    assert all(m.entity in names for m in placed)
    groups = {frozenset(e.forms) for e in group_entities(found[::-1])[0]}
    assert len(groups) == len(entities)
