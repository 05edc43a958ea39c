"""Coined names and proper names: where they stand, and what kind of thing they are.

In: the words of a sentence, and the title. Out: candidates for mentions. The kind is told by the words around ("the X dataset"), by the ending ("…Net",
"…GAN") or by an apposition ("X, a new network"); where nothing tells, a name is a method.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.domain import EntityType
from kg.extract.abbreviations import plain_short
from kg.extract.gazetteer import Gazetteer
from kg.extract.heads import NAME_ENDINGS, head_type
from kg.extract.lexicon import PLAIN_TITLES, PRESENTING
from kg.extract.words import Word

__all__ = ["Candidate", "capitals", "coined", "named_here", "named_type", "with_title_name"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that a rule takes for a mention."""

    start: int
    end: int
    type: EntityType
    rule: str


_NAMES_NEXT = frozenset({"called", "named", "dubbed", "termed", "coined", "namely", *PRESENTING})


def named_here(text: str, words: Sequence[Word], found: Sequence[Candidate]) -> list[Candidate]:
    """Capitalised words right after "called" or "we introduce": names whose shape alone does not give them away."""
    named: list[Candidate] = []
    for at in range(1, len(words)):
        word = words[at]
        before = words[at - 1].lower
        if (
            not word.text[0].isupper()
            or before not in _NAMES_NEXT
            or text[words[at - 1].end : word.start].strip(" \"'“`*")
        ):
            continue
        last = at
        while last + 1 < len(words) and words[last + 1].joined and words[last + 1].text[0].isupper():
            last += 1
        if not any(c.start < words[last].end and word.start < c.end for c in found):
            kind = head_type(words[last].text) if last > at else None
            named.append(Candidate(word.start, words[last].end, kind or named_type(text, words, last), "name"))
    return named


def coined(text: str, words: Sequence[Word], start: int, last: int, end: int, known: Gazetteer) -> Candidate:
    """A coined name, with the capitalised words right before it."""
    word = words[last]
    first = last
    while first > start and words[first - 1].text[:1].isupper() and not _opens(words, first - 1):
        first -= 1
    listed = known.type_of(word.text) or known.type_of(plain_short(word.text))
    kind = listed or named_type(text, words, last)
    return Candidate(words[first].start, word.end, kind, "gazetteer" if listed and first == last else "name")


def _opens(words: Sequence[Word], index: int) -> bool:
    return index == 0


_ON = frozenset(["on", "using", "from", "over"])


def named_type(text: str, words: Sequence[Word], at: int) -> EntityType:
    """What kind of thing a coined name is, by the words around it and by its ending."""
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    if after is not None and (kind := head_type(after.text)) is not None:
        return kind
    lower = words[at].lower
    fitting = [(len(end), kind) for end, kind in NAME_ENDINGS if lower.endswith(end) and len(lower) > len(end)]
    if fitting:
        return max(fitting, key=lambda item: item[0])[1]
    said = re.match(
        r"\)?,?\s(?:is|are|which is|as|that is)?\s?(?:an?|the|our|its)\s+([\w\s-]{3,80})",
        text[words[at].end : words[at].end + 100],
    )
    if said:
        kinds = [kind for token in said.group(1).split()[:7] if (kind := head_type(token)) is not None]
        if kinds:
            return kinds[0]
    before = words[at - 1].lower if at else ""
    if before in _ON and re.search(r"\d", lower):
        return EntityType.DATASET
    return EntityType.METHOD


def capitals(text: str, words: Sequence[Word], start: int, end: int) -> Candidate | None:
    """Two or more capitalised words in mid-sentence: a proper name."""
    first = start
    while first < end and (not words[first].text[:1].isupper() or _opens(words, first)):
        first += 1
    last = first
    while last < end and words[last].text[:1].isupper():
        last += 1
    if last - first < 2:
        return None
    kind = head_type(words[last - 1].text) or EntityType.METHOD
    return Candidate(words[first].start, words[last - 1].end, kind, "capitals")


def with_title_name(
    text: str, title: str, found: list[Candidate], sentences: Sequence[Sequence[Word]]
) -> list[Candidate]:
    """A title "Name: what it is" tells a name that no shape gives away ("einspace"), wherever the text has it."""
    head, colon, rest = title.partition(":")
    name = head.strip()
    if (
        not colon
        or not 0 < len(name.split()) <= 2
        or any(word.lower() in PLAIN_TITLES for word in re.split(r"[\s-]", name))
    ):
        return found
    kinds = [kind for word in rest.split()[:12] if (kind := head_type(word.strip(",.()"))) is not None]
    for words in sentences:
        for at, word in enumerate(words):
            if (
                not text.startswith(name, word.start)
                or text[word.start + len(name) : word.start + len(name) + 1].isalnum()
            ):
                continue
            end = word.start + len(name)
            inside = [c for c in found if c.start < end and word.start < c.end]
            if all(c.rule in ("name", "capitals", "phrase") for c in inside):
                kind = inside[0].type if inside else named_type(text, words, at)
                if kind is EntityType.METHOD and kinds and kinds[-1] in (EntityType.DATASET, EntityType.ARCH):
                    kind = kinds[-1]
                found = [c for c in found if c not in inside]
                found.append(Candidate(word.start, end, kind, "title"))
    return found
