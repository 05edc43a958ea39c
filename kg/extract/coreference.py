"""Which things of one abstract are one though their forms differ: "CNNs" where "convolutional neural networks" stood, "the
compression" for "network compression", "annotating images" for "image annotation".

In: the text, its sentences, and mentions grouped by form (`kg.extract.entities`). Out: pairs of groups that are one thing. Two
groups that share words, or of which one spells the other, have cues (`pairs`); logistic regression weighs them, and a group
joins the surest other one. The weights are in `coreference.tsv`, fitted by `python -m kg.train cues` on annotated abstracts.
Cannot: synonyms without a word or letters in common; reference from one abstract to another, which is for `kg.link`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.domain import EntityType, Mention, Span
from kg.extract.abbreviations import SMALL_WORDS, abbreviates, may_be_short, plain_short
from kg.extract.heads import singular
from kg.extract.linear import load_table, logistic

__all__ = ["Groups", "Likely", "pairs", "same_things"]

Groups = Mapping[str, Sequence[Mention]]
"""Mentions of the abstract by what their group goes by, in the order of the first mentions."""

_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hese|[Tt]hose|[Oo]ur|[Ii]ts|[Ss]uch|proposed|resulting)\s$")
_ENDING = re.compile(r"(?:isation|ization|ations?|ating|ated|ates?|ings?|ions?|ors?|ers?|ed|es|s|e|al|ly|y)$")
_LINK = re.compile(r",? (?:and|or|with|versus|vs\.?|to|than) (?:the )?|, |/")
_LEFT_OUT = frozenset(
    [
        "deep",
        "neural",
        "standard",
        "plain",
        "large",
        "small",
        "pretrained",
        "trained",
        "linear",
        "graph",
        "multi",
        "single",
        "end",
        "learned",
        "new",
        "fine",
        "grained",
        "model",
        "network",
        "method",
        "algorithm",
        "approach",
        "task",
        "dataset",
        "data",
        "framework",
        "architecture",
        "training",
        "learning",
        "based",
        "problem",
        "function",
        "layer",
        "module",
    ]
)
"""Words whose absence has a weight of its own."""
_REACH = 60
"""How many groups further on a group is compared with: more than an abstract has; on a page of a long text it bounds the time."""
_FEW = 3
"""Counts of words from here on are one cue, and a stem has as many letters at least."""
_BETWEEN = 16
"""Two mentions with more characters than this between them are not coordinated."""
_SURE = 0.999
"""No model is surer than this: log odds stay finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Mentions of one form, with what is compared of them."""

    key: str
    mentions: tuple[Mention, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    numbers: frozenset[str]
    sentences: frozenset[int]
    shorts: frozenset[str]

    @property
    def type(self) -> EntityType:
        """That of the first mention."""
        return self.mentions[0].type


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """What a model thinks: the probability that two mentions are one thing, by where they start, the earlier first; `floor`
    for those that are not in it. Things are one from `limit` on."""

    probabilities: Mapping[tuple[int, int], float]
    floor: float
    limit: float

    def odds(self, part: Sequence[Mention], whole: Sequence[Mention]) -> float:
        """The mean of the log odds over the pairs of their mentions."""
        found = []
        for one in part:
            for other in whole:
                place = min(one.start, other.start), max(one.start, other.start)
                probability = min(_SURE, self.probabilities.get(place, self.floor))
                found.append(math.log(probability / (1 - probability)))
        return sum(found) / len(found)


def same_things(
    text: str, sentences: Sequence[Span], groups: Groups, likely: Likely | None = None
) -> tuple[tuple[str, str], ...]:
    """(group, other group that it is one with), for every group that is one with another: the likeliest other one.

    What a model thinks, where one was asked, and what the cues say have the same weight: the mean of their log odds decides.

    >>> text = "Convolutional neural networks are wide. CNNs are deep."
    >>> long = Mention(start=0, end=29, text="Convolutional neural networks", type=EntityType.ARCH)
    >>> short = Mention(start=40, end=44, text="CNNs", type=EntityType.ARCH)
    >>> same_things(text, [Span(start=0, end=39), Span(start=40, end=54)], {"long": [long], "short": [short]})
    (('short', 'long'),)
    """
    table = load_table("coreference.tsv")
    limit = likely.limit if likely is not None else table["threshold"][0]
    best: dict[str, tuple[float, str]] = {}
    for part, whole, cues in pairs(text, sentences, groups):
        odds = sum(table[cue][0] for cue in cues if cue in table)
        if likely is not None:
            odds = (odds + likely.odds(groups[part], groups[whole])) / 2
        score = logistic(odds)
        if score >= limit and score > best.get(part, (0.0, ""))[0]:
            best[part] = score, whole
    return tuple((part, whole) for part, (_, whole) in best.items())


def pairs(text: str, sentences: Sequence[Span], groups: Groups) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(part, whole, cues that hold, sorted) of groups that share words or letters; the one with fewer words is the part, of equal
    ones the later. Each pair comes once."""
    every = [_group(key, members, sentences) for key, members in groups.items()]
    for at, first in enumerate(every):
        near = every[max(0, at - _REACH) : at + _REACH]
        for second in every[at + 1 : at + 1 + _REACH]:
            later = len(second.words) <= len(first.words)
            part, whole = (second, first) if later else (first, second)
            shape = _shape(part, whole) if part.numbers == whole.numbers else None
            if shape is not None:
                yield part.key, whole.key, _cues(text, part, whole, near, shape, later=later)


def _group(key: str, members: Sequence[Mention], sentences: Sequence[Span]) -> _Group:
    words = max((tuple(re.findall(r"[\w+]+", m.text.lower())) for m in members), key=len)
    return _Group(
        key=key,
        mentions=tuple(members),
        words=words,
        stems=tuple(map(_stem, words)),
        content=frozenset(_stem(word) for word in words if word not in SMALL_WORDS),
        numbers=frozenset(word for word in words if any(char.isdigit() or char == "+" for char in word)),
        sentences=frozenset(at for at, s in enumerate(sentences) if any(s.start <= m.start < s.end for m in members)),
        shorts=frozenset(short for m in members if " " not in m.text and may_be_short(short := plain_short(m.text))),
    )


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """What a noun, its plural and its verb share: "annotation" and "annotating" are "annot"."""
    one = singular(word)
    bare = _ENDING.sub("", one)
    return bare if len(bare) >= _FEW else one


def _cues(
    text: str, part: _Group, whole: _Group, near: Sequence[_Group], shape: str, *, later: bool
) -> tuple[str, ...]:
    rivals = 0
    if shape != "overlap":
        rivals = sum(other is not part and other is not whole and _shape(part, other) == shape for other in near)
    left = [singular(w) for w, stem in zip(whole.words, whole.stems, strict=True) if stem not in part.stems]
    left = [word for word in left if word not in SMALL_WORDS]
    joint = {
        "later" if later else "first",
        part.type.value if part.type is whole.type else "other type",
        f"words {min(_FEW, len(part.words))}",
        f"rivals {min(2, rivals)}",
    }
    if any(_DEFINITE.search(text[max(0, m.start - 12) : m.start]) for m in part.mentions):
        joint.add("definite")
    cues = {"bias", shape, *joint, *(f"{shape}, {cue}" for cue in joint), f"left out {min(_FEW, len(left))}"}
    cues |= {f"without {word}" for word in left if word in _LEFT_OUT}
    held = {
        "coordinated": any(_coordinated(text, m, n) for m in part.mentions for n in whole.mentions),
        "same sentence": bool(part.sentences & whole.sentences),
        "capital": any(m.text[:1].isupper() and m.start and text[m.start - 2 : m.start] != ". " for m in part.mentions),
        "part often": len(part.mentions) > 1,
        "whole often": len(whole.mentions) > 1,
    }
    return tuple(sorted(cues | {cue for cue, holds in held.items() if holds}))


def _shape(part: _Group, whole: _Group) -> str | None:
    """How the words of one lie in those of the other: "spelled" where the part is the initials of the whole, though no bracket says
    so; None where they have nothing in common."""
    if len(whole.words) > 1 and any(abbreviates(short, m.text) for short in part.shorts for m in whole.mentions):
        return "spelled"
    if part.content.isdisjoint(whole.content):
        return None
    a, b = part.stems, whole.stems
    if len(a) < len(b) and b[-len(a) :] == a:
        return "end"
    if len(a) < len(b) and b[: len(a)] == a:
        return "begin"
    if part.content == whole.content:
        return "same stems"
    if part.content < whole.content:
        return "within"
    return "head" if a[-1:] == b[-1:] else "overlap"


def _coordinated(text: str, one: Mention, other: Mention) -> bool:
    first, second = (one, other) if one.start < other.start else (other, one)
    return second.start - first.end < _BETWEEN and _LINK.fullmatch(text, first.end, second.start) is not None
