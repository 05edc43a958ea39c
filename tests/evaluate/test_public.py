"""The public sets: told by their content, scored as their literature does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.evaluate import evaluate
from kg.evaluate.public import public_format
from kg.evaluate.reliability import reliability
from tests.evaluate.gold import GOLD, write

GOLD_DOC = {
    "doc_key": "d", "sentences": [["a", "b", "c"]], "ner": [[[0, 0, "Task"], [2, 2, "Method"]]],
    "relations": [[[2, 2, 0, 0, "USED-FOR"]]],
}  # fmt: skip
GUESS_DOC = {
    "doc_key": "d", "predicted_ner": [[[0, 0, "Method"], [2, 2, "Method"]]], "predicted_relations": [[[2, 2, 0, 0, "USED-FOR"]]],
}  # fmt: skip


def test_scierc(tmp_path: Path) -> None:
    """Boundaries are enough for Rel, types count for Rel+; the names say which set they belong to."""
    gold, guess = write(tmp_path / "g.json", [GOLD_DOC]), write(tmp_path / "p.json", [GUESS_DOC])
    report = evaluate(gold, guess, guess)
    assert report.title == "SciERC"
    assert {name: figure.f1 for name, figure in report.figures.items()} == {
        "SciERC NER": 0.5,
        "SciERC Rel": 1.0,
        "SciERC Rel+": 0.0,
    }
    assert [difference.difference for difference in report.differences] == [0.0, 0.0, 0.0]


def test_csabstruct(tmp_path: Path) -> None:
    """Accuracy over sentences, and each role apart."""
    gold = write(tmp_path / "g.jsonl", [{"abstract_id": 0, "sentences": ["x", "y"], "labels": ["method", "result"]}])
    guess = write(tmp_path / "p.jsonl", [{"abstract_id": 0, "sentences": ["x", "y"], "labels": ["method", "method"]}])
    report = evaluate(gold, guess)
    assert report.figures["CSAbstruct accuracy"].f1 == 0.5
    assert report.groups["type"]["result"].r == 0.0


def test_conll(tmp_path: Path) -> None:
    """Whole entities by BIO; an I- tag that continues nothing begins one."""
    gold, guess = tmp_path / "g.conll", tmp_path / "p.conll"
    gold.write_text("a\t0\tB-TASK\nb\t2\tI-TASK\nc\t4\tO\n\nd\t0\tI-METRIC\n", encoding="utf-8")
    guess.write_text("a\t0\tB-TASK\nb\t2\tO\nc\t4\tO\n\nd\t0\tB-METRIC\n", encoding="utf-8")
    assert public_format(gold) == "CoNLL"
    assert evaluate(gold, guess).figures["CoNLL NER"].f1 == 0.5


def test_own_records_are_not_public(tmp_path: Path) -> None:
    """Our records are told from the public layouts; a broken public file names its line."""
    assert public_format(write(tmp_path / "own.jsonl", GOLD)) is None
    broken = write(tmp_path / "broken.json", [GOLD_DOC, {"ner": [[[1]]]}])
    with pytest.raises(ReadError, match="line 2"):
        evaluate(broken, broken)


def test_reliability() -> None:
    """Bins of a tenth, the last one closed; the error weighs bins by their size."""
    table = reliability([(0.95, True), (1.0, True), (0.35, False), (0.35, True)])
    assert [(b.low, b.count, b.right) for b in table.bins] == [(0.3, 2, 0.5), (0.9, 2, 1.0)]
    assert table.error == round(0.5 * 0.15 + 0.5 * 0.025, 4)
    assert reliability([]).count == 0
