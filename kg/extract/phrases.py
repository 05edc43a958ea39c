"""Noun phrases without a tagger: runs of words between words of grammar, verbs and signs, trimmed on the left.

In: the words of a sentence. Out: half-open ranges of word indices, each a phrase that may name one thing.
What it cannot do: phrases that hold a preposition ("mixture of experts"); the gazetteer knows the common ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import lexicon
from kg.extract.words import Word

__all__ = ["phrases"]

_KEPT_S = lexicon.PLURAL_INSIDE
_BEFORE_ING = frozenset({"for", "by", "when", "while", "from", "without", "of", "to"})
_ARTICLES = frozenset(["a", "an", "the", "our", "novel", "new", "proposed", "its"])


def phrases(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Noun phrases in order, not overlapping.

    >>> from kg.domain import Span
    >>> from kg.extract.words import words_of
    >>> text = "We propose a novel graph neural network for training deep models."
    >>> words = words_of(text, Span(start=0, end=len(text)))
    >>> [" ".join(word.text for word in words[a:b]) for a, b in phrases(words)]
    ['graph neural network', 'deep models']
    """
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(len(words) + 1):
        ends = index == len(words) or (start is not None and not words[index].joined)
        if ends and start is not None:
            found.append((start, index))
            start = None
        if index == len(words):
            break
        if _breaks(words, index, start):
            if start is not None:
                found.append((start, index))
            start = None
        elif start is None:
            start = index
    trimmed = [(_trim(words, a, b), b) for a, b in found]
    return [(a, b) for a, b in trimmed if a < b]


def _breaks(words: Sequence[Word], index: int, start: int | None) -> bool:
    """Whether a word cannot be part of a noun phrase where it stands. Names never break."""
    word = words[index]
    lower = word.lower
    if word.is_name:
        return False
    if lower in lexicon.FUNCTION_WORDS or lower in lexicon.BASE_VERBS or lower.isdigit():
        return True
    before = words[index - 1].lower if index and word.joined else ""
    if start is None and (before in _BEFORE_ING or index == 0) and lower.endswith("ing") and _goes_on(words, index, 2):
        return True
    if lower in lexicon.VERB_OR_NOUN:
        return before in lexicon.BEFORE_VERB
    if lower.endswith("ly") and lower not in lexicon.ADVERBS_INSIDE:
        return True
    if lower.endswith("ing") and "-" not in lower and lower not in lexicon.NOUN_ING and before not in _ARTICLES:
        return True
    if lower.endswith("ed") and lower not in lexicon.ADJECTIVAL_ED and "-" not in lower and len(lower) > 4:
        return before not in _ARTICLES
    return lower.endswith("s") and _is_verb_in_s(lower)


def _goes_on(words: Sequence[Word], index: int, count: int) -> bool:
    """Whether so many words that may be part of a phrase follow a word."""
    following = words[index + 1 : index + 1 + count]
    return len(following) == count and all(
        word.joined and word.lower not in lexicon.FUNCTION_WORDS for word in following
    )


def _is_verb_in_s(lower: str) -> bool:
    stem = lower[:-1]
    return (
        stem in lexicon.BASE_VERBS
        or (lower.endswith("es") and lower[:-2] in lexicon.BASE_VERBS)
        or (lower.endswith("ies") and lower[:-3] + "y" in lexicon.BASE_VERBS)
    )


def _trim(words: Sequence[Word], start: int, end: int) -> int:
    """Past what is no part of a name on the left: evaluations, plural nouns that belong to something before."""
    while start < end and not words[start].is_name and words[start].lower in lexicon.EVALUATIVE:
        start += 1
    for index in range(end - 2, start - 1, -1):
        lower = words[index].lower
        plural = lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s")) and lower not in _KEPT_S
        if plural and not words[index].is_name and words[index].text.islower():
            return _trim(words, index + 1, end)
    return start
