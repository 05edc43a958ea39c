"""The fixed record of the design, to JSON and back: one object a paper, one a line, UTF-8.

    write:  Record ──encode──▶ dict ──dumps──▶ line
    read:   line ──loads──▶ dict ──decode──▶ Record

Decoding is lenient where the design is: records made elsewhere may lack `score`, `evidence`, `entity`, `text`; a
claim's sentence may be an index into `sentences` (as in the gold). Everything else that is wrong raises ReadError
with the file and line. Round trip: `decode(encode(record)) == record`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from kg.domain import (
    Claim,
    ClaimKind,
    Entity,
    EntityType,
    Mention,
    Paper,
    Polarity,
    Quantity,
    QuantityKind,
    Record,
    Relation,
    RelationType,
    Source,
    Span,
)
from kg.errors import ReadError, Where

__all__ = [
    "decode",
    "decode_paper",
    "dumps",
    "encode",
    "encode_paper",
    "loads",
    "read_records",
    "write_records",
]

_SCORE_DIGITS = 4


def _score(value: float) -> float:
    return round(value, _SCORE_DIGITS)


def _kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is unknown or empty."""
    return {key: value for key, value in fields.items() if value is not None and value != () and value != []}


def encode_paper(paper: Paper) -> dict[str, Any]:
    """A paper as a JSON object: id, title and text always, the rest where known."""
    sources = [_kept({"file": s.file, "format": s.format, "entry": s.entry, "line": s.line}) for s in paper.sources]
    return {"id": paper.id, "title": paper.title, "text": paper.text} | _kept(
        {
            "year": paper.year,
            "date": paper.date,
            "venue": paper.venue,
            "authors": list(paper.authors),
            "author_count": paper.author_count,
            "url": paper.url,
            "doi": paper.doi,
            "arxiv": paper.arxiv,
            "other_ids": list(paper.other_ids),
            "code": list(paper.code),
            "comments": paper.comments,
            "sources": sources,
        }
    )


def decode_paper(fields: Mapping[str, Any]) -> Paper:
    """The paper in a JSON object made by `encode_paper` or `encode`. Raises KeyError, TypeError, ValueError."""
    return Paper(
        id=str(fields["id"]),
        title=fields.get("title") or "",
        text=fields.get("text") or "",
        year=fields.get("year"),
        date=fields.get("date"),
        venue=fields.get("venue"),
        authors=tuple(fields.get("authors") or ()),
        author_count=fields.get("author_count"),
        url=fields.get("url"),
        doi=fields.get("doi"),
        arxiv=fields.get("arxiv"),
        other_ids=tuple(fields.get("other_ids") or ()),
        code=tuple(fields.get("code") or ()),
        comments=fields.get("comments"),
        sources=tuple(
            Source(file=s["file"], format=s["format"], entry=s["entry"], line=s.get("line"))
            for s in fields.get("sources") or ()
        ),
    )


def _encode_mention(mention: Mention) -> dict[str, Any]:
    fields = {"start": mention.start, "end": mention.end, "text": mention.text, "type": mention.type.value}
    return fields | {"entity": mention.entity, "score": _score(mention.score)}


def _decode_mention(fields: Mapping[str, Any], text: str) -> Mention:
    start, end = int(fields["start"]), int(fields["end"])
    return Mention(
        start=start,
        end=end,
        text=fields.get("text") or text[start:end],
        type=EntityType(fields["type"]),
        entity=fields.get("entity"),
        score=fields.get("score", 1.0),
    )


def _encode_quantity(quantity: Quantity) -> dict[str, Any]:
    return {"text": quantity.text, "kind": quantity.kind.value} | _kept(
        {
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "base": quantity.base,
            "relative": quantity.relative,
            "tolerance": quantity.tolerance,
        }
    )


def _decode_quantity(fields: Mapping[str, Any]) -> Quantity:
    return Quantity(
        text=fields["text"],
        kind=QuantityKind(fields["kind"]),
        low=fields.get("low"),
        high=fields.get("high"),
        unit=fields.get("unit"),
        base=fields.get("base"),
        relative=fields.get("relative"),
        tolerance=fields.get("tolerance"),
    )


_SLOTS = ("subject", "predicate", "object", "metric", "value", "dataset")


def _encode_claim(claim: Claim) -> dict[str, Any]:
    slots = {slot: getattr(claim, slot) for slot in _SLOTS}
    quantity = _encode_quantity(claim.quantity) if claim.quantity else None
    return {
        "sentence": [claim.sentence.start, claim.sentence.end],
        "kind": claim.kind.value,
        **slots,
        "polarity": claim.polarity.value,
        **({"quantity": quantity} if quantity else {}),
        "score": _score(claim.score),
    }


def _decode_claim(fields: Mapping[str, Any], sentences: tuple[Span, ...]) -> Claim:
    at = fields["sentence"]
    sentence = sentences[at] if isinstance(at, int) else Span(start=at[0], end=at[1])
    quantity = fields.get("quantity")
    return Claim(
        sentence=sentence,
        kind=ClaimKind(fields["kind"]),
        **{slot: fields.get(slot) for slot in _SLOTS},
        polarity=Polarity(fields.get("polarity") or Polarity.POSITIVE),
        quantity=_decode_quantity(quantity) if quantity else None,
        score=fields.get("score", 1.0),
    )


def _encode_relation(relation: Relation) -> dict[str, Any]:
    evidence = [relation.evidence.start, relation.evidence.end] if relation.evidence else None
    return {
        "head": relation.head,
        "type": relation.type.value,
        "tail": relation.tail,
        "evidence": evidence,
        "score": _score(relation.score),
    }


def _decode_relation(fields: Mapping[str, Any]) -> Relation:
    evidence = fields.get("evidence")
    return Relation(
        head=fields["head"],
        type=RelationType(fields["type"]),
        tail=fields["tail"],
        evidence=Span(start=evidence[0], end=evidence[1]) if evidence else None,
        score=fields.get("score", 1.0),
    )


def encode(record: Record) -> dict[str, Any]:
    """A record as the JSON object of the design; keys in a fixed order, scores to four digits."""
    return encode_paper(record.paper) | {
        "sentences": [[span.start, span.end] for span in record.sentences],
        "mentions": [_encode_mention(mention) for mention in record.mentions],
        "title_mentions": [_encode_mention(mention) for mention in record.title_mentions],
        "entities": [{"name": e.name, "type": e.type.value, "aliases": list(e.aliases)} for e in record.entities],
        "introduced": list(record.introduced),
        "relations": [_encode_relation(relation) for relation in record.relations],
        "claims": [_encode_claim(claim) for claim in record.claims],
        **_kept({"extractor": record.extractor, "notes": list(record.notes)}),
    }


def decode(fields: Mapping[str, Any]) -> Record:
    """The record in a JSON object. Raises KeyError, TypeError, ValueError, IndexError for what is not one."""
    paper = decode_paper(fields)
    sentences = tuple(Span(start=start, end=end) for start, end in fields.get("sentences") or ())
    return Record(
        paper=paper,
        mentions=tuple(_decode_mention(m, paper.text) for m in fields.get("mentions") or ()),
        title_mentions=tuple(_decode_mention(m, paper.title) for m in fields.get("title_mentions") or ()),
        entities=tuple(
            Entity(name=e["name"], type=EntityType(e["type"]), aliases=tuple(e.get("aliases") or ()))
            for e in fields.get("entities") or ()
        ),
        introduced=tuple(fields.get("introduced") or ()),
        relations=tuple(_decode_relation(r) for r in fields.get("relations") or ()),
        claims=tuple(_decode_claim(c, sentences) for c in fields.get("claims") or ()),
        sentences=sentences,
        extractor=fields.get("extractor"),
        notes=tuple(fields.get("notes") or ()),
    )


def dumps(record: Record) -> str:
    """One line of JSON, without the line end."""
    return json.dumps(encode(record), ensure_ascii=False, separators=(",", ":"))


_HALF = re.compile("\\\\u[dD][89a-fA-F]|[\ud800-\udfff]")
"""What may be half of a pair of surrogates, which no file of UTF-8 and no store can hold."""


def _parsed(line: str) -> Any:
    fields = json.loads(line)
    if _HALF.search(line):
        try:
            json.dumps(fields, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = error.object[error.start]
            raise ValueError(f"a broken character, U+{ord(half):04X}, half of a pair") from error
    return fields


def loads(line: str, *, where: Where | None = None) -> Record:
    """The record in one line of JSON. Raises ReadError that says where and what is wrong."""
    try:
        return decode(_parsed(line))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        what = f"no field {error}" if isinstance(error, KeyError) else str(error)
        raise ReadError(f"not a record: {what}", where=where, to_do="see the record in the documentation") from error


def read_records(path: str | Path) -> Iterator[Record]:
    """The records of a JSON Lines file, in its order. Raises ReadError with file and line."""
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield loads(line, where=Where(file=str(path), line=number))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot be read: {error}", where=Where(file=str(path))) from error


def write_records(records: Iterable[Record], out: TextIO) -> int:
    """Write one line a record; the number written."""
    count = 0
    for record in records:
        out.write(dumps(record) + "\n")
        count += 1
    return count
