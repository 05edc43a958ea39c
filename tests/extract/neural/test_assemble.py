"""From a prediction made by hand to the pieces of a record."""

from __future__ import annotations

from dataclasses import replace

from kg.domain import ClaimKind, EntityType, RelationType, Span
from kg.extract.neural.assemble import assemble, group
from kg.extract.neural.calibration import Calibration
from kg.extract.neural.prediction import Prediction, RawFar, RawMention, RawRelation, RawSlot
from kg.extract.neural.tokens import Prepared

TEXT = "We propose HyperNet, a graph neural network (GNN). It reaches 91% and 93% accuracy on Cora and PPI."
PREPARED = Prepared(text=TEXT, sentences=((0, 50), (51, len(TEXT))))


def _mention(text: str, kind: EntityType, introduced: float = 0.0, score: float = 0.9) -> RawMention:
    start = TEXT.index(text)
    return RawMention(start=start, end=start + len(text), type=kind, score=score, introduced=introduced)


MENTIONS = (
    _mention("HyperNet", EntityType.ARCH, introduced=0.9),
    _mention("graph neural network", EntityType.ARCH),
    _mention("GNN", EntityType.ARCH),
    _mention("accuracy", EntityType.METRIC),
    _mention("Cora", EntityType.DATASET),
    _mention("PPI", EntityType.DATASET),
)


def _slot(slot: str, text: str, mention: int | None = None) -> RawSlot:
    start = TEXT.index(text)
    return RawSlot(sentence=1, slot=slot, start=start, end=start + len(text), score=0.9, mention=mention)


PREDICTION = Prediction(
    mentions=MENTIONS,
    relations=(
        RawRelation(head=0, type=RelationType.IS_A, tail=1, score=0.9, type_score=0.8),
        RawRelation(head=0, type=RelationType.EVALUATED_ON, tail=4, score=0.2, type_score=0.2),
    ),
    kinds=({ClaimKind.CONTRIBUTION: 0.9, ClaimKind.RESULT: 0.01}, {ClaimKind.RESULT: 0.8, ClaimKind.FINDING: 0.1}),
    slots=(
        _slot("value", "91%"),
        _slot("value", "93%"),
        _slot("metric", "accuracy", 3),
        _slot("dataset", "Cora", 4),
        _slot("dataset", "PPI", 5),
    ),
    far=(RawFar(sentence=1, mention=0, score=0.8),),
)


def test_abbreviations_are_one_thing() -> None:
    """The grouping that the model is called with joins the long form and its short form."""
    numbers = group(PREPARED, MENTIONS, (), Calibration())
    assert numbers[1] == numbers[2]
    assert len(set(numbers)) == 5


def test_likely_pairs_are_one_thing() -> None:
    """What the model thinks of two mentions joins them, in the grouping and in the record alike."""
    text = "We train a graph attention network. The attention network wins."
    prepared = Prepared(text=text, sentences=((0, 35), (36, len(text))))
    mentions = tuple(
        RawMention(
            start=text.index(form), end=text.index(form) + len(form), type=EntityType.ARCH, score=0.9, introduced=0.0
        )
        for form in ("graph attention network", "attention network wins")
    )
    mentions = (mentions[0], replace(mentions[1], end=mentions[1].end - 5))
    for same, count in ((((0, 1, 0.99),), 1), ((), 2)):
        assert len(set(group(prepared, mentions, same, Calibration()))) == count
        prediction = Prediction(mentions=mentions, same=same, kinds=({}, {}))
        assert len(assemble(prepared, prediction, Calibration()).entities) == count


def test_pieces_name_things_and_keep_evidence() -> None:
    """Names, introduced, relations above the threshold with their sentence."""
    pieces = assemble(PREPARED, PREDICTION, Calibration())
    assert "HyperNet" in {entity.name for entity in pieces.entities}
    assert pieces.introduced == ("HyperNet",)
    (relation,) = pieces.relations
    assert (relation.head, relation.type, relation.tail) == ("HyperNet", RelationType.IS_A, "graph neural network")
    assert Span(start=0, end=50) == relation.evidence
    assert all(TEXT[m.start : m.end] == m.text for m in pieces.mentions)


def test_values_go_with_their_data_sets() -> None:
    """As many values as data sets: paired in order; the metric and the subject from afar are shared."""
    pieces = assemble(PREPARED, PREDICTION, Calibration())
    rows = [(c.subject, c.metric, c.value, c.dataset) for c in pieces.claims if c.kind is ClaimKind.RESULT]
    assert rows == [("HyperNet", "accuracy", "91%", "Cora"), ("HyperNet", "accuracy", "93%", "PPI")]


def test_empty_prediction_gives_empty_pieces() -> None:
    """Nothing predicted, nothing in the record."""
    pieces = assemble(Prepared(text="", sentences=()), Prediction(), Calibration())
    assert (pieces.mentions, pieces.entities, pieces.claims) == ((), (), ())
