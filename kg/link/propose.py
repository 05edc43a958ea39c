"""Which keys may be one thing: every key names a few blocks, and only keys that share a block are compared.

In: one key. Out: its `Block`s, a pure function of the key, so that proposing is a join on a column: linear in the
number of keys, the same on one machine and on many. Three sorts:

    own     what is left of the key when stems, spaces and interchangeable words do not count
    wider   the same without a word that may say nothing ("NAS algorithm", "MNIST dataset", "image classification task")
            or turned round ("recognition of speech"); whether it says nothing is for `kg.link.decide`
    hole    one long word cut out but for its ends: two keys that differ by a slip of the pen meet here

What it cannot do: find synonyms ("forecasting", "prediction"); those are an authority's to state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.link.normalise import squash

__all__ = ["LEAST_SLIP", "MAY_SAY_LITTLE", "SAYS_LITTLE", "Block", "blocks", "meeting_pairs", "skeleton"]

LEAST_SLIP = 9
"""Letters a word must have before a difference in it can pass for a slip of the pen."""

_CROWD = 48
_WINDOW = 8
_SAME_WORD = {
    **dict.fromkeys(("technique", "approach", "strategy", "procedure", "scheme", "methodology"), "method"),
    **dict.fromkeys(("corpus", "benchmark", "database"), "dataset"),
    "architecture": "model",
}
_STRUCTURE = frozenset(
    [
        "attention",
        "capsule",
        "connected",
        "convolution",
        "deep",
        "dense",
        "feedforward",
        "forward",
        "graph",
        "layered",
        "linear",
        "modular",
        "multilayer",
        "neural",
        "recurrent",
        "recursive",
        "residual",
        "shallow",
        "siamese",
        "sparse",
        "spiking",
        "wide",
    ]
)
SAYS_LITTLE = frozenset(
    [
        "algorithm",
        "dataset",
        "framework",
        "mechanism",
        "method",
        "metric",
        "model",
        "network",
        "problem",
        "process",
        "score",
        "system",
        "task",
        "value",
    ]
)
"""Last words that may be left out of a name, where types and shapes agree (`kg.link.decide`)."""
MAY_SAY_LITTLE = SAYS_LITTLE | {word for word, same in _SAME_WORD.items() if same in SAYS_LITTLE} | {"set", "net"}
"""The same in all their forms, as last words of a key."""
_TIONAL = re.compile(r"(?<=\w{3})(t|s)ional$")


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """One block that a key is in. `word` is what was left out to get there: a word, "of" for a turned name, or empty."""

    sort: str
    text: str
    word: str = ""

    @property
    def place(self) -> str:
        """Where keys meet: own and wider blocks with one text are one place, holes are places of their own."""
        return f"~{self.text}" if self.sort == "hole" else self.text


def _stem(word: str) -> str:
    return _SAME_WORD.get(word) or _shortened(word)


def _shortened(word: str) -> str:
    """ "computation" for "computational"; most words are none, which is told faster without a pattern."""
    return _TIONAL.sub(r"\1ion", word) if word.endswith(("tional", "sional")) else word


@lru_cache(maxsize=1 << 16)
def skeleton(key: str) -> tuple[str, ...]:
    """The words of a key that tell it from others, in order.

    >>> skeleton("deep convolutional neural network"), skeleton("computational efficiency")
    (('deep', 'convolution', 'network'), ('computation', 'efficiency'))
    >>> skeleton("speech data set") == skeleton("speech benchmark"), skeleton("bayesian neural network")
    (True, ('bayesian', 'neural', 'network'))
    """
    words = key.split(" ")
    if len(words) == 1:
        return (key,)
    kept: list[str] = []
    for number, word in enumerate(words):
        if word == "set" and kept and kept[-1] == "data":
            kept[-1] = "dataset"
        elif word == "net" and kept and kept[-1] in _STRUCTURE:
            kept.append("network")
        elif number == 0:
            kept.append(_shortened(word))
        else:
            kept.append(_stem(word))
    if len(kept) > 2 and kept[-1] == "network" and kept[-2] == "neural" and kept[-3] in _STRUCTURE:
        del kept[-2]
    return tuple(kept)


def _joined(words: tuple[str, ...]) -> str:
    return squash(" ".join(words))


def _turned(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """ "recognition of speech" as "speech recognition", where "of" is the only link word."""
    at = words.index("of")
    head, rest = words[:at], words[at + 1 :]
    if not rest or not head or at > 2 or set(rest) & {"of", "and", "for", "in", "with", "to", "from", "the"}:
        return None
    return (*rest, *head)


@lru_cache(maxsize=1 << 15)
def blocks(key: str) -> tuple[Block, ...]:
    """The blocks of a key, its own first.

    >>> [(block.sort, block.text, block.word) for block in blocks("attention mechanism")][:2]
    [('own', 'attentionmechanism', ''), ('wider', 'attention', 'mechanism')]
    """
    words = skeleton(key)
    found = [Block("own", _joined(words))]
    if len(words) > 1 and words[-1] in SAYS_LITTLE:
        found.append(Block("wider", _joined(words[:-1]), words[-1]))
    if "of" in words[1:-1]:
        turned = _turned(words)
        if turned is not None:
            found.append(Block("wider", _joined(turned), "of"))
    for at, word in enumerate(words):
        if len(word) >= LEAST_SLIP and word.isalpha():
            context = "\x1f".join((*words[:at], "", *words[at + 1 :]))
            found.append(Block("hole", f"{context}\x1f{word[:4]}...{word[-2:]}"))
    return tuple(found)


def meeting_pairs(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of keys of one place that are to be compared, the smaller first.

    All of them, unless there are more than 48 keys: then each with the eight after it in order, so that no place costs
    more than its size.

    >>> list(meeting_pairs(["b", "a", "c"]))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    ordered = sorted(set(keys))
    reach = len(ordered) if len(ordered) <= _CROWD else _WINDOW
    for number, left in enumerate(ordered):
        for right in ordered[number + 1 : number + 1 + reach]:
            yield left, right
