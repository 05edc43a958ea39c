"""Fitting the weights of the cues, on a handful of made-up records."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import codec
from kg.domain import Claim, ClaimKind, Entity, EntityType, Mention, Paper, Record
from kg.extract.fit_cues import coreference_rows, fit, introduced_rows, main, role_rows
from kg.extract.linear import load_table, logistic
from kg.extract.roles import KINDS
from kg.extract.sentences import sentence_spans


def gold(number: int) -> Record:
    text = f"Counting is hard in general. We propose LeafNet{number}X, a network. It beats ResNet-50 by far."
    spans = sentence_spans(text)
    kinds = (ClaimKind.CONTRIBUTION, ClaimKind.COMPARISON)
    return Record(
        paper=Paper(id=str(number), title="A title", text=text),
        sentences=spans,
        entities=(Entity(name=f"LeafNet{number}X", type=EntityType.ARCH),),
        introduced=(f"LeafNet{number}X",),
        claims=tuple(Claim(sentence=span, kind=kind) for span, kind in zip(spans[1:], kinds, strict=True)),
    )


def test_rows() -> None:
    """One row a sentence with its kinds, one row an entity with whether it is introduced."""
    records = [gold(1), gold(2)]
    roles = role_rows(records)
    assert [true for _, true in roles.abstracts[0]] == [set(), {"any", "CONTRIBUTION"}, {"any", "COMPARISON"}]
    introduced = introduced_rows(records)
    assert introduced.missed == (0,)
    assert sum(bool(true) for _, true in introduced.abstracts[0]) == 1


def test_pairs_of_forms() -> None:
    """One row a pair of forms that share words or letters, with whether the annotation has them as one thing."""
    text = "Convolutional neural networks are wide. CNNs win over neural machines."
    forms = {"Convolutional neural networks": "CNN", "CNNs": "CNN", "neural machines": "other"}
    mentions = tuple(
        Mention(start=text.index(form), end=text.index(form) + len(form), text=form, type=EntityType.ARCH, entity=name)
        for form, name in forms.items()
    )
    record = Record(paper=Paper(id="1", title="", text=text), sentences=sentence_spans(text), mentions=mentions)
    (rows,) = coreference_rows([record]).abstracts
    assert [bool(true) for _, true in rows] == [True, False]
    assert "spelled" in rows[0][0] and "end" not in rows[1][0]


def test_fit_learns_a_cue() -> None:
    """A cue that always goes with a column gets a positive weight, one that never does a negative one."""
    rows = [(("bias", "up"), frozenset({"yes"})), (("bias", "down"), frozenset())] * 20
    weights = fit(rows, ["bias", "down", "up"], ("yes",))
    assert weights[2, 0] > 1.0 > -1.0 > weights[1, 0]


def test_tables_are_written(tmp_path: Path) -> None:
    """Both tables, the same bytes for the same file."""
    source = tmp_path / "gold.jsonl"
    with source.open("w", encoding="utf-8") as out:
        codec.write_records([gold(number) for number in range(6)], out)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        assert main([str(source), str(tmp_path / folder)]) == 0
    for name in ("introduced.tsv", "roles.tsv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_shipped_tables() -> None:
    """The tables of the package have a threshold and a bias for every column."""
    for name, columns in (("introduced.tsv", 1), ("roles.tsv", len(KINDS))):
        table = load_table(name)
        assert all(len(row) == columns for row in table.values())
        assert all(0.0 < limit < 1.0 for limit in table["threshold"]) and "bias" in table
    assert logistic(0.0) == 0.5 and logistic(1e9) == pytest.approx(1.0)
