"""Seven invented papers about invented things, small enough to know every answer by heart."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.domain import (
    Claim,
    ClaimKind,
    Entity,
    EntityType,
    Member,
    Mention,
    Paper,
    Quantity,
    QuantityKind,
    Reason,
    Record,
    Relation,
    RelationType,
    Source,
    Span,
    Thing,
)
from kg.graph import MemoryGraph
from kg.identifiers import slug

__all__ = ["HIERARCHY", "graph", "hostile", "records", "things"]

_ARCH, _METHOD, _DATASET, _TASK, _METRIC = EntityType
TYPES = {
    "LampNet": _ARCH,
    "BeaconNet": _ARCH,
    "StoneNet": _ARCH,
    "PebbleNet": _ARCH,
    "signal head": _ARCH,
    "slow start": _METHOD,
    "TownMaps": _DATASET,
    "RiverMaps": _DATASET,
    "map reading": _TASK,
    "route finding": _TASK,
    "accuracy": _METRIC,
}
_LINK = {
    "usedFor": RelationType.USED_FOR,
    "evaluatedOn": RelationType.EVALUATED_ON,
    "trainedOn": RelationType.TRAINED_ON,
    "measuredBy": RelationType.MEASURED_BY,
    "partOf": RelationType.PART_OF,
    "isA": RelationType.IS_A,
    "basedOn": RelationType.BASED_ON,
    "outperforms": RelationType.OUTPERFORMS,
    "comparedWith": RelationType.COMPARED_WITH,
}


def _paper(
    name: str,
    title: str,
    year: int,
    sentences: tuple[str, ...],
    *,
    introduced: tuple[str, ...] = (),
    relations: tuple[tuple[str, str, str, int, float], ...] = (),
    claims: tuple[tuple[int, Claim], ...] = (),
) -> Record:
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    found = tuple(name for name in TYPES if re.search(rf"\b{name}\b", f"{title} {text}", re.I))
    return Record(
        paper=Paper(
            id=name,
            title=title,
            text=text,
            year=year,
            date=f"{year}-05",
            doi=f"10.5555/{name.upper()}",
            authors=("Ada Example", "Ben Example"),
            url=f"https://example.org/{name}",
            code=(f"https://example.org/{name}/code",),
            venue="Journal of Examples",
            comments=3,
            sources=(Source(file="papers.jsonl", format="jsonl", entry=1, line=1),),
        ),
        mentions=_mentions(text, found),
        title_mentions=_mentions(title, found),
        entities=tuple(Entity(name=item, type=TYPES[item]) for item in found),
        introduced=introduced,
        relations=tuple(
            Relation(head=head, type=_LINK[kind], tail=tail, evidence=spans[number], score=score)
            for head, kind, tail, number, score in relations
        ),
        claims=tuple(replace(claim, sentence=spans[number]) for number, claim in claims),
        sentences=tuple(spans),
    )


def _mentions(text: str, names: tuple[str, ...]) -> tuple[Mention, ...]:
    hits = sorted(
        (match.start(), match.end(), name) for name in names for match in re.finditer(rf"\b{name}\b", text, re.I)
    )
    return tuple(
        Mention(start=start, end=end, text=text[start:end], type=TYPES[name], entity=name, score=0.9)
        for start, end, name in hits
    )


def _claim(kind: ClaimKind, **slots: str) -> Claim:
    quantity = None
    if value := slots.get("value"):
        figure = float(re.sub(r"[^0-9.]", "", value))
        quantity = Quantity(text=value, kind=QuantityKind.EXACT, low=figure, high=figure, unit="%")
    return Claim(
        sentence=Span(start=0, end=0),
        kind=kind,
        subject=slots.get("subject"),
        predicate=slots.get("predicate"),
        object=slots.get("object"),
        metric=slots.get("metric"),
        value=slots.get("value"),
        dataset=slots.get("dataset"),
        quantity=quantity,
        score=0.8,
    )


HIERARCHY = (("thing/stonenet", "thing/lampnet"), ("thing/beaconnet", "thing/lampnet"))
"""Which thing is a kind of which, by the concept scheme."""


def records() -> tuple[Record, ...]:
    """The papers, in no order that matters."""
    return (
        _paper(
            "lamp",
            "LampNet",
            2015,
            ("We propose LampNet for map reading.", "It reaches an accuracy of 80.5% on TownMaps.", "It is slow."),
            introduced=("LampNet",),
            relations=(
                ("LampNet", "usedFor", "map reading", 0, 0.9),
                ("LampNet", "evaluatedOn", "TownMaps", 1, 0.8),
                ("LampNet", "measuredBy", "accuracy", 1, 0.7),
                ("map reading", "measuredBy", "accuracy", 1, 0.6),
            ),
            claims=(
                (0, _claim(ClaimKind.CONTRIBUTION, predicate="introduces", object="LampNet")),
                (
                    1,
                    _claim(
                        ClaimKind.RESULT,
                        subject="LampNet",
                        predicate="achieves",
                        metric="accuracy",
                        value="80.5%",
                        dataset="TownMaps",
                    ),
                ),
                (2, _claim(ClaimKind.LIMITATION, subject="LampNet", predicate="lacks", object="speed")),
            ),
        ),
        _paper(
            "beacon",
            "BeaconNet for map reading",
            2017,
            (
                "We present BeaconNet, a kind of LampNet built upon StoneNet, for map reading.",
                "A signal head is part of BeaconNet.",
                "On TownMaps, BeaconNet reaches an accuracy of 91.5% and outperforms StoneNet.",
            ),
            introduced=("BeaconNet", "signal head"),
            relations=(
                ("BeaconNet", "isA", "LampNet", 0, 0.9),
                ("BeaconNet", "basedOn", "StoneNet", 0, 0.9),
                ("BeaconNet", "usedFor", "map reading", 0, 0.9),
                ("signal head", "partOf", "BeaconNet", 1, 0.9),
                ("BeaconNet", "evaluatedOn", "TownMaps", 2, 0.9),
                ("BeaconNet", "outperforms", "StoneNet", 2, 0.8),
            ),
            claims=(
                (
                    2,
                    _claim(
                        ClaimKind.RESULT,
                        subject="BeaconNet",
                        predicate="achieves",
                        metric="accuracy",
                        value="91.5%",
                        dataset="TownMaps",
                    ),
                ),
                (
                    2,
                    _claim(ClaimKind.COMPARISON, subject="BeaconNet", predicate="outperforms", object="StoneNet"),
                ),
            ),
        ),
        _paper(
            "stone",
            "StoneNet, revisited",
            2018,
            ("StoneNet outperforms BeaconNet on RiverMaps.", "It was trained on TownMaps with slow start."),
            relations=(
                ("StoneNet", "outperforms", "BeaconNet", 0, 0.7),
                ("StoneNet", "evaluatedOn", "RiverMaps", 0, 0.9),
                ("StoneNet", "trainedOn", "TownMaps", 1, 0.9),
                ("slow start", "usedFor", "StoneNet", 1, 0.6),
            ),
        ),
        _paper(
            "pebble",
            "PebbleNet",
            2019,
            (
                "PebbleNet is a kind of BeaconNet and extends it.",
                "PebbleNet and BeaconNet are compared on TownMaps.",
                "PebbleNet is made for route finding, which is tested on TownMaps.",
            ),
            introduced=("PebbleNet",),
            relations=(
                ("PebbleNet", "isA", "BeaconNet", 0, 0.9),
                ("PebbleNet", "basedOn", "BeaconNet", 0, 0.9),
                ("PebbleNet", "comparedWith", "BeaconNet", 1, 0.5),
                ("BeaconNet", "evaluatedOn", "TownMaps", 1, 0.5),
                ("PebbleNet", "usedFor", "route finding", 2, 0.9),
                ("route finding", "evaluatedOn", "TownMaps", 2, 0.9),
            ),
        ),
        _paper(
            "again",
            "More on LampNet",
            2017,
            ("LampNet serves map reading.",),
            relations=(("LampNet", "usedFor", "map reading", 0, 0.5),),
        ),
    )


def things(given: tuple[Record, ...]) -> tuple[Thing, ...]:
    """One thing a name; TownMaps has another name, and a reason for it."""
    members: dict[str, set[Member]] = {}
    counts: dict[str, dict[str, int]] = {}
    for record in given:
        for entity in record.entities:
            members.setdefault(entity.name, set()).add(Member(paper=record.id, entity=entity.name))
        for mention in (*record.title_mentions, *record.mentions):
            forms = counts.setdefault(mention.entity or "", {})
            forms[mention.text] = forms.get(mention.text, 0) + 1
    made = {
        name: Thing(
            id=f"thing/{slug(name)}",
            label=name,
            type=TYPES[name],
            aliases=tuple(sorted(counts[name].items())),
            members=tuple(sorted(members[name])),
        )
        for name in sorted(members)
    }
    made["TownMaps"] = replace(
        made["TownMaps"],
        aliases=(*made["TownMaps"].aliases, ("Town Maps", 2)),
        reasons=(Reason(rule="spelling", left="TownMaps", right="Town Maps", score=0.97),),
        concept="https://w3id.org/abstract-kg/concept/town-maps",
    )
    return tuple(made.values())


def graph() -> MemoryGraph:
    """The graph of the papers, with a small hierarchy of the concept scheme."""
    given = records()
    return MemoryGraph.of(given, things(given), hierarchy=HIERARCHY)


HOSTILE = (
    'A "quote" \\ <img onerror=x> \x00\x0b\ud800\uffff\r\n \U0001f600 \u202e " . <x:y> } # $thing \u2028 ]]> &amp;'
)
HOSTILE_NAME = '"} ; DROP <x> \\u0022 \U0001f600\ud800'


def hostile(text: str = HOSTILE, name: str = HOSTILE_NAME) -> MemoryGraph:
    """A graph whose every text tries to be something else; neither may be empty or space alone."""
    start = len(text) - 1
    record = Record(
        paper=Paper(
            id=f'10.1/"><x> \n{name}',
            title=text,
            text=text,
            date="2022-02-31",
            arxiv="2202.00001/<>",
            doi=f'10.1/<>"\\ %zz{text}',
            url="javascript:alert(1)",
            code=("http://[::1", "https://example.org/a b#c#d%", f"https://example.org/{text}"),
            authors=(text,),
            venue=text,
            other_ids=(text,),
            sources=(Source(file='a"\n.txt', format="text", entry=1),),
        ),
        mentions=(Mention(start=start, end=start + 1, text=text[start], type=_METHOD, entity=name),),
        entities=(Entity(name=name, type=_METHOD),),
        claims=(
            Claim(
                sentence=Span(start=0, end=len(text)),
                kind=ClaimKind.RESULT,
                subject=name,
                object=text,
                metric=text,
                dataset=text,
                value="1e400",
                quantity=Quantity(text="1e400", kind=QuantityKind.RANGE, low=float("inf"), high=1e300, unit='"'),
            ),
            Claim(
                sentence=Span(start=0, end=1),
                kind=ClaimKind.FINDING,
                subject="this",
                value="from -0.0 to 2",
                quantity=Quantity(
                    text="A", kind=QuantityKind.CHANGE, low=-0.0, high=2.0, base=1e-30, tolerance=0.1, relative=True
                ),
            ),
        ),
        sentences=(Span(start=0, end=len(text)),),
    )
    thing = Thing(
        id=f"thing/{slug(name)}",
        label=name,
        type=_METHOD,
        aliases=tuple({name: 1, text: 2}.items()),
        members=(Member(paper=record.id, entity=name),),
        reasons=(Reason(rule="same key", left=name, right=text),),
        concept="not an iri",
        broader=("http://[bad", "https://example.org/broader"),
    )
    return MemoryGraph.of((record,), (thing,))
