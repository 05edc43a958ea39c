"""Forms of one abstract that are one thing though they differ."""

from __future__ import annotations

import re

from kg.domain import EntityType, Mention, Span
from kg.extract.coreference import Likely, pairs
from kg.extract.entities import group_entities
from kg.extract.sentences import sentence_spans


def found(text: str, *forms: str, kind: EntityType = EntityType.ARCH) -> list[Mention]:
    """A mention at each place of each form, the longest form first, in order of the text."""
    any_form = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return [
        Mention(start=match.start(), end=match.end(), text=match.group(), type=kind, score=1.0)
        for match in re.finditer(rf"(?<!\w)(?:{any_form})(?!\w)", text)
    ]


def things(text: str, mentions: list[Mention], sure: Likely | None = None) -> set[frozenset[str]]:
    entities, placed, _ = group_entities(mentions, text=text, sentences=sentence_spans(text), likely=sure)
    assert {m.entity for m in placed} == {entity.name for entity in entities}
    return {frozenset(entity.forms) for entity in entities}


def likely(probabilities: dict[tuple[int, int], float]) -> Likely:
    return Likely(probabilities=probabilities, floor=0.02, limit=0.5)


def test_a_short_form_that_no_bracket_defines() -> None:
    """Initials of a longer form in the same abstract are its short form; those of nothing are not."""
    text = "Convolutional neural networks are wide. We train CNNs and a GAN."
    got = things(text, found(text, "Convolutional neural networks", "CNNs", "GAN"))
    assert any({"Convolutional neural networks", "CNNs"} <= forms for forms in got)
    assert any(forms == {"GAN"} for forms in got)


def test_letters_from_within_words_are_no_sign() -> None:
    """Adam is not AdamW, BLEU not BLEURT, BERT not BioBERT, MixMatch not MixMatch+: systems of their own."""
    for one, other in (
        ("AdamW", "Adam"),
        ("BLEURT", "BLEU"),
        ("BioBERT", "BERT"),
        ("MixMatch+", "MixMatch"),
        ("GraphGAN", "GAN"),
    ):
        text = f"{one} is fast. We find that {other} is slower."
        assert len(things(text, found(text, one, other))) == 2


def test_initials_of_two_longer_forms() -> None:
    """Both are counted as rivals."""
    text = "Convolutional neural networks and cellular neural networks differ. The CNN wins."
    groups = {m.text: [m] for m in found(text, "Convolutional neural networks", "cellular neural networks", "CNN")}
    cues = [cues for part, _, cues in pairs(text, sentence_spans(text), groups) if part == "CNN"]
    assert len(cues) == 2 and all("spelled, rivals 1" in held for held in cues)


def test_a_plural_takes_up_a_longer_name() -> None:
    """Irregular plurals share their stem with the singular."""
    text = "We train a policy network. Policies are compared by their losses, and the loss falls."
    groups = {m.text: [m] for m in found(text, "policy network", "Policies", "losses", "loss")}
    got = {(part, whole) for part, whole, _ in pairs(text, sentence_spans(text), groups)}
    assert got == {("Policies", "policy network"), ("loss", "losses")}


def test_a_noun_and_its_verb() -> None:
    """ "annotating images" takes up "image annotation"; the fullest name stays one of its forms."""
    text = "We study image annotation. Annotating images is dear, and annotating images takes time."
    got = things(text, found(text, "image annotation", "annotating images", kind=EntityType.TASK))
    assert len(got) == 1


def test_numbers_are_never_left_out() -> None:
    """GPT-2 is not GPT-3, nor is either GPT, however sure a model is."""
    text = "We compare GPT-2 with GPT-3. The GPT is older."
    mentions = found(text, "GPT-2", "GPT-3", "GPT")
    sure = likely({(a.start, b.start): 0.99 for a in mentions for b in mentions if a.start < b.start})
    assert len(things(text, mentions, sure)) == 3


def test_a_model_and_the_cues_have_the_same_weight() -> None:
    """What the cues leave open a model decides, either way."""
    text = "A graph attention network is trained. The attention network wins."
    mentions = found(text, "graph attention network", "attention network")
    first, second = (m.start for m in mentions)
    assert len(things(text, mentions, likely({(first, second): 0.97}))) == 1
    assert len(things(text, mentions, likely({}))) == 2


def test_pairs_share_words_or_letters() -> None:
    """Things with nothing in common are not compared; the form with fewer words is the part."""
    text = "Deep belief networks beat random forests. The networks learn."
    groups = {m.text: [m] for m in found(text, "Deep belief networks", "random forests", "networks")}
    got = [(part, whole) for part, whole, _ in pairs(text, [Span(start=0, end=len(text))], groups)]
    assert got == [("networks", "Deep belief networks")]


def test_a_long_text_is_compared_within_reach() -> None:
    """A text with four times as many forms has four times as many pairs, not sixteen times: one of a megabyte is read too."""

    def count(forms: int) -> int:
        text = " ".join(f"layer{chr(97 + n % 26)}{'x' * (n // 26)} network" for n in range(forms))
        groups = {
            m.group(): [Mention(start=m.start(), end=m.end(), text=m.group(), type=EntityType.ARCH)]
            for m in re.finditer(r"layer\w+ network", text)
        }
        return sum(1 for _ in pairs(text, [Span(start=0, end=len(text))], groups))

    assert 0 < count(1200) < 5 * count(300)
