"""Small records in our own words, for tests of everything after extraction."""

from __future__ import annotations

from kg.domain import (
    Claim,
    ClaimKind,
    Entity,
    EntityType,
    Member,
    Mention,
    Paper,
    Record,
    Relation,
    RelationType,
    Source,
    Span,
    Thing,
)
from kg.graph import MemoryGraph
from kg.identifiers import slug

__all__ = ["graph", "mention", "record", "records", "things"]

_TYPES = {
    "QuickNet": EntityType.ARCH,
    "SlowNet": EntityType.ARCH,
    "TinyImages": EntityType.DATASET,
    "image sorting": EntityType.TASK,
    "accuracy": EntityType.METRIC,
    "gradient dropping": EntityType.METHOD,
}


def mention(text: str, surface: str, *, entity: str | None = None, score: float = 0.9) -> Mention:
    """The first place of `surface` in `text`, typed by its name."""
    start = text.index(surface)
    name = entity or surface
    return Mention(start=start, end=start + len(surface), text=surface, type=_TYPES[name], entity=name, score=score)


def record(
    number: int,
    text: str,
    *,
    introduced: tuple[str, ...] = (),
    relations: tuple[tuple[str, RelationType, str], ...] = (),
    claims: tuple[Claim, ...] = (),
    year: int | None = None,
) -> Record:
    """A record of one or two sentences; every known name in the text is a mention."""
    title = f"Paper number {number}"
    stop = text.index(". ") + 1 if ". " in text else len(text)
    sentences = (Span(start=0, end=stop), *((Span(start=stop + 1, end=len(text)),) if stop < len(text) else ()))
    names = tuple(name for name in _TYPES if name in text)
    return Record(
        paper=Paper(
            id=f"p{number}",
            title=title,
            text=text,
            year=year,
            authors=("Ada Example",),
            sources=(Source(file="papers.jsonl", format="jsonl", entry=number, line=number),),
        ),
        mentions=tuple(sorted((mention(text, name) for name in names), key=lambda m: m.start)),
        entities=tuple(Entity(name=name, type=_TYPES[name]) for name in names),
        introduced=introduced,
        relations=tuple(
            Relation(head=head, type=kind, tail=tail, evidence=sentences[0], score=0.8)
            for head, kind, tail in relations
        ),
        claims=claims,
        sentences=sentences,
        extractor="by hand",
    )


def records() -> tuple[Record, ...]:
    """Three papers: one introduces QuickNet, one agrees that it beats SlowNet, one says the opposite."""
    first = "We propose QuickNet for image sorting. On TinyImages QuickNet beats SlowNet by 2.5% accuracy."
    second = "QuickNet outperforms SlowNet on TinyImages. It uses gradient dropping."
    third = "SlowNet is better than QuickNet on TinyImages."
    comparison = Claim(
        sentence=Span(start=39, end=len(first)),
        kind=ClaimKind.COMPARISON,
        subject="QuickNet",
        predicate="outperforms",
        object="SlowNet",
        metric="accuracy",
        value="2.5%",
        dataset="TinyImages",
        score=0.7,
    )
    contribution = Claim(
        sentence=Span(start=0, end=38),
        kind=ClaimKind.CONTRIBUTION,
        predicate="introduces",
        object="QuickNet",
        score=0.9,
    )
    return (
        record(
            1,
            first,
            introduced=("QuickNet",),
            relations=(("QuickNet", RelationType.USED_FOR, "image sorting"),),
            claims=(contribution, comparison),
            year=2019,
        ),
        record(
            2,
            second,
            relations=(
                ("QuickNet", RelationType.OUTPERFORMS, "SlowNet"),
                ("QuickNet", RelationType.EVALUATED_ON, "TinyImages"),
            ),
            year=2020,
        ),
        record(
            3,
            third,
            relations=(
                ("SlowNet", RelationType.OUTPERFORMS, "QuickNet"),
                ("SlowNet", RelationType.COMPARED_WITH, "QuickNet"),
                ("TinyImages", RelationType.OUTPERFORMS, "QuickNet"),
            ),
            year=2021,
        ),
    )


def things(given: tuple[Record, ...]) -> tuple[Thing, ...]:
    """One thing a name, as plain as linking can be."""
    members: dict[str, list[Member]] = {}
    forms: dict[str, dict[str, int]] = {}
    for item in given:
        for entity in item.entities:
            members.setdefault(entity.name, []).append(Member(paper=item.id, entity=entity.name))
        for found in (*item.title_mentions, *item.mentions):
            counts = forms.setdefault(found.entity or found.text, {})
            counts[found.text] = counts.get(found.text, 0) + 1
    return tuple(
        Thing(
            id=f"thing/{slug(name)}",
            label=name,
            type=_TYPES[name],
            aliases=tuple(sorted(forms.get(name, {}).items())),
            members=tuple(sorted(members[name])),
        )
        for name in sorted(members)
    )


def graph() -> MemoryGraph:
    """The graph of the three papers."""
    given = records()
    return MemoryGraph.of(given, things(given))
