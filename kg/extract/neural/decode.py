"""From hidden states to a `Prediction`: which spans, which pairs, which sentences.

Comes in: a tokenised text, the states of its pieces, the heads, the calibration. Goes out: a `Prediction`, its scores still
the model's own probabilities; `assemble` calibrates what it gives out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.domain import ClaimKind, EntityType, RelationType
from kg.extract.neural.calibration import Calibration
from kg.extract.neural.heads import Floats, Heads, Projected, States, join, running, sigmoid, softmax
from kg.extract.neural.prediction import (
    ALIKE,
    SLOTS,
    Grouping,
    Prediction,
    RawFar,
    RawMention,
    RawRelation,
    RawSlot,
    Same,
)
from kg.extract.neural.tokens import Ints, Prepared, Tokenised

__all__ = ["decode"]

TYPES = tuple(EntityType)
RELATIONS = tuple(RelationType)
KINDS = tuple(ClaimKind)
FLOOR, RELATED = 0.1, 0.2
"""Slots and far subjects below the first, relations below the second probability are not given at all."""
LIKELY, SHORT = 0.1, 4
"""From what probability on a stretch has a say in whether others of its words are mentions; forms of so few characters
are the same only with the same capitals."""


def decode(
    prepared: Prepared,
    tokens: Tokenised,
    states: States,
    heads: Heads,
    calibration: Calibration,
    group: Grouping | None,
) -> Prediction:
    """The prediction for one text."""
    first, last = tokens.first[tokens.span_from], tokens.last[tokens.span_to]
    width = tokens.span_to - tokens.span_from
    projected = heads.spans(states)
    types = softmax(heads.types(projected, first, last, width))
    agree(prepared, tokens, types)
    chosen = pick(1 - types[:, 0], tokens.span_from, tokens.span_to, calibration.threshold("mention"))
    soft = types[chosen, 1:] / types[chosen, 1:].sum(axis=1, keepdims=True)
    hidden, total = states.hidden, running(states.hidden)
    vectors = heads.mentions(hidden, total, first[chosen], last[chosen], soft)
    new = sigmoid(heads.introduced(vectors))
    every = _mentions(tokens, chosen, types, new)
    sentences = heads.sentences(total, tokens.part_pieces[1:])
    kinds = sigmoid(heads.kinds(sentences))
    body = np.array([not mention.title for mention in every], dtype=bool)
    mentions = tuple(mention for mention in every if not mention.title)
    at = chosen[body]
    same: Same = ()
    relations: tuple[RawRelation, ...] = ()
    far: tuple[RawFar, ...] = ()
    if len(mentions) > 1:
        logits, joint = heads.pairs(states, vectors[body], first[at], last[at], tokens.span_from[at])
        same = _same(sigmoid(joint))
        numbers = group(prepared, mentions, same, calibration) if group else _folded(prepared, mentions)
        relations = tuple(_relations(logits, numbers))
    if mentions:
        far = tuple(_far(sigmoid(heads.far(sentences, vectors[body])), mentions, prepared.sentences))
    return Prediction(
        mentions=mentions,
        title_mentions=tuple(mention for mention in every if mention.title),
        same=same,
        relations=relations,
        kinds=tuple({kind: float(p) for kind, p in zip(KINDS, row, strict=True)} for row in kinds),
        slots=tuple(_slots(tokens, heads, projected, kinds, mentions)),
        far=far,
    )


def agree(prepared: Prepared, tokens: Tokenised, types: Floats) -> None:
    """Make likely stretches of the same words, all in the title or all in the text, mentions as likely as they are on average;
    in place, and how the types share that stays.

    types [spans, 1 + types]. A text that names a thing names it in all places, and annotators mark all of them: what one
    sentence leaves open another tells. Averaging the types as well costs what it gains (`MODEL_CARD.md` has the figures).
    """
    alike: dict[tuple[bool, str], list[int]] = {}
    for index in np.flatnonzero(types[:, 0] <= 1 - LIKELY).tolist():
        begin, end = tokens.span_from[index], tokens.span_to[index]
        title = bool(tokens.part[begin] == 0)
        form = (prepared.title if title else prepared.text)[tokens.start[begin] : tokens.end[end]]
        alike.setdefault((title, form if len(form) <= SHORT else form.casefold()), []).append(index)
    for indices in alike.values():
        if len(indices) > 1:
            own = 1 - types[indices, 0]
            shared = own.mean()
            types[indices, 1:] *= (shared / own)[:, None]
            types[indices, 0] = 1 - shared


def pick(probability: Floats, begin: Ints, end: Ints, threshold: float) -> Ints:
    """Indices of spans that share no word, the surest first taken; sorted by place. begin and end are words, inclusive."""
    candidates = np.flatnonzero(probability >= threshold)
    order = candidates[np.argsort(-probability[candidates], kind="stable")]
    taken = np.zeros(int(end.max(initial=-1)) + 1, dtype=bool)
    chosen = []
    for index in order.tolist():
        stretch = slice(int(begin[index]), int(end[index]) + 1)
        if not taken[stretch].any():
            taken[stretch] = True
            chosen.append(index)
    return np.array(sorted(chosen, key=lambda index: int(begin[index])), dtype=np.int64)


def _mentions(tokens: Tokenised, chosen: Ints, types: Floats, new: Floats) -> list[RawMention]:
    return [
        RawMention(
            start=int(tokens.start[tokens.span_from[index]]),
            end=int(tokens.end[tokens.span_to[index]]),
            type=TYPES[int(types[index, 1:].argmax())],
            score=float(types[index, 1:].max()),
            introduced=float(new[row]),
            title=bool(tokens.part[tokens.span_from[index]] == 0),
        )
        for row, index in enumerate(chosen.tolist())
    ]


def _folded(prepared: Prepared, mentions: Sequence[RawMention]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(prepared.text[m.start : m.end].casefold(), len(numbers)) for m in mentions]


def _same(probabilities: Floats) -> Same:
    low, high = np.nonzero(np.triu(probabilities >= ALIKE, 1))
    return tuple((i, j, float(probabilities[i, j])) for i, j in zip(low.tolist(), high.tolist(), strict=True))


def _relations(logits: Floats, numbers: Sequence[int]) -> list[RawRelation]:
    """The likeliest relation of each pair of things; evidence is the pair of mentions with the highest logit for it."""
    names, which = np.unique(np.array(numbers), return_inverse=True)
    if len(names) < 2:
        return []
    member = np.eye(len(names), dtype=np.float32)[which]
    joined = join(join(logits, member, 0), member, 1)
    low, high = np.triu_indices(len(names), 1)
    zero = np.zeros((len(low), 1), dtype=np.float32)
    scores = softmax(np.concatenate([zero, joined[low, high], joined[high, low]], axis=1))
    related = 1 - scores[:, 0]
    kind_scores = scores[:, 1:].copy()
    compared = RELATIONS.index(RelationType.COMPARED_WITH)
    forward = kind_scores[:, compared] + kind_scores[:, compared + len(RELATIONS)]
    kind_scores[:, compared], kind_scores[:, compared + len(RELATIONS)] = forward, 0.0
    found = []
    for row in np.flatnonzero(related >= RELATED).tolist():
        best = int(kind_scores[row].argmax())
        a, b = (low[row], high[row]) if best < len(RELATIONS) else (high[row], low[row])
        heads, tails = np.flatnonzero(which == a), np.flatnonzero(which == b)
        block = logits[np.ix_(heads, tails)][:, :, best % len(RELATIONS)]
        at = np.unravel_index(int(block.argmax()), block.shape)
        found.append(
            RawRelation(
                head=int(heads[at[0]]),
                type=RELATIONS[best % len(RELATIONS)],
                tail=int(tails[at[1]]),
                score=float(related[row]),
                type_score=float(kind_scores[row, best]),
            )
        )
    return found


def _slots(
    tokens: Tokenised, heads: Heads, projected: Projected, kinds: Floats, mentions: Sequence[RawMention]
) -> list[RawSlot]:
    """Fillers in the sentences that may hold a claim at all."""
    where = {(m.start, m.end): at for at, m in enumerate(mentions)}
    holds = np.concatenate([[False], kinds.max(axis=1, initial=0.0) >= FLOOR])
    spans = np.flatnonzero(holds[tokens.part[tokens.span_from]])
    begin, end = tokens.span_from[spans], tokens.span_to[spans]
    scores = sigmoid(heads.slots(projected, tokens.first[begin], tokens.last[end], end - begin))
    found = []
    for at, slot in enumerate(SLOTS):
        for index in pick(scores[:, at], begin, end, FLOOR).tolist():
            start, stop = int(tokens.start[begin[index]]), int(tokens.end[end[index]])
            found.append(
                RawSlot(
                    sentence=int(tokens.part[begin[index]]) - 1,
                    slot=slot,
                    start=start,
                    end=stop,
                    score=float(scores[index, at]),
                    mention=where.get((start, stop)),
                )
            )
    return sorted(found, key=lambda raw: (raw.sentence, raw.start, raw.end, raw.slot))


def _far(scores: Floats, mentions: Sequence[RawMention], sentences: Sequence[tuple[int, int]]) -> list[RawFar]:
    found = []
    for sentence, (start, end) in enumerate(sentences):
        for at, mention in enumerate(mentions):
            if scores[sentence, at] >= FLOOR and not start <= mention.start < end:
                found.append(RawFar(sentence=sentence, mention=at, score=float(scores[sentence, at])))
    return found
