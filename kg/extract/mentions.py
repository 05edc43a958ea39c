"""Typed mentions by rules: a gazetteer, coined names by their shape, and noun phrases by their head.

In: a text, its sentences and its abbreviations. Out: mentions in order, not overlapping, each with the score of the rule that found it:
the share of that rule's mentions that were right on half of our annotated abstracts (`RULE_SCORES`).
This is the floor that the trained model has to beat. What it cannot do: phrases of action as tasks ("predicting the
next word"), discontinuous phrases, types that only the meaning of the sentence tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.domain import EntityType, Mention, Span
from kg.extract.abbreviations import Abbreviation, plain_short
from kg.extract.gazetteer import Gazetteer, default_gazetteer
from kg.extract.heads import ALONE, NAME_ENDINGS, head_type, singular
from kg.extract.lexicon import EVALUATIVE, FUNCTION_WORDS, GENERIC, PLAIN_TITLES, PRESENTING
from kg.extract.phrases import phrases
from kg.extract.wordlists import words_in
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


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    type: EntityType
    rule: str


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
    found: list[_Candidate] = []
    for words in sentence_words:
        found += _in_sentence(text, words, known)
    found = _with_abbreviations(text, found, abbreviations)
    found = _with_title_name(text, title, found, sentence_words)
    found = _one_type_a_name(text, found)
    return tuple(
        Mention(start=c.start, end=c.end, text=text[c.start : c.end], type=c.type, score=RULE_SCORES[c.rule])
        for c in sorted(found, key=lambda c: (c.start, c.end))
    )


def _in_sentence(text: str, words: Sequence[Word], known: Gazetteer) -> list[_Candidate]:
    found: list[_Candidate] = []
    for start, end in phrases(words):
        candidate = _phrase(text, words, start, end, known)
        if candidate is not None:
            found.append(candidate)
    found += _named_here(text, words, found)
    taken = [(c.start, c.end) for c in found]
    at = 0
    while at < len(words):
        hit = known.longest(words, at)
        if hit is not None:
            length, kind = hit
            first, last = words[at], words[at + length - 1]
            if not any(a < last.end and first.start < b for a, b in taken):
                found.append(_Candidate(first.start, last.end, kind, "gazetteer"))
            at += length
        else:
            at += 1
    return found


_NAMES_NEXT = frozenset({"called", "named", "dubbed", "termed", "coined", "namely", *PRESENTING})


def _named_here(text: str, words: Sequence[Word], found: Sequence[_Candidate]) -> list[_Candidate]:
    """Capitalised words right after "called" or "we introduce": names whose shape alone does not give them away."""
    named: list[_Candidate] = []
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
            named.append(_Candidate(word.start, words[last].end, kind or _named_type(text, words, last), "name"))
    return named


def _phrase(text: str, words: Sequence[Word], start: int, end: int, known: Gazetteer) -> _Candidate | None:
    """The candidate in one noun phrase: up to its last word that is a head or a name; the whole, if it is presented."""
    whole = _whole(words, start, end)
    if whole is not None:
        return whole
    for last in range(end - 1, start - 1, -1):
        word = words[last]
        length = last - start + 1
        phrase = text[words[start].start : word.end]
        listed = known.type_of(phrase)
        if listed is not None:
            return _Candidate(words[start].start, word.end, listed, "gazetteer")
        kind = head_type(word.text)
        if kind is not None and not word.is_name:
            if length == 1 and last == end - 1 and word.lower in BARE_HEADS and _presented(words, start):
                tail = _attached(words, end)
                return _Candidate(word.start, words[tail - 1].end, kind, "attached") if tail > end else None
            if length == 1:
                alone = ALONE.get(word.lower) or ALONE.get(singular(word.lower))
                return _Candidate(word.start, word.end, alone, "alone") if alone else None
            modifiers = words[start:last]
            if all(m.lower in GENERIC for m in modifiers) and not _presented(words, start):
                return None
            return _Candidate(words[start].start, word.end, kind, "phrase")
        if word.is_name:
            return _name(text, words, start, last, end, known)
    return _capitals(text, words, start, end)


def _presented(words: Sequence[Word], start: int) -> bool:
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


def _whole(words: Sequence[Word], start: int, end: int) -> _Candidate | None:
    """A presented phrase whose last word is no head of ours: "we propose a regularized delay"."""
    while end - start > 2 and words[end - 1].lower.endswith(_ADJECTIVE_ENDINGS):
        end -= 1
    last = words[end - 1]
    if end - start < 2 or head_type(last.text) is not None or last.is_name or last.lower in _NO_THINGS:
        return None
    if not _presented(words, start) or all(word.lower in GENERIC for word in words[start:end]):
        return None
    kinds = [kind for word in words[start : end - 1] if (kind := head_type(word.text)) is not None]
    kind = EntityType.TASK if last.lower == "task" else kinds[-1] if kinds else EntityType.METHOD
    return _Candidate(words[start].start, last.end, kind, "presented")


BARE_HEADS = words_in("bare heads")
_ATTACHING = frozenset({"for", "of"})
_MOST_ATTACHED = 7


def _attached(words: Sequence[Word], end: int) -> int:
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


def _name(text: str, words: Sequence[Word], start: int, last: int, end: int, known: Gazetteer) -> _Candidate:
    """A coined name, with the capitalised words right before it."""
    word = words[last]
    first = last
    while first > start and words[first - 1].text[:1].isupper() and not _opens(words, first - 1):
        first -= 1
    listed = known.type_of(word.text) or known.type_of(plain_short(word.text))
    kind = listed or _named_type(text, words, last)
    return _Candidate(words[first].start, word.end, kind, "gazetteer" if listed and first == last else "name")


def _opens(words: Sequence[Word], index: int) -> bool:
    return index == 0


_ON = frozenset(["on", "using", "from", "over"])


def _named_type(text: str, words: Sequence[Word], at: int) -> EntityType:
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


def _capitals(text: str, words: Sequence[Word], start: int, end: int) -> _Candidate | None:
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
    return _Candidate(words[first].start, words[last - 1].end, kind, "capitals")


def _with_abbreviations(text: str, found: list[_Candidate], abbreviations: Sequence[Abbreviation]) -> list[_Candidate]:
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
        found.append(_Candidate(pair.short.start, pair.short.end, kind, "abbreviation"))
        if long is None:
            found = [c for c in found if not (c.start < pair.long.end and pair.long.start < c.end)]
            found.append(_Candidate(pair.long.start, pair.long.end, kind, "abbreviation"))
    for form, kind in kinds.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(form)}s?(?![\w-])", text):
            inside = [c for c in found if c.start < match.end() and match.start() < c.end]
            if not inside:
                found.append(_Candidate(match.start(), match.end(), kind, "abbreviation"))
            elif len(inside) == 1 and inside[0].start == match.start() and inside[0].end == match.end():
                found.remove(inside[0])
                found.append(_Candidate(match.start(), match.end(), kind, "abbreviation"))
    return found


def _with_title_name(
    text: str, title: str, found: list[_Candidate], sentences: Sequence[Sequence[Word]]
) -> list[_Candidate]:
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
                kind = inside[0].type if inside else _named_type(text, words, at)
                if kind is EntityType.METHOD and kinds and kinds[-1] in (EntityType.DATASET, EntityType.ARCH):
                    kind = kinds[-1]
                found = [c for c in found if c not in inside]
                found.append(_Candidate(word.start, end, kind, "title"))
    return found


def _one_type_a_name(text: str, found: list[_Candidate]) -> list[_Candidate]:
    """One form, one kind in a paper: the surer rule's, then the more frequent."""
    votes: dict[str, dict[EntityType, float]] = {}
    for c in found:
        tally = votes.setdefault(text[c.start : c.end].lower(), {})
        tally[c.type] = tally.get(c.type, 0.0) + RULE_SCORES[c.rule]
    return [
        _Candidate(c.start, c.end, max(sorted(votes[key].items()), key=lambda item: item[1])[0], c.rule)
        for c in found
        for key in (text[c.start : c.end].lower(),)
    ]
