"""Whether a text can be extracted at all: it has words, and they are English.

In: a text. Out: None, or a note that says why not. The test is the share of words of grammar: every tenth word of English abstracts at least,
and more than of any other language with Latin letters that is looked for (after Cavnar and Trenkle's idea of 1994, with words in place of n-grams).
What it cannot do: texts of under a dozen words, which are taken for English if their letters are Latin.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from kg.extract.lexicon import FUNCTION_WORDS
from kg.extract.wordlists import sections

__all__ = ["why_not"]

_WORD = re.compile(r"[^\W\d_]+")
_FEW = 12
_LEAST = 0.1
_LOOKED_AT = 20_000


def why_not(text: str) -> str | None:
    """A note that says why a text cannot be extracted; None if it can.

    >>> why_not("  42 \\u2026")
    'no words in the abstract'
    >>> why_not("Wir stellen ein neues Verfahren vor, das auf einem Netz beruht und die besten Ergebnisse auf allen Daten erzielt.")
    'the abstract is not in English (German)'
    """
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    if not words:
        return "no words in the abstract"
    scripts = Counter(_script(word[0]) for word in words)
    script, count = max(scripts.items(), key=lambda item: (item[1], item[0]))
    if script != "LATIN" and count * 2 > len(words):
        return f"the abstract is not in English ({script.capitalize()} script)"
    if len(words) < _FEW:
        return None
    english = sum(word in FUNCTION_WORDS for word in words) / len(words)
    spoken = Counter(name for word in words for name in _languages().get(word, ()))
    name, told = max(spoken.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    other = told / len(words)
    if other > english and other >= _LEAST:
        return f"the abstract is not in English ({name})"
    return "the abstract is not in English" if english < _LEAST / 4 and len(words) > 3 * _FEW else None


@lru_cache(maxsize=1)
def _languages() -> dict[str, tuple[str, ...]]:
    """The languages, but English, in which a word is one of grammar."""
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in sections("languages.txt").items():
        for word in listed:
            found[word] = (*found.get(word, ()), name)
    return found


@lru_cache(maxsize=1024)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]
