"""Abbreviations that a text itself explains: "recurrent neural networks (RNNs)", "RNN (recurrent neural network)".

In: a text and, if at hand, its sentences. Out: pairs of spans, the short form and its long form, in order of the text.
The method is Schwartz and Hearst 2003 ("A simple algorithm for identifying abbreviation definitions in biomedical text",
PSB), with its known failures mended: the window is the sentence; list markers, citations and formulae are no short
forms; a plural s is not a letter to be matched; initials are tried before scattered letters, so that a repeated
initial ("mindful memoization (MM)") finds the whole; the order short (long) is read too; a bracket that follows
another is matched with the words before both.
What it cannot do: find a short form that is nowhere explained, or one that shares no letters with its long form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.domain import Span
from kg.extract.sentences import sentence_spans

__all__ = ["SMALL_WORDS", "Abbreviation", "abbreviates", "find_abbreviations", "may_be_short", "plain_short"]

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[+&*]")
_LIST_MARKER = re.compile(r"\(?(?:[ivxIVX]{1,4}|[a-zA-Z]|\d{1,2})[).]?$")
_FORMULA = re.compile(r"[=<>≤≥∈^\\${}|]|\d\s*[-+*/×]\s*\d")
_CITATION = re.compile(r"et al|\b(?:19|20)\d\d[a-z]?\b|https?:|www\.")
_SHORT = re.compile(r"[^\W_](?:[^\W_]|[-./&+*’'@ ])*$")
_SPLIT = re.compile(r"\s*(?:[;,]|\bor\b|\balso\b|\bfor short\b|\bi\.e\.|\be\.g\.)\s*")
SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "to",
        "with",
        "a",
        "an",
        "by",
        "from",
        "via",
        "at",
        "as",
        "or",
        "&",
        "+",
        "using",
        "is",
    ]
)
_SPOKEN = {"x": ("ex", "cross"), "2": ("to", "two"), "4": ("for", "four")}
_MAX_SHORT = 12
_STOP_BEFORE = re.compile(r"[.;:,()\[\]!?—]")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Abbreviation:
    """One definition: where the short form stands, where the long form stands, and both as written."""

    short: Span
    long: Span
    short_text: str
    long_text: str


def plain_short(short: str) -> str:
    """A short form without its plural s: "SNNs" and "SNN's" are "SNN"; "GloVes" stays.

    >>> plain_short("SNNs"), plain_short("DBMs"), plain_short("GPUS"), plain_short("Adams")
    ('SNN', 'DBM', 'GPUS', 'Adams')
    """
    bare = re.sub(r"['’]s$", "", short)
    return bare[:-1] if len(bare) > 2 and bare[-1] == "s" and bare[-2].isupper() else bare


def find_abbreviations(text: str, sentences: Sequence[Span] | None = None) -> tuple[Abbreviation, ...]:
    """All definitions in a text, in its order; a short form defined twice is given twice.

    >>> [(a.short_text, a.long_text) for a in find_abbreviations("We train recurrent neural networks (RNNs).")]
    [('RNNs', 'recurrent neural networks')]
    """
    found: list[Abbreviation] = []
    for sentence in sentence_spans(text) if sentences is None else sentences:
        piece = text[sentence.start : sentence.end]
        for match in _BRACKET.finditer(piece):
            pair = _definition(piece, match)
            if pair is not None:
                (a, b), (c, d) = pair
                short = Span(start=sentence.start + a, end=sentence.start + b)
                long = Span(start=sentence.start + c, end=sentence.start + d)
                found.append(Abbreviation(short=short, long=long, short_text=short.of(text), long_text=long.of(text)))
    return tuple(found)


def abbreviates(short: str, long: str) -> bool:
    """Whether a short form is the initials of a long one, small words left out at will: where no bracket says so, letters from
    within words are no sign (Adam is not AdamW, BLEU not BLEURT).

    >>> abbreviates("LSTMs", "long short-term memory"), abbreviates("CNN", "deep convolutional neural network")
    (True, False)
    """
    letters = [char.lower() for char in plain_short(short) if char.isalnum()]
    words = re.findall(r"[^\W_]+", long.lower())
    if not may_be_short(short) or len(words) < 2:
        return False
    return words[0] not in SMALL_WORDS and _initial(words[0], letters[0]) and _spells(letters, words)


_Pair = tuple[tuple[int, int], tuple[int, int]]


def _definition(piece: str, match: re.Match[str]) -> _Pair | None:
    inner_start, inner = match.start(1), match.group(1)
    inside = _SPLIT.split(inner, maxsplit=1)[0]
    lead = len(inner) - len(inner.lstrip(" \"'“‘"))
    inside = inside.strip(" \"'“”’‘")
    if not inside or _FORMULA.search(inside) or _CITATION.search(inside):
        return None
    at = (inner_start + lead, inner_start + lead + len(inside))
    if piece[at[0] : at[1]] != inside:
        return None
    before = _before(piece, match.start())
    if may_be_short(inside) and (long := _long_form(inside, piece, before)) is not None:
        return at, long
    return _turned(piece, before, at)


def _before(piece: str, end: int) -> int:
    """Where the words before a bracket end; a bracket right before it is passed over."""
    stripped = piece[:end].rstrip(" \"'”’")
    while stripped.endswith((")", "]")):
        opening = max(stripped.rfind("("), stripped.rfind("["))
        if opening < 0:
            break
        stripped = stripped[:opening].rstrip(" \"'”’")
    return len(stripped)


def may_be_short(short: str) -> bool:
    """Whether a form has the shape of a short form: few characters, at least two letters and a capital among them."""
    if not 2 <= len(short) <= _MAX_SHORT or len(short.split()) > 2 or not _SHORT.match(short):
        return False
    if _LIST_MARKER.match(short) and not (short.isupper() and len(short) > 1 and not set(short) <= set("IVX")):
        return False
    letters = [char for char in short if char.isalpha()]
    if len(letters) < 2 or not any(char.isupper() for char in letters):
        return False
    return not (" " in short and not any(word.isupper() for word in short.split()))


def _words(piece: str, start: int, end: int) -> list[tuple[int, int, str]]:
    return [(start + m.start(), start + m.end(), m.group()) for m in _WORD.finditer(piece[start:end])]


def _window(piece: str, end: int, letters: int) -> list[tuple[int, int, str]]:
    """The words that may be the long form: at most min(letters + 5, 2 letters), back to a stop."""
    begin = max(0, end - 200)
    for stop in _STOP_BEFORE.finditer(piece, begin, end):
        begin = stop.end()
    return _words(piece, begin, end)[-min(letters + 5, 2 * letters + 1) :]


def _long_form(short: str, piece: str, end: int) -> tuple[int, int] | None:
    letters = [char.lower() for char in plain_short(short) if char.isalnum()]
    words = _window(piece, end, len(letters))
    if not words or end - words[-1][1] > 2:
        return None
    for index in (_by_initials(letters, words), _by_letters(letters, words)):
        if index is not None:
            start = words[index][0]
            form = piece[start:end]
            if len(form) > len(short) and short not in form.split():
                return start, end
    return None


def _by_initials(letters: list[str], words: list[tuple[int, int, str]]) -> int | None:
    """The first word whose initials, small words left out at will, spell the letters; the last such word wins."""
    for index in range(len(words) - 1, -1, -1):
        tail = [word.lower() for _, _, word in words[index:]]
        if _initial(tail[0], letters[0]) and tail[0] not in SMALL_WORDS and _spells(letters, tail):
            return index
    return None


def _initial(word: str, letter: str) -> bool:
    """Whether a letter stands for a word: its first letter, or X for "ex…" and "cross", 2 for "to", 4 for "for".

    >>> _initial("explainable", "x"), _initial("to", "2"), _initial("graph", "r")
    (True, True, False)
    """
    return word[0] == letter or word.startswith(_SPOKEN.get(letter, "\0"))


def _spells(letters: list[str], words: list[str]) -> bool:
    """Whether one letter a word spells the letters; words of grammar may be passed over."""
    at = 0
    for word in words:
        if at < len(letters) and _initial(word, letters[at]):
            at += 1
        elif word not in SMALL_WORDS:
            return False
    return at == len(letters)


def _by_letters(letters: list[str], words: list[tuple[int, int, str]]) -> int | None:
    """Schwartz and Hearst: every letter in order, the first one at the start of a word; the shortest such stretch
    in which no whole content word stands unused at the end."""
    for index in range(len(words) - 1, -1, -1):
        tail = [word.lower() for _, _, word in words[index:]]
        if _initial(tail[0], letters[0]) and tail[0] not in SMALL_WORDS and _covers(tuple(letters), tail):
            return index
    return None


def _covers(letters: tuple[str, ...], words: list[str]) -> bool:
    """Whether the letters can be read off the words in order such that each content word gives its initial, or at
    most one in three gives nothing. A letter after a word's initial may come from anywhere later in that word."""
    unused_allowed = max(0, sum(word not in SMALL_WORDS for word in words) // 3)

    @cache
    def fits(word: int, letter: int, unused: int) -> bool:
        if letter == len(letters):
            left = sum(rest not in SMALL_WORDS for rest in words[word:])
            return left + unused <= unused_allowed
        if word == len(words):
            return False
        if _initial(words[word], letters[letter]):
            taken = letter + 1
            if fits(word + 1, taken, unused):
                return True
            at = 0
            while taken < len(letters):
                at = words[word].find(letters[taken], at + 1)
                if at < 0:
                    break
                taken += 1
                if fits(word + 1, taken, unused):
                    return True
        small = words[word] in SMALL_WORDS
        return (small or unused < unused_allowed) and word > 0 and fits(word + 1, letter, unused + (not small))

    return fits(0, 0, 0)


def _turned(piece: str, end: int, inside: tuple[int, int]) -> _Pair | None:
    """The order short (long): the word before the bracket spells the bracket."""
    word = re.search(r"[^\s()\[\]\"'“”]+$", piece[:end])
    if word is None or not may_be_short(word.group()):
        return None
    letters = [char.lower() for char in plain_short(word.group()) if char.isalnum()]
    words = _words(piece, *inside)
    if len(words) < 2 or len(words) > len(letters) + 4:
        return None
    lower = [w.lower() for _, _, w in words]
    if not _initial(lower[0], letters[0]) or not (_spells(letters, lower) or _covers(tuple(letters), lower)):
        return None
    return (word.start(), end), inside
