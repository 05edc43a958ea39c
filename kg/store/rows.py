"""Values as they lie in the database: canonical JSON, compressed with a checksum, and its SHA-256.

body = pack(fields)      unpack(body) == fields      digest(fields) is the same on every machine
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import zstandard

from kg.codec import decode, encode, encode_paper
from kg.domain import EntityType, Member, Paper, Reason, Record, Thing
from kg.errors import FolderDamaged

__all__ = [
    "RecordRow",
    "content_key",
    "digest",
    "naming_digest",
    "pack",
    "pack_paper",
    "pack_record",
    "pack_thing",
    "record_row",
    "thing_digest",
    "unpack",
    "unpack_record",
    "unpack_thing",
]

RecordRow = tuple[bytes, bytes]
"""Content key of the text, and the record as a body."""

_LEVEL = 3
_PAPER_FIELDS = frozenset(encode_paper(Paper(id="x", title="", text="", sources=())))


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class _Codec(threading.local):
    """A compressor and a decompressor for each thread: making them costs more than a small body does."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self.decompressor = zstandard.ZstdDecompressor()


_codec = _Codec()


def _json(fields: Any) -> bytes:
    return _canonical.encode(fields).encode("utf-8")


def digest(*parts: bytes) -> bytes:
    """SHA-256 of the parts, each told with its length, 32 bytes."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


def pack(fields: Mapping[str, Any]) -> bytes:
    """Canonical JSON (keys sorted), compressed; the frame carries a checksum."""
    return _codec.compressor.compress(_json(fields))


def unpack(body: bytes) -> dict[str, Any]:
    """The fields again. Raises FolderDamaged where the bytes are not what was written."""
    try:
        fields: dict[str, Any] = json.loads(_codec.decompressor.decompress(body))
    except (zstandard.ZstdError, ValueError) as error:
        raise FolderDamaged(f"a stored value cannot be read: {error}", to_do="run `kg validate`") from error
    return fields


def content_key(paper: Paper) -> bytes:
    """What extraction depends on: title and text. 32 bytes."""
    return digest(paper.title.encode(), paper.text.encode())


def pack_paper(paper: Paper) -> bytes:
    """A paper as a body."""
    return pack(encode_paper(paper))


def pack_record(record: Record) -> bytes:
    """A record without its paper: papers of the same title and text share it."""
    bare = Paper(id="x", title=record.paper.title, text=record.paper.text)
    fields = encode(replace(record, paper=bare))
    return pack({name: value for name, value in fields.items() if name not in _PAPER_FIELDS})


def record_row(record: Record) -> RecordRow:
    """A record as it is kept."""
    return content_key(record.paper), pack_record(record)


def unpack_record(body: bytes, paper: Mapping[str, Any]) -> Record:
    """The record of a paper, given the paper's own fields."""
    return decode({**unpack(body), **paper})


def _thing_fields(thing: Thing) -> dict[str, Any]:
    return {
        "aliases": [list(alias) for alias in thing.aliases],
        "reasons": [[reason.rule, reason.left, reason.right, reason.score] for reason in thing.reasons],
        "concept": thing.concept,
        "broader": list(thing.broader),
    }


def pack_thing(thing: Thing) -> bytes:
    """A thing without what has columns or rows of its own: id, label, type and members."""
    return pack(_thing_fields(thing))


def unpack_thing(body: bytes, *, thing_id: str, label: str, kind: str, members: Iterable[tuple[str, str]]) -> Thing:
    """The thing again."""
    fields = unpack(body)
    return Thing(
        id=thing_id,
        label=label,
        type=EntityType(kind),
        aliases=tuple((form, count) for form, count in fields["aliases"]),
        members=tuple(Member(paper=paper, entity=entity) for paper, entity in members),
        reasons=tuple(
            Reason(rule=r, left=left, right=right, score=score) for r, left, right, score in fields["reasons"]
        ),
        concept=fields["concept"],
        broader=tuple(fields["broader"]),
    )


def thing_digest(thing: Thing) -> bytes:
    """Changes with anything that is said of a thing, its members included. 32 bytes."""
    members = [[member.paper, member.entity] for member in sorted(thing.members)]
    return digest(_json([thing.id, thing.label, thing.type.value, _thing_fields(thing), members]))


def naming_digest(naming: Mapping[str, Thing]) -> bytes:
    """Changes with what a paper's entities are called: entity name → id and type. 32 bytes."""
    return digest(_json(sorted([name, thing.id, thing.type.value] for name, thing in naming.items())))
