"""Words of a text with their offsets, as the rules see them.

In: a text and a span of it. Out: words in order. A word holds inner hyphens, dots, apostrophes, @ and + ("CIFAR-10.1", "mAP@0.5",
"C++"); a slash, a backslash and every other sign ends it. `gap` says what stands between a word and the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.domain import Span
from kg.extract.lexicon import NO_NAMES

__all__ = ["Word", "is_coined", "words_of"]

_WORD = re.compile(r"[^\W_](?:[\w]|[-–.'’@*+](?=\w))*\+{0,2}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: offsets into the whole text, the word as written and in lower case, and whether only a space or
    nothing stands before it within its sentence (`joined`)."""

    start: int
    end: int
    text: str
    lower: str
    joined: bool

    @property
    def is_name(self) -> bool:
        """Whether its shape is that of a coined name: capitals inside, or letters with digits."""
        return is_coined(self.text)


_ROMAN = re.compile(r"^(?:I{1,3}|IV|VI{0,3}|IX|X)$")

_DIMENSION = re.compile(r"^\d(?:\.5)?D$|^\d+[xX×]\d+$|^\d+[kKMBx]$|^\d+(?:st|nd|rd|th|s|d|ms|GB|MB|dB|Hz|bit|fps)$|^\d")


@lru_cache(maxsize=65536)
def is_coined(text: str) -> bool:
    """Whether a word has the shape of a coined name.

    >>> is_coined("CIFAR-10"), is_coined("iCaRL"), is_coined("Multi-Agent"), is_coined("GPU")
    (True, True, False, False)
    """
    if text in NO_NAMES or _ROMAN.match(text) or len(text) < 2 or _DIMENSION.match(text):
        return False
    body = text[:-1] if text.endswith("s") else text
    upper = sum(char.isupper() for char in body)
    if upper >= 2 and not _hyphenated_words(text):
        return True
    if upper == 1 and not body[0].isupper() and not _hyphenated_words(text):
        return True
    return any(char.isdigit() for char in text) and upper >= 1


def _hyphenated_words(text: str) -> bool:
    """ "Multi-Agent", "X-ray": ordinary words that were joined, with no part that is all capitals or has digits."""
    parts = text.split("-")
    return len(parts) > 1 and all(
        not any(char.isdigit() for char in part) and not any(char.isupper() for char in part[1:]) for part in parts
    )


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words of one sentence.

    >>> [word.text for word in words_of("We use C++, CIFAR-10 and top-k.", Span(start=0, end=31))]
    ['We', 'use', 'C++', 'CIFAR-10', 'and', 'top-k']
    """
    found: list[Word] = []
    last = span.start
    for match in _WORD.finditer(text, span.start, span.end):
        joined = bool(found) and not text[last : match.start()].strip()
        found.append(Word(match.start(), match.end(), match.group(), match.group().lower(), joined))
        last = match.end()
    return tuple(found)
