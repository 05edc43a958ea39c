"""The values that travel through the program, from a paper that was read to a fact that is kept.

One word per idea: a *mention* is text, an *entity* is one distinct thing of one paper, a *thing* is one node across
papers, a *relation* is found in a paper, a *fact* is kept in the graph, *evidence* is why.

Everything here is frozen, slotted, keyword-only, checked when made, and made of the standard library alone.
Offsets are in code points of the text they index, end exclusive. Scores are in [0, 1], 1 is certain.
What it cannot do: no reading, no writing, no linguistics; see `kg.codec` for the JSON form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

__all__ = [
    "Claim",
    "ClaimKind",
    "Entity",
    "EntityType",
    "Evidence",
    "Fact",
    "Member",
    "Mention",
    "Paper",
    "Polarity",
    "Quantity",
    "QuantityKind",
    "Reason",
    "Record",
    "Relation",
    "RelationType",
    "Source",
    "Span",
    "Thing",
]


class EntityType(StrEnum):
    """What a mention names; the definitions stand in the ontology (`ontology/kg.ttl`)."""

    ARCH = "ARCH"
    METHOD = "METHOD"
    DATASET = "DATASET"
    TASK = "TASK"
    METRIC = "METRIC"


class RelationType(StrEnum):
    """How two things of one paper relate, head to tail."""

    USED_FOR = "USED_FOR"
    EVALUATED_ON = "EVALUATED_ON"
    TRAINED_ON = "TRAINED_ON"
    MEASURED_BY = "MEASURED_BY"
    PART_OF = "PART_OF"
    IS_A = "IS_A"
    BASED_ON = "BASED_ON"
    OUTPERFORMS = "OUTPERFORMS"
    COMPARED_WITH = "COMPARED_WITH"


class ClaimKind(StrEnum):
    """What sort of thing a paper asserts as its own."""

    CONTRIBUTION = "CONTRIBUTION"
    RESULT = "RESULT"
    COMPARISON = "COMPARISON"
    FINDING = "FINDING"
    LIMITATION = "LIMITATION"


class Polarity(StrEnum):
    """Whether a claim says that something is so, or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class QuantityKind(StrEnum):
    """How a number is meant: as it is, as a limit, a span, a change, or a factor."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    LOWER_BOUND = "lower bound"
    UPPER_BOUND = "upper bound"
    RANGE = "range"
    CHANGE = "change"
    RATIO = "ratio"
    COMPLEXITY = "complexity"


def _check_score(score: float) -> None:
    if not 0.0 <= score <= 1.0:
        raise ValueError(f"score {score!r} is not in [0, 1]")


def _check_span(start: int, end: int) -> None:
    if not 0 <= start <= end:
        raise ValueError(f"span [{start}, {end}] is not ordered")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of a text: [start, end) in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)

    def of(self, text: str) -> str:
        """The stretch itself.

        >>> Span(start=3, end=7).of("On MNIST")
        'MNIS'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Source:
    """Where a paper was read: file as named by the user, format, and entry and line counted from 1."""

    file: str
    format: str
    entry: int
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. `text` is the abstract as read, whitespace cleaned once by the reader; every offset indexes it.

    `id` is what the input gave, or is made from the content; `other_ids` holds further ids of the same paper.
    `date` is ISO 8601, as exact as the input is ("2022", "2022-03", "2022-03-03", "--03-03" where no year is known).
    """

    id: str
    title: str
    text: str
    year: int | None = None
    date: str | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    url: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    other_ids: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    comments: int | None = None
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a paper needs an id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names a thing. `entity` is the name of the entity it stands for, if that is known."""

    start: int
    end: int
    text: str
    type: EntityType
    entity: str | None = None
    score: float = 1.0

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        _check_score(self.score)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One distinct thing of one paper: its fullest name there, and every other form seen."""

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an entity needs a name")

    @property
    def forms(self) -> tuple[str, ...]:
        """Name and aliases, the name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """head → tail between two entities of one paper, by name. `evidence` is the sentence that says so."""

    head: str
    type: RelationType
    tail: str
    evidence: Span | None = None
    score: float = 1.0

    def __post_init__(self) -> None:
        _check_score(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A parsed number. `text` is as written; `low` = `high` for a single number; percent stays as percent.

    unit      "%", "points", "x", "s", "GB", "FLOPs", … or None
    base      for a change: the number it started from, if stated
    relative  for a change: True for relative, False for absolute (points), None where the text does not say
    tolerance the ± part, in the same unit
    """

    text: str
    kind: QuantityKind
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    base: float | None = None
    relative: bool | None = None
    tolerance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a paper asserts as its own, in one sentence of its abstract. Unstated slots are None."""

    sentence: Span
    kind: ClaimKind
    subject: str | None = None
    predicate: str | None = None
    object: str | None = None
    metric: str | None = None
    value: str | None = None
    dataset: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    quantity: Quantity | None = None
    score: float = 1.0

    def __post_init__(self) -> None:
        _check_score(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was found in one paper: the fixed record of the design. Its JSON form is `kg.codec`."""

    paper: Paper
    mentions: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    introduced: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()
    sentences: tuple[Span, ...] = ()
    extractor: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The paper's id."""
        return self.paper.id

    def entity(self, name: str) -> Entity | None:
        """The entity of that name, if the record has it."""
        return next((entity for entity in self.entities if entity.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Member:
    """An entity of a paper that belongs to a thing."""

    paper: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reason:
    """Why two forms were made one thing: `rule` names the rule, `left` and `right` the forms it joined.

    rule is one of: same key, abbreviation, authority, spelling, curated.
    """

    rule: str
    left: str
    right: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One node across papers. `id` is the readable last part of its IRI; it does not change when papers are added.

    `aliases` counts every surface form seen, the most frequent first; `concept` is the IRI of the authority's concept
    that it was linked to; `broader` are ids of things or IRIs of concepts above it.
    """

    id: str
    label: str
    type: EntityType
    aliases: tuple[tuple[str, int], ...] = ()
    members: tuple[Member, ...] = ()
    reasons: tuple[Reason, ...] = ()
    concept: str | None = None
    broader: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[str, ...]:
        """Ids of the papers that name it, sorted, each once."""
        return tuple(sorted({member.paper for member in self.members}))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """Why a fact is kept: a stretch of one paper's text, what found it, and how sure it was.

    `part` says which text the offsets index. `stage` names the component: "mentions", "relations", "introduced",
    "claims", "authority", …; an authority's statement has no paper text and start = end = 0.
    """

    paper: str
    start: int
    end: int
    part: Literal["text", "title", "none"] = "text"
    stage: str
    score: float = 1.0

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        _check_score(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """subject → object by a predicate of the ontology (camel case: "evaluatedOn"), and all the evidence for it.

    subject and object are node ids: "thing/…", "paper/…", "claim/…". Raises ValueError for a predicate that is no ASCII word.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...] = field(default=())

    def __post_init__(self) -> None:
        if not (self.predicate.isascii() and self.predicate.isalnum()):
            raise ValueError(f"a predicate is a word of letters and digits, not {self.predicate!r}")

    @property
    def papers(self) -> tuple[str, ...]:
        """Ids of the papers that say so, sorted, each once."""
        return tuple(sorted({item.paper for item in self.evidence if item.paper}))

    @property
    def score(self) -> float:
        """Noisy-or over papers of each paper's best evidence: 1 - ∏ (1 - score).

        Papers are counted, not sentences: one paper that repeats itself is not two witnesses
        (the belief model of INDRA, Gyori et al. 2017, doi:10.15252/msb.20177651, without reader-specific priors).
        """
        return noisy_or(self.evidence)


def noisy_or(evidence: Iterable[Evidence]) -> float:
    """1 - ∏ (1 - best score of each paper), in [0, 1]; 0 for no evidence.

    >>> round(noisy_or([Evidence(paper="a", start=0, end=1, stage="s", score=0.5),
    ...                 Evidence(paper="b", start=0, end=1, stage="s", score=0.5)]), 3)
    0.75
    """
    best: dict[str, float] = {}
    for item in evidence:
        best[item.paper] = max(best.get(item.paper, 0.0), item.score)
    doubt = 1.0
    for paper in sorted(best):
        doubt *= 1.0 - best[paper]
    return 1.0 - doubt if best else 0.0
