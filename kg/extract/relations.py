"""Relations between entities of one paper: by cue words between two mentions, and by the paper's main thing.

In: text, sentences, mentions with entities, references ("our method"), what is introduced. Out: relations, each once, with the
sentence as evidence and the score of the rule that found it: that rule's precision on half of our annotated abstracts, with
mentions found by rules (`FAMILY_SCORES`). The types of head and tail allow or forbid a relation as the guidelines' table says.
What it cannot do: relations that only the sense of a sentence gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.domain import Entity, EntityType, Mention, Relation, RelationType, Span
from kg.extract.discourse import METHODS, Reference, main_thing

__all__ = ["ALLOWED", "FAMILY_SCORES", "find_relations"]

ARCH, METHOD, DATASET, TASK, METRIC = (
    EntityType.ARCH,
    EntityType.METHOD,
    EntityType.DATASET,
    EntityType.TASK,
    EntityType.METRIC,
)
_MA = frozenset({METHOD, ARCH})
_MAD = _MA | {DATASET}
_MAT = _MA | {TASK}

ALLOWED: dict[RelationType, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    RelationType.USED_FOR: (_MAD, _MAT),
    RelationType.EVALUATED_ON: (_MAT, frozenset({DATASET})),
    RelationType.TRAINED_ON: (_MA, frozenset({DATASET})),
    RelationType.MEASURED_BY: (_MAT, frozenset({METRIC})),
    RelationType.PART_OF: (_MAT | {DATASET}, _MAT | {DATASET}),
    RelationType.IS_A: (frozenset(EntityType), frozenset(EntityType)),
    RelationType.BASED_ON: (_MAD, _MAD),
    RelationType.OUTPERFORMS: (_MA, _MA),
    RelationType.COMPARED_WITH: (_MA, _MA),
}
"""Which types may be head and tail; from the table of the annotation guidelines."""


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    entity: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class _Found:
    head: str
    type: RelationType
    tail: str
    sentence: Span
    family: str


@dataclass(frozen=True, slots=True)
class _Cue:
    """A pattern over the text between two mentions. `turned`: the first mention is the tail."""

    family: str
    type: RelationType
    pattern: re.Pattern[str]
    turned: bool = False


def _cue(family: str, kind: RelationType, pattern: str, *, turned: bool = False) -> _Cue:
    return _Cue(family, kind, re.compile(pattern, re.IGNORECASE), turned)


_DET = r"(?:an?|the|our|its|their|this|these|various|several|many|other|new|novel)?\s?(?:[\w-]+\s){0,2}"
_CUES: tuple[_Cue, ...] = (
    _cue("such as", RelationType.IS_A, rf"^(?:\s\w+)?\)?,?\s?\(?(?:such as|including|like|e\.g\.,?|for example,?|for instance,?|i\.e\.,?)\s{_DET}$", turned=True),
    _cue("is a", RelationType.IS_A, r"^\)?,?\s(?:(?:is|are|as|can be (?:viewed|seen) as|be|was|were|which is|that is)\s)?(?:an?|one of the|special cases? of)\s(?:[\w-]+\s){0,4}$"),
    _cue("based on", RelationType.BASED_ON, rf"\b(?:based (?:up)?on|built (?:up)?on|build(?:s|ing)? (?:up)?on|derived from|extend(?:s|ing|ed)?(?: from)?|extension of|inspired by|adapted from|on top of|generali[sz](?:es|ation of)|variant of|motivated by|drawing on|follow(?:s|ing))\s{_DET}$"),
    _cue("outperforms", RelationType.OUTPERFORMS, r"\b(?:outperform\w*|surpass\w*|exceed\w*|superior|better than|beats?|improv\w+ (?:up)?(?:on|over)|(?:gains?|improvements?|advantages?) over|faster than|fewer|more \w+ than|compared (?:to|with)|over)\b"),
    _cue("versus", RelationType.COMPARED_WITH, rf"^\)?,?\s?(?:vs\.?|versus|as opposed to|in contrast to|unlike|instead of|rather than|(?:is|are) (?:equivalent|similar|comparable) to|compared (?:to|with)|matches)\s{_DET}$"),
    _cue("trained on", RelationType.TRAINED_ON, r"\b(?:pre-?)?trained (?:only |solely |jointly )?(?:on|with|using|over)\b"),
    _cue("for", RelationType.USED_FOR, rf"^\)?\s(?:\w+\s)?(?:for|to|towards?|in|on|into)\s{_DET}$"),
    _cue("using", RelationType.USED_FOR, rf"^\)?,?\s(?:\w+\s)?(?:using|with|via|through|by|by means of|utili[sz]ing|leveraging|employing|that uses?|based on)\s{_DET}$", turned=True),
    _cue("measure of", RelationType.MEASURED_BY, rf"^\s?\)?\s(?:\w+\s)?(?:of|for|in|by|than|with)\s{_DET}$", turned=True),
    _cue("of", RelationType.PART_OF, rf"^\)?\s(?:of|in|into|within|inside)\s{_DET}$"),
    _cue("with", RelationType.PART_OF, rf"^\)?,?\s(?:which |that )?(?:consist\w* of|compris\w+|contain\w*|includ\w+|incorporat\w+|integrat\w+|employ\w*|compos\w+ of|combin\w+|equipp?\w* with|with)\s{_DET}$", turned=True),
)  # fmt: skip

FAMILY_SCORES: dict[str, float] = {
    "versus": 0.9,
    "such as": 0.6,
    "measure of": 0.57,
    "using": 0.45,
    "is a": 0.44,
    "main task": 0.37,
    "for": 0.35,
    "based on": 0.35,
    "list": 0.33,
    "main metric": 0.33,
    "dataset elsewhere": 0.29,
    "task here": 0.27,
    "task elsewhere": 0.25,
    "main dataset": 0.24,
    "metric elsewhere": 0.24,
    "outperforms": 0.24,
    "with": 0.22,
    "trained on": 0.2,
    "near, for": 0.16,
    "metric here": 0.16,
    "of": 0.15,
    "part elsewhere": 0.11,
    "near, with": 0.09,
}
"""Precision of each rule family: relation with the right type and direction, both entities right."""

_LIST = 32
"""A sentence that names more things than this is a list, in which standing together says nothing; abstracts reach a dozen."""
_MAX_GAP = 90
_NEAR = 70


def find_relations(
    text: str, sentences: Sequence[Span], entities: Sequence[Entity], mentions: Sequence[Mention],
    references: Sequence[Reference], introduced: Sequence[str],
) -> tuple[Relation, ...]:  # fmt: skip
    """Relations, in the order of their evidence; of several rules that agree the surest counts.

    >>> text = "FooNet is based on BarNet."
    >>> foo = Mention(start=0, end=6, text="FooNet", type=ARCH, entity="FooNet")
    >>> bar = Mention(start=19, end=25, text="BarNet", type=ARCH, entity="BarNet")
    >>> things = [Entity(name="FooNet", type=ARCH), Entity(name="BarNet", type=ARCH)]
    >>> [(r.head, r.type.value, r.tail) for r in find_relations(text, [Span(start=0, end=26)], things, [foo, bar], [], [])]
    [('FooNet', 'BASED_ON', 'BarNet')]
    """
    types = {entity.name: entity.type for entity in entities}
    items = [_Item(m.start, m.end, m.entity, types[m.entity]) for m in mentions if m.entity in types]
    items += [_Item(r.span.start, r.span.end, r.entity, types[r.entity]) for r in references if r.entity in types]
    items.sort(key=lambda item: item.start)
    main = main_thing(introduced, entities, mentions, METHODS)
    found: list[_Found] = []
    for sentence in sentences:
        here = [item for item in items if sentence.start <= item.start and item.end <= sentence.end]
        found += _by_cues(text, sentence, here)
        found += _by_presence(text, sentence, here, main)
    if main is not None:
        found += _about_main(main, types[main], items, sentences, introduced, types)
    return _distinct(found, types)


def _by_cues(text: str, sentence: Span, here: Sequence[_Item]) -> Iterator[_Found]:
    for index, left in enumerate(here):
        for right in here[index + 1 : index + 6]:
            gap = text[left.end : right.start]
            if len(gap) > _MAX_GAP:
                break
            for cue in _CUES:
                head, tail = (right, left) if cue.turned else (left, right)
                if _fits(cue.type, head.type, tail.type) and cue.pattern.search(gap):
                    yield _Found(head.entity, cue.type, tail.entity, sentence, cue.family)
                    if cue.family in ("such as", "for", "using", "outperforms", "versus", "based on", "with"):
                        for other in _coordinated(text, here, right):
                            first, second = (other, left) if cue.turned else (left, other)
                            if _fits(cue.type, first.type, second.type):
                                yield _Found(first.entity, cue.type, second.entity, sentence, "list")
                    break


_AND = re.compile(
    r"^\s?\)?(?:,|,?\s(?:and|or|as well as)|/|;)\s?(?:and\s|or\s)?(?:(?:an?|the|its|our)\s)?(?:[\w-]+\s)?\(?$"
)


def _coordinated(text: str, here: Sequence[_Item], first: _Item) -> Iterator[_Item]:
    """The items that stand in one list with an item, after it."""
    last = first
    for item in here:
        if item.start <= last.start:
            continue
        gap = text[last.end : item.start]
        if gap.strip() in ("(", "") and len(gap) < 3:
            last = item
            continue
        if item.type is not first.type or not _AND.match(gap):
            return
        yield item
        last = item


def _fits(kind: RelationType, head: EntityType, tail: EntityType) -> bool:
    heads, tails = ALLOWED[kind]
    if kind is RelationType.IS_A:
        return head is tail or {head, tail} <= _MA
    return head in heads and tail in tails


_EVALUATES = re.compile(
    r"\b(?:evaluat|experiment|test|outperform|achiev|result|benchmark|validat|demonstrat|show|state-of-the-art|improv)\w*",
    re.IGNORECASE,
)


def _by_presence(text: str, sentence: Span, here: Sequence[_Item], main: str | None) -> Iterator[_Found]:
    """What standing in one sentence says: a method and a task, a method and a metric, a method and a dataset."""
    if len(here) > _LIST:
        return
    tells = bool(_EVALUATES.search(sentence.of(text)))
    about_main = any(item.entity == main for item in here)
    for left, right in combinations(here, 2):
        gap = right.start - left.end
        for head, tail in ((left, right), (right, left)):
            if head.entity == tail.entity or head.type not in _MA:
                continue
            is_main = head.entity == main
            if tail.type is METRIC and (is_main or not about_main):
                yield _Found(
                    head.entity,
                    RelationType.MEASURED_BY,
                    tail.entity,
                    sentence,
                    "main metric" if is_main else "metric here",
                )
            elif tail.type is DATASET and tells and is_main:
                yield _Found(head.entity, RelationType.EVALUATED_ON, tail.entity, sentence, "main dataset")
            elif tail.type is TASK and (is_main or gap < _NEAR):
                yield _Found(
                    head.entity, RelationType.USED_FOR, tail.entity, sentence, "main task" if is_main else "task here"
                )
        if {left.type, right.type} <= _MA and left.entity != right.entity and gap < _NEAR:
            found = _both_methods(text, sentence, left, right)
            if found is not None:
                yield found


_TAKES_PART = re.compile(
    r"\b(?:with|us(?:e|es|ing)|via|through|by|employ\w*|leverag\w*|incorporat\w*|includ\w*|consist\w*|combin\w*|integrat\w*)\b"
)
_SERVES = re.compile(r"\b(?:for|to|in|of|into|on|train\w*|improv\w*|enabl\w*|help\w*)\b")


def _both_methods(text: str, sentence: Span, left: _Item, right: _Item) -> _Found | None:
    """Two methods close together and no cue of its own between them: the weakest rule, by what little is said."""
    gap = text[left.end : right.start]
    if _TAKES_PART.search(gap):
        return _Found(right.entity, RelationType.PART_OF, left.entity, sentence, "near, with")
    if _SERVES.search(gap):
        return _Found(left.entity, RelationType.USED_FOR, right.entity, sentence, "near, for")
    return None


def _about_main(
    main: str,
    kind: EntityType,
    items: Sequence[_Item],
    sentences: Sequence[Span],
    introduced: Sequence[str],
    types: dict[str, EntityType],
) -> Iterator[_Found]:
    """What a paper names, its main thing is used for, tested on, measured by."""
    for item in items:
        if item.entity == main:
            continue
        sentence = next((s for s in sentences if s.start <= item.start < s.end), None)
        if sentence is None:
            continue
        if item.type is TASK:
            yield _Found(main, RelationType.USED_FOR, item.entity, sentence, "task elsewhere")
        elif item.type is DATASET:
            yield _Found(main, RelationType.EVALUATED_ON, item.entity, sentence, "dataset elsewhere")
        elif item.type is METRIC:
            yield _Found(main, RelationType.MEASURED_BY, item.entity, sentence, "metric elsewhere")
        elif item.entity in introduced:
            yield _Found(item.entity, RelationType.PART_OF, main, sentence, "part elsewhere")


def _distinct(found: Sequence[_Found], types: dict[str, EntityType]) -> tuple[Relation, ...]:
    best: dict[tuple[str, RelationType, str], _Found] = {}
    told = {frozenset((item.head, item.tail)) for item in found if not item.family.startswith("near")}
    for item in found:
        if item.head == item.tail:
            continue
        if item.family.startswith("near") and frozenset((item.head, item.tail)) in told:
            continue
        key = (item.head, item.type, item.tail)
        held = best.get(key)
        if held is None or FAMILY_SCORES[item.family] > FAMILY_SCORES[held.family]:
            best[key] = item
    ordered = sorted(best.values(), key=lambda f: (f.sentence, f.head, f.type.value, f.tail))
    return tuple(
        Relation(head=f.head, type=f.type, tail=f.tail, evidence=f.sentence, score=FAMILY_SCORES[f.family])
        for f in ordered
    )
