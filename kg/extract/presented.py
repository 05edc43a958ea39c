"""Phrases that a verb of presenting has for its object: they are mentions even where their words are plain.

In: the words of a sentence and a noun phrase of it. Out: whether it is presented, how far what it is for belongs to it ("method for learning small
networks"), and the whole phrase as a candidate where its last word is no head of ours ("we propose a regularized delay").
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.domain import EntityType
from kg.extract.heads import head_type
from kg.extract.lexicon import EVALUATIVE, FUNCTION_WORDS, GENERIC, PRESENTING
from kg.extract.names import Candidate
from kg.extract.wordlists import words_in
from kg.extract.words import Word

__all__ = ["BARE_HEADS", "attached_end", "is_presented", "whole_phrase"]


def is_presented(words: Sequence[Word], start: int) -> bool:
    """Whether a phrase is the object of a verb of presenting, with only articles and evaluations between."""
    at = start - 1
    while (
        at >= 0
        and words[at + 1].joined
        and (words[at].lower in EVALUATIVE or words[at].lower in ("a", "an", "the", "and", "more"))
    ):
        at -= 1
    return at >= 0 and words[at].lower in PRESENTING


_NO_THINGS = words_in("no things")
_ADJECTIVE_ENDINGS = ("able", "ible", "ous", "ive", "ful", "ic", "less")


def whole_phrase(words: Sequence[Word], start: int, end: int) -> Candidate | None:
    """A presented phrase whose last word is no head of ours: "we propose a regularized delay"."""
    while end - start > 2 and words[end - 1].lower.endswith(_ADJECTIVE_ENDINGS):
        end -= 1
    last = words[end - 1]
    if end - start < 2 or head_type(last.text) is not None or last.is_name or last.lower in _NO_THINGS:
        return None
    if not is_presented(words, start) or all(word.lower in GENERIC for word in words[start:end]):
        return None
    kinds = [kind for word in words[start : end - 1] if (kind := head_type(word.text)) is not None]
    kind = EntityType.TASK if last.lower == "task" else kinds[-1] if kinds else EntityType.METHOD
    return Candidate(words[start].start, last.end, kind, "presented")


BARE_HEADS = words_in("bare heads")
_ATTACHING = frozenset({"for", "of"})
_MOST_ATTACHED = 7


def attached_end(words: Sequence[Word], end: int) -> int:
    """Where the phrase ends that says what a bare kind is for: "method for learning small networks"."""
    if end >= len(words) or not words[end].joined or words[end].lower not in _ATTACHING:
        return end
    last = end + 1
    while last < len(words) and last - end <= _MOST_ATTACHED and words[last].joined:
        if words[last].lower in FUNCTION_WORDS and words[last].lower not in ("of", "the", "a", "an", "from", "and"):
            break
        last += 1
    while last > end and words[last - 1].lower in FUNCTION_WORDS:
        last -= 1
    return last
