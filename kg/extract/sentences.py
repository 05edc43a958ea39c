"""Sentences of an abstract, as spans of its text.

In: a text. Out: spans in order, trimmed of white space, that together hold every visible character.
Survives abbreviations (e.g., i.e., vs., et al., Fig., approx.), decimals, LaTeX between dollar signs, addresses, ellipses,
"?!", initials, list markers, closing quotes and sentences inside brackets. The rules are those of the trade (Grefenstette and
Tapanainen 1994, "What is a word, what is a sentence?") with lists from our own reading of abstracts.
What it cannot do: tell a sentence end after an abbreviation from an abbreviation inside a sentence where the next
word is a name; there it does not split, unless that word is one that opens sentences ("We", "However").
"""

from __future__ import annotations

import re

from kg.domain import Span
from kg.extract.wordlists import words_in

__all__ = ["sentence_spans"]

_NEVER_LAST = words_in("never last")
"""Abbreviations that stand before something; a split follows only before an opening word."""

_MAYBE_LAST = words_in("maybe last")
"""Abbreviations that also end sentences: split before a capital."""

_OPENERS = words_in("openers")

_TERMINATOR = re.compile(r"[.?!…]+[\"'”’»)\]}*]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MATH = re.compile(r"(?<!\\)\$\$?[^$\n]{1,200}?(?<!\\)\$\$?|\\\(.{1,200}?\\\)|\\\[.{1,300}?\\\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]*$")
_NEXT_WORD = re.compile(r"[\"'“‘(\[*%$\\{]*([^\s.,;:!?)\]]+)")
_LIST_MARKER = re.compile(r"(?:^|[\s.:;(])(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\.$")
_GLUED = re.compile(r"(?<=[a-z)\]]{2})[.?!](?=([A-Z][a-z]+)\s)")
_MAX_BRACKET = 400
_NEAR = 80
"""How many characters to either side are looked at, so that the cost stays linear in the length of the text."""


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, not empty, not overlapping.

    >>> [span.of("We beat it, e.g. by 1.5 points. Code is out!") for span in sentence_spans(
    ...     "We beat it, e.g. by 1.5 points. Code is out!")]
    ['We beat it, e.g. by 1.5 points.', 'Code is out!']
    """
    ends = sorted({*_breaks_at_terminators(text), *(match.start() for match in _BLANK_LINE.finditer(text))})
    spans: list[Span] = []
    start = 0
    for end in (*ends, len(text)):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append(Span(start=left, end=right))
        start = max(start, end)
    return tuple(spans)


def _breaks_at_terminators(text: str) -> list[int]:
    shut = _shut(text)
    ends = [
        match.end()
        for match in _TERMINATOR.finditer(text)
        if not (match.start() < len(shut) and shut[match.start()]) and _ends_sentence(text, match, shut)
    ]
    ends += [m.end() for m in _GLUED.finditer(text) if m.group(1) in _OPENERS and not shut[m.start()]]
    return ends


def _shut(text: str) -> bytearray:
    """One byte a character, 1 where no sentence can end: formulas, addresses, brackets that close again."""
    shut = bytearray(len(text) + 1)
    for pattern in (_MATH, _ADDRESS):
        for match in pattern.finditer(text):
            end = match.end()
            if pattern is _ADDRESS:
                end -= len(match.group()) - len(match.group().rstrip(".,;)"))
            shut[match.start() : end] = b"\x01" * (end - match.start())
    open_at: list[int] = []
    for index, char in enumerate(text):
        if shut[index]:
            continue
        if char in "([":
            open_at.append(index)
        elif char in ")]" and open_at:
            begin = open_at.pop()
            if index - begin <= _MAX_BRACKET and not _opens_sentence(text, begin):
                shut[begin:index] = b"\x01" * (index - begin)
    return shut


def _opens_sentence(text: str, bracket: int) -> bool:
    """Whether a bracket stands where a sentence begins, so that whole sentences may lie in it."""
    before = text[max(0, bracket - _NEAR) : bracket].rstrip()
    return not before or before[-1] in ".?!"


def _ends_sentence(text: str, match: re.Match[str], shut: bytearray) -> bool:
    end = match.end()
    rest = text[end : end + _NEAR]
    if not rest.strip():
        return True
    if not rest[0].isspace():
        return False
    following = _NEXT_WORD.match(rest.lstrip())
    word = following.group(1) if following else ""
    signs = match.group().rstrip("\"'”’»)]}*")
    if "!" in signs or "?" in signs:
        return not word[:1].islower() or _is_odd_name(word)
    if signs.startswith(("..", "…")):
        return word[:1].isupper()
    before = _LAST_WORD.search(text[max(0, match.start() - _NEAR) : match.start()])
    last = before.group() if before else ""
    if _LIST_MARKER.search(text[max(0, match.start() - 6) : match.start()] + ".") and _begins_here(
        text, match.start(), last
    ):
        return False
    if word[:1].islower() and not _is_odd_name(word):
        return False
    key = last.lower().lstrip("~(").removesuffix(".")
    if key in _NEVER_LAST:
        return word in _OPENERS and key not in ("e.g", "i.e", "eg", "ie", "vs", "cf", "fig", "eq", "sec", "dr", "prof")
    if key in _MAYBE_LAST:
        return word[:1].isupper()
    if len(last) == 1 and last.isupper():
        if len(word) == 1 and word.isupper() and word not in ("A", "I"):
            return False
        return word in _OPENERS or not _after_name(text, match.start())
    return True


def _is_odd_name(word: str) -> bool:
    """A name that begins in lower case: iCaRL, word2vec."""
    return any(char.isupper() or char.isdigit() for char in word[1:])


def _begins_here(text: str, dot: int, last: str) -> bool:
    """Whether the word before the dot is the first of its sentence: "1. First we", and not "by 10."."""
    before = text[max(0, dot - len(last) - _NEAR) : dot - len(last)].rstrip(" (")
    return not before or before[-1] in ".?!:;\n"


def _after_name(text: str, dot: int) -> bool:
    """Whether a single capital follows a capitalised word or another initial, as in "Jane Q. Public"."""
    words = text[max(0, dot - _NEAR) : dot].split()[-2:-1]
    return not words or words[0][:1].isupper()
