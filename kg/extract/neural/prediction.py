"""What the trained model says of one text, as plain frozen values: no numpy, no thresholds applied but a low floor.

Comes in: nothing; `kg.extract.neural.predict` fills these. Scores are the model's own probabilities in [0, 1], not yet
calibrated (see `Calibration.score`). Offsets are in code points of the text, or of the title for title mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.domain import ClaimKind, EntityType, RelationType
from kg.extract.neural.calibration import Calibration
from kg.extract.neural.tokens import Prepared

__all__ = ["ALIKE", "SLOTS", "Grouping", "Prediction", "RawFar", "RawMention", "RawRelation", "RawSlot", "Same"]

SLOTS = ("subject", "object", "metric", "dataset", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMention:
    """A stretch of the text (or of the title) that names a thing; `introduced` is the probability that it is new."""

    start: int
    end: int
    type: EntityType
    score: float
    introduced: float
    title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRelation:
    """head → tail, indices of mentions of the text: the pair of mentions that says it best. One for each pair of groups.

    `score` is the probability that the two are related at all in any way, `type_score` that they are and as `type` says.
    """

    head: int
    type: RelationType
    tail: int
    score: float
    type_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSlot:
    """A stretch of a sentence that fills a slot (see SLOTS) of what the sentence claims; `mention` if it is exactly one."""

    sentence: int
    slot: str
    start: int
    end: int
    score: float
    mention: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFar:
    """The thing of a mention as the subject of a sentence that does not name it."""

    sentence: int
    mention: int
    score: float


Same = tuple[tuple[int, int, float], ...]
"""(mention, later mention, probability that they are one thing), by index; pairs below ALIKE are left out."""
ALIKE = 0.02
"""From what probability on two mentions are given as perhaps one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """All that the model says of one text. `kinds` has a probability for each claim kind, one mapping a sentence.

    Mentions are in order of the text and do not overlap, title mentions likewise; indices elsewhere count `mentions`.
    `same` has pairs of mentions, the earlier first, with the probability that they are one thing.
    """

    mentions: tuple[RawMention, ...] = ()
    title_mentions: tuple[RawMention, ...] = ()
    same: Same = ()
    relations: tuple[RawRelation, ...] = ()
    kinds: tuple[dict[ClaimKind, float], ...] = ()
    slots: tuple[RawSlot, ...] = ()
    far: tuple[RawFar, ...] = ()


Grouping = Callable[[Prepared, Sequence[RawMention], Same, Calibration], Sequence[int]]
"""From mentions of a text, how likely any two are one thing, and from what probability on they are, to the number of the thing that each stands for."""
