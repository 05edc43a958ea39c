"""Typed mentions by rules: a gazetteer, coined names by their shape, and noun phrases by their head.

In: a text, its sentences and its abbreviations. Out: mentions in order, not overlapping, each with the score of the rule that found it:
the share of that rule's mentions that were right on half of our annotated abstracts (`RULE_SCORES`).
This is the floor that the trained model has to beat. What it cannot do: phrases of action as tasks ("predicting the
next word"), discontinuous phrases, types that only the meaning of the sentence tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.domain import EntityType, Mention, Span
from kg.extract.abbreviations import Abbreviation, plain_short
from kg.extract.gazetteer import Gazetteer, default_gazetteer
from kg.extract.heads import ALONE, head_type, singular
from kg.extract.lexicon import GENERIC
from kg.extract.names import Candidate, capitals, coined, named_here, with_title_name
from kg.extract.phrases import phrases
from kg.extract.presented import BARE_HEADS, attached_end, is_presented, whole_phrase
from kg.extract.words import Word, words_of

__all__ = ["RULE_SCORES", "find_mentions"]

RULE_SCORES = {
    "gazetteer": 0.75,
    "alone": 0.67,
    "abbreviation": 0.63,
    "phrase": 0.55,
    "title": 0.51,
    "presented": 0.46,
    "attached": 0.43,
    "name": 0.39,
    "capitals": 0.2,
}
"""Precision of each rule (exact span and type)."""


def find_mentions(
    text: str,
    sentences: Sequence[Span],
    abbreviations: Sequence[Abbreviation] = (),
    gazetteer: Gazetteer | None = None,
    title: str = "",
) -> tuple[Mention, ...]:
    """Mentions of one text, in order.

    >>> text = "We train graph neural networks (GNNs) on CIFAR-10 with dropout."
    >>> [(m.text, m.type.value) for m in find_mentions(text, [Span(start=0, end=len(text))])]
    [('graph neural networks', 'ARCH'), ('GNNs', 'ARCH'), ('CIFAR-10', 'DATASET'), ('dropout', 'METHOD')]
    """
    known = gazetteer or default_gazetteer()
    sentence_words = [words_of(text, sentence) for sentence in sentences]
    found: list[Candidate] = []
    for words in sentence_words:
        found += _in_sentence(text, words, known)
    found = _with_abbreviations(text, found, abbreviations)
    found = with_title_name(text, title, found, sentence_words)
    found = _one_type_a_name(text, found)
    return tuple(
        Mention(start=c.start, end=c.end, text=text[c.start : c.end], type=c.type, score=RULE_SCORES[c.rule])
        for c in sorted(found, key=lambda c: (c.start, c.end))
    )


def _in_sentence(text: str, words: Sequence[Word], known: Gazetteer) -> list[Candidate]:
    found: list[Candidate] = []
    for start, end in phrases(words):
        candidate = _phrase(text, words, start, end, known)
        if candidate is not None:
            found.append(candidate)
    found += named_here(text, words, found)
    taken = [(c.start, c.end) for c in found]
    at = 0
    while at < len(words):
        hit = known.longest(words, at)
        if hit is not None:
            length, kind = hit
            first, last = words[at], words[at + length - 1]
            if not any(a < last.end and first.start < b for a, b in taken):
                found.append(Candidate(first.start, last.end, kind, "gazetteer"))
            at += length
        else:
            at += 1
    return found


def _phrase(text: str, words: Sequence[Word], start: int, end: int, known: Gazetteer) -> Candidate | None:
    """The candidate in one noun phrase: up to its last word that is a head or a name; the whole, if it is presented."""
    whole = whole_phrase(words, start, end)
    if whole is not None:
        return whole
    for last in range(end - 1, start - 1, -1):
        word = words[last]
        length = last - start + 1
        phrase = text[words[start].start : word.end]
        listed = known.type_of(phrase)
        if listed is not None:
            return Candidate(words[start].start, word.end, listed, "gazetteer")
        kind = head_type(word.text)
        if kind is not None and not word.is_name:
            if length == 1 and last == end - 1 and word.lower in BARE_HEADS and is_presented(words, start):
                tail = attached_end(words, end)
                return Candidate(word.start, words[tail - 1].end, kind, "attached") if tail > end else None
            if length == 1:
                alone = ALONE.get(word.lower) or ALONE.get(singular(word.lower))
                return Candidate(word.start, word.end, alone, "alone") if alone else None
            modifiers = words[start:last]
            if all(m.lower in GENERIC for m in modifiers) and not is_presented(words, start):
                return None
            return Candidate(words[start].start, word.end, kind, "phrase")
        if word.is_name:
            return coined(text, words, start, last, end, known)
    return capitals(text, words, start, end)


def _with_abbreviations(text: str, found: list[Candidate], abbreviations: Sequence[Abbreviation]) -> list[Candidate]:
    """Both forms of a definition are mentions of one kind; the short form is one wherever it stands."""
    kinds: dict[str, EntityType] = {}
    for pair in abbreviations:
        long = next(
            (c for c in found if c.start < pair.long.end and pair.long.start < c.end and c.end == pair.long.end), None
        )
        short = next((c for c in found if c.start == pair.short.start and c.end == pair.short.end), None)
        kind = long.type if long else (head_type(pair.long_text.split()[-1]) or (short.type if short else None))
        if kind is None:
            continue
        kinds[plain_short(pair.short_text)] = kind
        found = [c for c in found if not (c.start < pair.short.end and pair.short.start < c.end)]
        found.append(Candidate(pair.short.start, pair.short.end, kind, "abbreviation"))
        if long is None:
            found = [c for c in found if not (c.start < pair.long.end and pair.long.start < c.end)]
            found.append(Candidate(pair.long.start, pair.long.end, kind, "abbreviation"))
    for form, kind in kinds.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(form)}s?(?![\w-])", text):
            inside = [c for c in found if c.start < match.end() and match.start() < c.end]
            if not inside:
                found.append(Candidate(match.start(), match.end(), kind, "abbreviation"))
            elif len(inside) == 1 and inside[0].start == match.start() and inside[0].end == match.end():
                found.remove(inside[0])
                found.append(Candidate(match.start(), match.end(), kind, "abbreviation"))
    return found


def _one_type_a_name(text: str, found: list[Candidate]) -> list[Candidate]:
    """One form, one kind in a paper: the surer rule's, then the more frequent."""
    votes: dict[str, dict[EntityType, float]] = {}
    for c in found:
        tally = votes.setdefault(text[c.start : c.end].lower(), {})
        tally[c.type] = tally.get(c.type, 0.0) + RULE_SCORES[c.rule]
    return [
        Candidate(c.start, c.end, max(sorted(votes[key].items()), key=lambda item: item[1])[0], c.rule)
        for c in found
        for key in (text[c.start : c.end].lower(),)
    ]
