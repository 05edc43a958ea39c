"""Whether two nodes that share a block are one thing: first what forbids it, then what speaks for it.

In: two `Node`s and the blocks they met in. Out: a `Reason`, or None. The rules that forbid look at words alone
(`forbidden`), hold for every pair of names in a thing, and so stop chains too:

    numbers   CIFAR-10 and CIFAR-100, Inception-v3 and v4, GPT-3 and GPT-3.5, LLaMA and LLaMA-2
    prefix    supervised, unsupervised and semi-supervised; linear and non-linear; intra- and inter-
    kind      machine translation and neural machine translation: a thing and its kind
    head      GAN and GCN, language model and language modeling: other words, above all another last word

What it cannot do: see that two names with the same words mean two things; types do that in `kg.link.tally`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from kg.domain import EntityType, Reason
from kg.link.normalise import fold, is_short, squash
from kg.link.propose import LEAST_SLIP, SAYS_LITTLE, Block, skeleton
from kg.link.tally import Kind, Node

__all__ = ["LEAST_SHARE", "LEAST_SLIP_SCORE", "adds_nothing", "decide", "forbidden", "is_slip", "numbers"]

LEAST_SHARE = 0.25
"""Least part of a node's names that must have a type before the node is taken to be of that type too."""
LEAST_SLIP_SCORE = 85.0
"""Least rapidfuzz ratio, in [0, 100], of two words that differ by a slip of the pen."""

_MOST = 0.5
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_CONFUSED = ("aei", "ou", "iy")
"""Vowels that are often written for each other."""
_POLAR = [
    "semi",
    "self",
    "weakly",
    "weak",
    "un",
    "non",
    "multi",
    "uni",
    "bi",
    "mono",
    "co",
    "pre",
    "post",
    "sub",
    "super",
    "over",
    "under",
    "inter",
    "intra",
    "anti",
    "de",
    "dis",
    "in",
    "im",
    "ir",
    "hyper",
    "hypo",
    "homo",
    "hetero",
    "micro",
    "macro",
    "auto",
    "re",
    "cross",
    "meta",
    "pseudo",
    "quasi",
    "up",
    "down",
    "out",
    "trans",
    "ultra",
    "mini",
    "low",
    "high",
]
_ACTIVITY = re.compile(
    r"(?:ing|tion|(?<!vi)sion|sis|ment|search|inference|dropout|regression|retrieval|attention|control|mixup)$"
)


def numbers(key: str) -> tuple[str, ...]:
    """The numbers in a key, in order, "v" before a version left out.

    >>> numbers("cifar 10"), numbers("inception v3"), numbers("gpt 3.5 turbo")
    (('10',), ('3',), ('3.5',))
    """
    return tuple(_NUMBER.findall(key))


def is_slip(left: str, right: str) -> bool:
    """Whether two words differ only as a slip of the pen does.

    One letter too many, missing, turned, or a vowel for one that sounds like it, in a long word, away from its ends, where prefixes
    and suffixes are. Real words hardly ever differ so ("causal" and "casual" do, and are too short).

    >>> is_slip("reinforcment", "reinforcement"), is_slip("interpolation", "extrapolation"), is_slip("causal", "casual")
    (True, False, False)
    """
    if min(len(left), len(right)) < LEAST_SLIP or left[:4] != right[:4] or left[-2:] != right[-2:]:
        return False
    if not (left.isalpha() and right.isalpha()) or left == right:
        return False
    if DamerauLevenshtein.distance(left, right, score_cutoff=1) != 1 or ratio(left, right) < LEAST_SLIP_SCORE:
        return False
    if len(left) == len(right):
        differing = {(a, b) for a, b in zip(left, right, strict=True) if a != b}
        return len(differing) == 2 or all(any({a, b} <= set(near) for near in _CONFUSED) for a, b in differing)
    return True


def _prefixed(left: str, right: str) -> bool:
    """Whether two runs of words are one but for a prefix: "semisupervised", "supervised", "unsupervised"."""
    for prefix in _POLAR:
        if left == prefix + right or right == prefix + left:
            return True
        if left.startswith(prefix):
            stem = left[len(prefix) :]
            if len(stem) > 3 and any(right == other + stem for other in _POLAR):
                return True
    return False


def forbidden(left: str, right: str) -> str | None:
    """Why two keys must never be one thing ("numbers", "prefix", "kind", "head"), or None.

    >>> forbidden("cifar 10", "cifar 100"), forbidden("machine translation", "neural machine translation")
    ('numbers', 'kind')
    >>> forbidden("supervised learning", "semi supervised learning"), forbidden("gan", "gcn")
    ('prefix', 'head')
    >>> forbidden("back propagation", "backpropagation"), forbidden("cifar10 dataset", "cifar 10")
    (None, None)
    """
    if numbers(left) != numbers(right):
        return "numbers"
    a, b = skeleton(left), skeleton(right)
    if squash(" ".join(a)) == squash(" ".join(b)):
        return None
    a, b = _core(a), _core(b)
    if squash(" ".join(a)) == squash(" ".join(b)):
        return None
    shared = _shared_start(a, b)
    tail = _shared_start(a[shared:][::-1], b[shared:][::-1])
    middle_a, middle_b = a[shared : len(a) - tail], b[shared : len(b) - tail]
    if _prefixed("".join(middle_a), "".join(middle_b)) or _prefixed("".join(a), "".join(b)):
        return "prefix"
    if set(a) < set(b) or set(b) < set(a):
        return None if _turns(a, b) else "kind"
    if len(middle_a) == len(middle_b) == 1 and is_slip(middle_a[0], middle_b[0]):
        return None
    return None if _turns(a, b) else "head"


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without a last word that may say nothing."""
    return words[:-1] if len(words) > 1 and words[-1] in SAYS_LITTLE else words


def _shared_start(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        count += 1
    return count


def _turns(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one is the other turned round "of"."""
    return any("of" in x[1:-1] and (*x[x.index("of") + 1 :], *x[: x.index("of")]) == y for x, y in ((a, b), (b, a)))


def decide(left: Node, right: Node, met: Iterable[tuple[Block, Block]]) -> Reason | None:
    """Why two nodes are one thing, or None if they are not; `met` are the blocks of left and right with one text."""
    if {left.kind, right.kind} == {Kind.DATASET, Kind.METRIC}:
        return None
    if left.kind != right.kind and (left.short or right.short or left.part or right.part):
        return None
    found: Reason | None = None
    for of_left, of_right in met:
        score = _score(left, right, of_left, of_right)
        if score is not None and (found is None or score > found.score):
            found = Reason(rule="spelling", left=left.key, right=right.key, score=score)
    if found is None or forbidden(left.key, right.key) is not None:
        return None
    return found


def _score(left: Node, right: Node, of_left: Block, of_right: Block) -> float | None:
    """How much one meeting in a block is worth, in (0, 1], or None."""
    sorts = {of_left.sort, of_right.sort}
    if sorts == {"own"}:
        return 1.0
    if sorts == {"hole"}:
        return _slip_score(left.key, right.key)
    if sorts == {"own", "wider"}:
        wide, narrow, word = (left, right, of_left.word) if of_left.sort == "wider" else (right, left, of_right.word)
        return 0.95 if _says_nothing(word, wide, narrow) else None
    return None


def _slip_score(left: str, right: str) -> float | None:
    pairs = [(a, b) for a, b in zip(skeleton(left), skeleton(right), strict=True) if a != b]
    if len(pairs) != 1 or not is_slip(*pairs[0]):
        return None
    return round(ratio(*pairs[0]) / 100, 4)


def _says_nothing(word: str, wide: Node, narrow: Node) -> bool:
    """Whether the word left out of `wide` adds nothing to `narrow`, by the types and shapes of both."""
    if word == "of":
        return wide.kind == narrow.kind
    last = skeleton(narrow.key)[-1]
    coined = narrow.short or any(c.isdigit() for c in last)
    least = _MOST if word in _METRIC_WORDS else LEAST_SHARE
    return any(
        _fits(word, entity_type, last, coined)
        for entity_type in EntityType
        if wide.share(entity_type) >= least and narrow.share(entity_type) >= least
    )


def adds_nothing(word: str, entity_type: EntityType, label: str) -> bool:
    """Whether a last word adds nothing to a concept's label ("BERT model", "ImageNet dataset", "BLEU score").

    >>> adds_nothing("model", EntityType.ARCH, "BERT"), adds_nothing("model", EntityType.ARCH, "attention")
    (True, False)
    """
    last = label.rsplit(" ", 1)[-1]
    coined = is_short(last) or last[:1].isupper() or any(c.isdigit() for c in last)
    return _fits(word, entity_type, skeleton(fold(label))[-1], coined)


_METRIC_WORDS = frozenset({"score", "metric", "value"})


def _fits(word: str, entity_type: EntityType, last: str, coined: bool) -> bool:
    """Whether a thing of this type, whose name ends in `last`, may carry the word without becoming another thing."""
    making = entity_type in (EntityType.METHOD, EntityType.ARCH)
    match word:
        case "method" | "algorithm" | "mechanism" | "process":
            return making and (coined or bool(_ACTIVITY.search(last)))
        case "model" | "network" | "framework" | "system":
            return making and coined
        case "dataset":
            return entity_type == EntityType.DATASET
        case "score" | "metric" | "value":
            return entity_type == EntityType.METRIC
        case "task" | "problem":
            return entity_type == EntityType.TASK and bool(_ACTIVITY.search(last))
    return False
