"""From a `Prediction` to what a record holds: entities, introduced, relations with their sentence, claims.

Comes in: a paper's text with its sentences, and the raw prediction. Goes out: `Pieces`, everything of a `Record` but the
paper itself, with calibrated scores. Which mentions are one thing is decided by `group_entities`;
the model was trained to relate things so grouped.
Cannot: tell by itself which of several values belongs to which metric better than by nearness.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.domain import Claim, ClaimKind, Entity, Mention, Relation, Span
from kg.extract.abbreviations import find_abbreviations
from kg.extract.coreference import Likely
from kg.extract.entities import group_entities
from kg.extract.introduced import cues_of
from kg.extract.linear import load_table
from kg.extract.neural.calibration import Calibration
from kg.extract.neural.prediction import ALIKE, Prediction, RawMention, RawSlot, Same
from kg.extract.neural.tokens import Prepared
from kg.extract.neural.values import candidates
from kg.extract.quantities import FoundQuantity, find_quantities, interpret

__all__ = ["Pieces", "assemble", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What a `Record` holds beside the paper; `title_mentions` index the title, everything else the text."""

    mentions: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    introduced: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()


def _placed(text: str, raw: Sequence[RawMention], calibration: Calibration) -> list[Mention]:
    return [
        Mention(
            start=m.start,
            end=m.end,
            text=text[m.start : m.end],
            type=m.type,
            score=calibration.score("mention", m.score),
        )
        for m in raw
    ]


@lru_cache(maxsize=4)
def _grouped(
    prepared: Prepared, raw: tuple[RawMention, ...], same: Same, limit: float
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Things and placed mentions, scores not calibrated; kept, since prediction and assembly ask the same."""
    spans = tuple(Span(start=start, end=end) for start, end in prepared.sentences)
    mentions = _placed(prepared.text, raw, Calibration())
    short = find_abbreviations(prepared.text, spans)
    odds = {(raw[i].start, raw[j].start): probability for i, j, probability in same}
    likely = Likely(probabilities=odds, floor=ALIKE, limit=limit)
    entities, placed, _ = group_entities(mentions, (), short, text=prepared.text, sentences=spans, likely=likely)
    return entities, placed


def group(prepared: Prepared, mentions: Sequence[RawMention], same: Same, calibration: Calibration) -> list[int]:
    """The number of the thing of each mention: the `Grouping` that `Model.predict` is to be called with."""
    numbers: dict[str | None, int] = {}
    _, placed = _grouped(prepared, tuple(mentions), same, calibration.threshold("same"))
    return [numbers.setdefault(m.entity, len(numbers)) for m in placed]


def assemble(prepared: Prepared, prediction: Prediction, calibration: Calibration) -> Pieces:
    """Decide by the thresholds of `calibration`, name the things, and build relations and claims."""
    sentences = tuple(Span(start=start, end=end) for start, end in prepared.sentences)
    entities, placed = _grouped(prepared, prediction.mentions, prediction.same, calibration.threshold("same"))
    mentions = tuple(replace(m, score=calibration.score("mention", m.score)) for m in placed)
    title_values = _placed(prepared.title, prediction.title_mentions, calibration)
    names = tuple(mention.entity or mention.text for mention in mentions)
    new = _introduced(prepared, sentences, mentions, prediction, calibration)
    relations = []
    for raw in prediction.relations:
        if raw.score >= calibration.threshold("relation") and names[raw.head] != names[raw.tail]:
            relations.append(
                Relation(
                    head=names[raw.head],
                    type=raw.type,
                    tail=names[raw.tail],
                    evidence=_evidence(sentences, mentions[raw.head], mentions[raw.tail]),
                    score=calibration.score("relation", raw.type_score),
                )
            )
    return Pieces(
        mentions=mentions,
        title_mentions=tuple(title_values),
        entities=entities,
        introduced=new,
        relations=tuple(sorted(relations, key=lambda r: (r.evidence or sentences[0], r.head, r.type, r.tail))),
        claims=tuple(_claims(prepared, prediction, sentences, names, calibration)),
    )


def _introduced(
    prepared: Prepared,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    prediction: Prediction,
    calibration: Calibration,
) -> tuple[str, ...]:
    """Things whose mean of two log odds, of the model and of the wording's cues, is high enough.

    The model's odds of a thing are the sum of those of its mentions, as it was trained.
    """
    odds: dict[str, float] = {}
    for mention, raw in zip(mentions, prediction.mentions, strict=True):
        name = mention.entity or mention.text
        odds[name] = odds.get(name, 0.0) + raw.introduced / max(1e-6, 1 - raw.introduced)
    limit = calibration.threshold("introduced")
    least = math.log(limit / (1 - limit))
    weights = load_table("introduced.tsv")
    cues = cues_of(prepared.title, prepared.text, sentences, mentions)
    found = []
    for name, ratio in odds.items():
        said = sum(weights[cue][0] for cue in cues.get(name, ()) if cue in weights)
        if (math.log(ratio + 1e-6) + said) / 2 >= least:
            found.append(name)
    return tuple(found)


def _evidence(sentences: Sequence[Span], head: Mention, tail: Mention) -> Span | None:
    """The sentence of the later of the two mentions: what stands before it is known there."""
    at = max(head.start, tail.start)
    return next((sentence for sentence in reversed(sentences) if sentence.start <= at), None)


def _claims(
    prepared: Prepared,
    prediction: Prediction,
    sentences: Sequence[Span],
    names: Sequence[str],
    calibration: Calibration,
) -> list[Claim]:
    found: list[Claim] = []
    quantities = find_quantities(prepared.text)
    for at, sentence in enumerate(sentences):
        kinds = prediction.kinds[at]
        if not kinds:
            continue
        best = max(kinds, key=lambda kind: kinds[kind])
        if kinds[best] < calibration.threshold("claim"):
            continue
        chosen = [best, *(k for k in kinds if k is not best and kinds[k] >= calibration.threshold("kind"))]
        slots = {name: _fillers(prepared, prediction, at, name, names, calibration) for name in _SLOT_NAMES[:-1]}
        slots["value"] = _values(prepared.text, sentence, at, prediction, quantities, calibration)
        if not slots["subject"]:
            slots["subject"] = _far(prediction, at, names, calibration)
        for kind in chosen:
            score = calibration.score("claim", kinds[kind])
            found += _lines(prepared, sentence, kind, slots, kind is best, score)
    return found


_SLOT_NAMES = ("subject", "object", "metric", "dataset", "value")
_Filler = tuple[int, str]


def _fillers(
    prepared: Prepared, prediction: Prediction, at: int, slot: str, names: Sequence[str], calibration: Calibration
) -> list[_Filler]:
    """(place, name or phrase) of what fills a slot of a sentence, in order of the text, each name once."""
    raws: list[RawSlot] = [
        raw
        for raw in prediction.slots
        if raw.sentence == at and raw.slot == slot and raw.score >= calibration.threshold(slot)
    ]
    found: dict[str, int] = {}
    for raw in raws:
        name = names[raw.mention] if raw.mention is not None else prepared.text[raw.start : raw.end]
        found.setdefault(name, raw.start)
    return [(start, name) for name, start in found.items()]


def _values(
    text: str,
    sentence: Span,
    at: int,
    prediction: Prediction,
    quantities: Sequence[FoundQuantity],
    calibration: Calibration,
) -> list[_Filler]:
    """The values of a sentence, in order of the text, each once."""
    found: dict[str, int] = {}
    for one in candidates(text, sentence, at, prediction, quantities):
        if one.probability(calibration.values) >= calibration.threshold("value"):
            found.setdefault(one.text, one.start)
    return sorted((start, name) for name, start in found.items())


def _far(prediction: Prediction, at: int, names: Sequence[str], calibration: Calibration) -> list[_Filler]:
    best = max((raw for raw in prediction.far if raw.sentence == at), key=lambda raw: raw.score, default=None)
    if best is None or best.score < calibration.threshold("far"):
        return []
    return [(-1, names[best.mention])]


def _nearest(fillers: Sequence[_Filler], place: int) -> str | None:
    return min(fillers, key=lambda filler: abs(filler[0] - place))[1] if fillers else None


def _lines(
    prepared: Prepared,
    sentence: Span,
    kind: ClaimKind,
    slots: dict[str, list[_Filler]],
    leads: bool,
    score: float,
) -> list[Claim]:
    """One claim for each filler that the sentence has most of, its neighbours beside it; nothing that was found is lost."""
    if not leads:
        subject = slots["subject"][0][1] if slots["subject"] else None
        obj = slots["object"][0][1] if slots["object"] else None
        return [
            Claim(sentence=sentence, kind=kind, subject=subject, predicate=_predicate(kind), object=obj, score=score)
        ]
    many = max(_SLOT_NAMES[::-1], key=lambda name: len(slots[name]))
    rows: list[dict[str, str | None]] = []
    for index, (place, filler) in enumerate(slots[many] or [(sentence.start, "")]):
        row: dict[str, str | None] = {}
        for name in _SLOT_NAMES:
            others = slots[name]
            if name == many:
                row[name] = filler or None
            elif others and len(others) == len(slots[many]):
                row[name] = others[index][1]
            else:
                row[name] = _nearest(others, place)
        rows.append(row)
    for name in _SLOT_NAMES:
        left = [filler for _, filler in slots[name] if all(row[name] != filler for row in rows)]
        rows += [{**dict.fromkeys(_SLOT_NAMES), "subject": rows[0]["subject"], name: filler} for filler in left]
    return [
        Claim(
            sentence=sentence,
            kind=kind,
            subject=row["subject"],
            predicate=_predicate(kind),
            object=row["object"],
            metric=row["metric"],
            value=row["value"],
            dataset=row["dataset"],
            quantity=interpret(row["value"], sentence.of(prepared.text)) if row["value"] else None,
            score=score,
        )
        for row in rows
    ]


_PREDICATES = {
    ClaimKind.CONTRIBUTION: "introduces",
    ClaimKind.RESULT: "achieves",
    ClaimKind.COMPARISON: "outperforms",
    ClaimKind.FINDING: "shows",
    ClaimKind.LIMITATION: "lacks",
}


def _predicate(kind: ClaimKind) -> str:
    """The commonest predicate of a kind; the pipeline's claim rules put a finer one where the wording gives it."""
    return _PREDICATES[kind]
