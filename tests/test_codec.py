"""The record's JSON form: round trips, leniency where the design has it, errors with file and line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codec import decode, dumps, encode, loads, read_records, write_records
from kg.domain import Claim, ClaimKind, Paper, Polarity, Quantity, QuantityKind, Record, Span
from kg.errors import ReadError
from tests import samples

_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def test_records_round_trip() -> None:
    """What was written is read as it was."""
    for record in samples.records():
        assert loads(dumps(record)) == record


def test_a_pair_that_is_escaped_is_one_character() -> None:
    """Only a half is broken; words that look like an escape are words."""
    assert loads('{"id": "a", "text": "We \\ud83d\\ude00 go \\\\ud83d."}').paper.text == "We \U0001f600 go \\ud83d."


@given(title=_TEXT, text=_TEXT, value=_TEXT, score=st.integers(0, 10_000))
def test_any_text_round_trips_on_one_line(title: str, text: str, value: str, score: int) -> None:
    """No text breaks a line or is changed by it."""
    claim = Claim(
        sentence=Span(start=0, end=len(text)),
        kind=ClaimKind.RESULT,
        value=value,
        polarity=Polarity.NEGATIVE,
        quantity=Quantity(text=value, kind=QuantityKind.RANGE, low=1.0, high=2.5, unit="%"),
        score=score / 10_000,
    )
    record = Record(paper=Paper(id="x", title=title, text=text), claims=(claim,))
    line = dumps(record)
    assert "\n" not in line
    assert loads(line) == record


def test_records_made_elsewhere_may_lack_fields() -> None:
    """No score, no evidence, no entity, no mention text, and a sentence by its index."""
    fields = {
        "id": 7,
        "title": "T",
        "text": "We use MNIST.",
        "sentences": [[0, 13]],
        "mentions": [{"start": 7, "end": 12, "type": "DATASET"}],
        "relations": [{"head": "a", "type": "USED_FOR", "tail": "b"}],
        "claims": [{"sentence": 0, "kind": "RESULT"}],
    }
    record = decode(fields)
    assert record.id == "7"
    assert record.mentions[0].text == "MNIST"
    assert record.claims[0].sentence == Span(start=0, end=13)
    assert record.relations[0].evidence is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not a record"),
        ('{"id": "a", "text": "We \\ud83d go."}', "U+D83D, half of a pair"),
        ('{"id": "a\\uDE00"}', "U+DE00, half of a pair"),
        ('{"id": "a\ud83d"}', "U+D83D, half of a pair"),
        ("[]", "not a record"),
        ('{"title": "no id"}', "no field 'id'"),
        ('{"id": "a", "mentions": [{"start": 5, "end": 2, "type": "TASK"}]}', "not ordered"),
        ('{"id": "a", "mentions": [{"start": 0, "end": 2, "type": "PLANT"}]}', "PLANT"),
        ('{"id": "a", "claims": [{"sentence": 4, "kind": "RESULT"}]}', "not a record"),
        ('{"id": "a", "relations": [{"head": "a", "type": "IS_A", "tail": "b", "score": 3}]}', "not in [0, 1]"),
    ],
)
def test_what_is_not_a_record_says_why(line: str, why: str) -> None:
    """One ReadError, never another exception."""
    with pytest.raises(ReadError) as error:
        loads(line)
    assert why in str(error.value)


def test_files_tell_the_line(tmp_path: Path) -> None:
    """The error names file and line."""
    path = tmp_path / "records.jsonl"
    path.write_text(dumps(samples.records()[0]) + "\n\nnot json\n", encoding="utf-8")
    with pytest.raises(ReadError, match="line 3"):
        list(read_records(path))
    with pytest.raises(ReadError, match="cannot be read"):
        list(read_records(tmp_path / "missing.jsonl"))


def test_writing_counts_and_reads_back(tmp_path: Path) -> None:
    """write_records and read_records are mirrors."""
    out = io.StringIO()
    assert write_records(samples.records(), out) == 3
    path = tmp_path / "records.jsonl"
    path.write_text(out.getvalue(), encoding="utf-8")
    assert tuple(read_records(path)) == samples.records()


def test_the_keys_of_the_design_are_there() -> None:
    """The fixed names, and null for what is not stated."""
    fields = json.loads(json.dumps(encode(samples.records()[0])))
    assert {"id", "title", "text", "mentions", "entities", "introduced", "relations", "claims"} <= set(fields)
    assert {"start", "end", "text", "type", "entity", "score"} == set(fields["mentions"][0])
    assert {"head", "type", "tail", "evidence", "score"} == set(fields["relations"][0])
    assert fields["claims"][0]["subject"] is None
