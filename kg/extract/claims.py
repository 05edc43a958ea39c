"""Claims: what each claiming sentence asserts, in slots.

In: a reading and the roles of its sentences. Out: claims in order of their sentences, one for each value, dataset or object as the
guidelines ask. Subject and object are names of entities where one stands in the place, otherwise a phrase of the sentence.
What it cannot do: claims that are spread over sentences, and subjects that only a pronoun names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.domain import Claim, ClaimKind, EntityType, Span
from kg.extract.discourse import METHODS, main_thing
from kg.extract.phrasing import contribution_object, finding_object, measured_on, rival
from kg.extract.predicates import polarity_of, predicate_of
from kg.extract.reading import Item, Reading, items_of
from kg.extract.values import Value, values_in

__all__ = ["find_claims"]

_COMPARES = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|superior to|than|over|compared (?:to|with)|against|match(?:es|ing)?|comparable "
    r"(?:to|with)|competitive with|relative to|versus|vs\.?|improv\w+ (?:up)?on)\b",
    re.IGNORECASE,
)


def find_claims(reading: Reading, roles: Sequence[Sequence[tuple[ClaimKind, float]]]) -> tuple[Claim, ...]:
    """The claims of a paper. `roles` gives for each sentence of the reading the kinds it claims, with a score each."""
    main = main_thing(reading.introduced, reading.entities, reading.mentions, METHODS)
    main = main or (reading.introduced[0] if reading.introduced else None)
    claims: list[Claim] = []
    for sentence, items, kinds in zip(reading.sentences, items_of(reading), roles, strict=True):
        if not kinds:
            continue
        values = values_in(reading.paper.text, sentence, reading.quantities)
        names = {kind for kind, _ in kinds}
        for kind, score in kinds:
            mine = _values_for(kind, names, values)
            claims += _claims(reading, sentence, items, kind, round(score, 4), mine, main)
    return tuple(dict.fromkeys(claims))


def _values_for(kind: ClaimKind, names: set[ClaimKind], values: Sequence[Value]) -> Sequence[Value]:
    """Which kind of a sentence takes its numbers: a result first, then a comparison, a contribution, a finding."""
    order = (ClaimKind.RESULT, ClaimKind.COMPARISON, ClaimKind.CONTRIBUTION, ClaimKind.FINDING)
    return values if kind == next((k for k in order if k in names), None) else ()


def _claims(
    reading: Reading,
    sentence: Span,
    items: Sequence[Item],
    kind: ClaimKind,
    score: float,
    values: Sequence[Value],
    main: str | None,
) -> list[Claim]:
    text = reading.paper.text
    part = sentence.of(text)
    predicate = predicate_of(kind, part)
    if kind is ClaimKind.CONTRIBUTION:
        objects: list[str | None] = [*contribution_object(text, sentence, items, reading.introduced)]
        subject = None
    else:
        subject = _subject(text, sentence, items, kind, main)
        objects = [*_objects(text, sentence, items, kind, subject)]
    metrics = [item for item in items if item.type is EntityType.METRIC]
    datasets = measured_on(text, sentence, items) if kind in (ClaimKind.RESULT, ClaimKind.COMPARISON) else []
    told = kind in (ClaimKind.RESULT, ClaimKind.COMPARISON)
    rows: list[tuple[str | None, Value | None, str | None]] = []
    for value in values:
        metric = _nearest(metrics, value.span)
        rows += [(metric, value, dataset) for dataset in _dataset_of(value, datasets)]
    if not rows:
        shown: list[str | None] = [*dict.fromkeys(m.entity for m in metrics)] if told else []
        named: list[str | None] = [*dict.fromkeys(d[1] for d in datasets)] or [None]
        rows = [(metric, None, name) for metric in shown or [None] for name in named]
    made: list[Claim] = []
    for obj in objects or [None]:
        for metric, stated, dataset in rows:
            made.append(
                Claim(
                    sentence=sentence,
                    kind=kind,
                    subject=subject,
                    predicate=predicate,
                    object=obj,
                    metric=metric,
                    value=stated.text if stated else None,
                    dataset=dataset,
                    polarity=polarity_of(kind, predicate, part),
                    quantity=stated.quantity if stated else None,
                    score=score,
                )
            )
    return made[:_MOST]


_MOST = 16
"""A sentence that would give more claims of one kind than this is a list, and is cut."""


def _subject(text: str, sentence: Span, items: Sequence[Item], kind: ClaimKind, main: str | None) -> str | None:
    """The paper's own thing if the sentence names it, else the first method in it, else the paper's main thing.

    What stands behind the word of comparison is the rival, and no subject.
    """
    cue = _COMPARES.search(text, sentence.start, sentence.end) if kind is ClaimKind.COMPARISON else None
    limit = cue.start() if cue else sentence.end
    own = next((item for item in items if item.own and item.type is not EntityType.METRIC), None)
    if own is not None:
        return own.entity
    first = next((item for item in items if item.type in METHODS and item.span.start < limit), None)
    if main is not None and (first is None or first.span.start - sentence.start > _LATE):
        return main
    return first.entity if first is not None else main


_LATE = 40
"""A method that stands so many characters into its sentence is seldom the subject."""


def _objects(text: str, sentence: Span, items: Sequence[Item], kind: ClaimKind, subject: str | None) -> list[str]:
    if kind is ClaimKind.COMPARISON:
        cue = next(_COMPARES.finditer(text, sentence.start, sentence.end), None)
        after = cue.end() if cue else sentence.start
        rivals = [
            i.entity for i in items if i.type in METHODS and i.span.start >= after and i.entity != subject and not i.own
        ]
        if rivals:
            return list(dict.fromkeys(rivals))[:4]
        phrase = rival(text, sentence, after)
        return [phrase] if phrase else []
    if kind is ClaimKind.RESULT:
        tasks = [i.entity for i in items if i.type is EntityType.TASK and i.entity != subject]
        return list(dict.fromkeys(tasks))[:1]
    phrase = finding_object(text, sentence, items, subject)
    return [phrase] if phrase else []


def _nearest(metrics: Sequence[Item], value: Span) -> str | None:
    """The metric nearest to a value; one that comes before counts as a little nearer."""

    def distance(item: Item) -> int:
        return value.start - item.span.end if item.span.end <= value.start else item.span.start - value.end + 10

    best = min(metrics, key=distance, default=None)
    return best.entity if best is not None else None


def _dataset_of(value: Value, datasets: Sequence[tuple[Span, str]]) -> list[str | None]:
    """The dataset that follows a value before any other, else the one before it; all where several follow one another."""
    if not datasets:
        return [None]
    after = [(span, name) for span, name in datasets if span.start >= value.span.end]
    if not after:
        return [datasets[-1][1]]
    return [after[0][1]]
