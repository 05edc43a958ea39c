"""The evaluation of records: every figure by hand, and the same as the shared scorer's."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.evaluate import evaluate
from kg.evaluate.records import FIGURES
from tests.evaluate.gold import GOLD, PREDICTED, write

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "gold.jsonl", GOLD), write(tmp_path / "predicted.jsonl", PREDICTED)


@pytest.mark.parametrize(
    ("figure", "hits", "predicted", "gold"),
    [
        ("mention", 1, 3, 3),
        ("mention-overlap", 2, 3, 3),
        ("span", 2, 3, 3),
        ("entity", 2, 2, 3),
        ("introduced", 1, 2, 1),
        ("relation", 0, 1, 2),
        ("relation-untyped", 1, 1, 2),
        ("claim-sentence", 1, 1, 2),
        ("claim-kind", 1, 2, 2),
        ("claim-slot", 3, 4, 5),
        ("claim-value", 1, 1, 1),
    ],
)
def test_figures(files: tuple[Path, Path], figure: str, hits: int, predicted: int, gold: int) -> None:
    """Names fold, aliases count, offsets find their sentence, direction matters where types do."""
    found = evaluate(*files).figures[figure]
    assert (found.predicted, found.gold) == (predicted, gold)
    assert found.p == round(hits / predicted, 4) and found.r == round(hits / gold, 4)


def test_missing_and_groups(files: tuple[Path, Path]) -> None:
    """Documents without a prediction are named; figures stand apart by type."""
    report = evaluate(*files)
    assert report.documents == 2 and report.missing == ("b",)
    assert report.groups["type"]["ARCH"].predicted == 2 and report.groups["type"]["DATASET"].gold == 1
    assert set(report.figures) == set(FIGURES)


def test_folds(files: tuple[Path, Path]) -> None:
    """Each fold has its own figures, and the mean is over folds."""
    report = evaluate(*files, folds={"a": "0", "b": "1"})
    assert set(report.folds) == {"0", "1"}
    assert report.fold_means()["mention"] == round(report.folds["0"]["mention"].f1 / 2, 4)


def test_comparison_is_paired_and_repeatable(files: tuple[Path, Path]) -> None:
    """Against itself there is no difference; gold against it is better; the same files give the same interval."""
    gold, predicted = files
    same = {d.name: d for d in evaluate(gold, predicted, predicted).differences}
    assert same["mention"].difference == same["mention"].low == same["mention"].high == 0.0
    better = evaluate(gold, gold, predicted).differences
    assert better == evaluate(gold, gold, predicted).differences
    mention = next(d for d in better if d.name == "mention")
    assert mention.f1 == 1.0 and mention.difference > 0 and mention.low <= mention.difference <= mention.high


def test_text_and_json(files: tuple[Path, Path]) -> None:
    """The table names every figure; the JSON has the shared scorer's keys."""
    report = evaluate(*files, files[0])
    text = report.as_text()
    assert all(name in text for name in FIGURES) and "bootstrap" in text and "calibration" in text
    fields: Any = json.loads(json.dumps(report.as_json()))
    assert fields["mention"]["gold"] == 3 and fields["by-type"]["ARCH"]["predicted"] == 2 and fields["missing"] == ["b"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]\n",
        "{}\n",
        "not json\n",
        '{"id": "a", "mentions": [{"start": 1}]}\n',
        '{"id": "a", "claims": [{"kind": "X"}]}\n',
    ],
)
def test_bad_files_are_said(tmp_path: Path, content: str) -> None:
    """A file that holds no records, or what is none, is an error with the file's name."""
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"bad\.jsonl"):
        evaluate(path, path)
    with pytest.raises(ReadError):
        evaluate(tmp_path / "none.jsonl", path)


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="the shared scorer is not here")
def test_same_as_the_shared_scorer(tmp_path: Path) -> None:
    """On the annotated abstracts, with a third of everything damaged, every figure is the scorer's."""
    lines = (SHARED / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    chance = random.Random(7)
    damaged = [_damaged(json.loads(line), chance) for line in lines if chance.random() < 0.9]
    path = write(tmp_path / "predicted.jsonl", damaged)
    gold = SHARED / "gold" / "gold.jsonl"
    command = [sys.executable, str(SHARED / "tools" / "score.py"), str(gold), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = evaluate(gold, path).as_json()
    assert {key: ours[key] for key in theirs} == theirs


def _damaged(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The record with parts of it left out, moved, retyped or renamed."""
    for mention in record["mentions"]:
        if chance.random() < 0.3:
            mention[chance.choice(["start", "end"])] += 1
        if chance.random() < 0.2:
            mention["type"] = chance.choice(["ARCH", "METHOD", "TASK"])
    for entity in record["entities"]:
        if chance.random() < 0.3:
            entity["name"] = entity["name"].upper() + "s"
    for relation in record["relations"]:
        if chance.random() < 0.3:
            relation["head"], relation["tail"] = relation["tail"], relation["head"]
    for claim in record["claims"]:
        claim["sentence"] = record["sentences"][claim["sentence"]]
        if chance.random() < 0.3:
            claim[chance.choice(["subject", "object", "value", "kind"])] = "FINDING"
    for key in ("mentions", "entities", "introduced", "relations", "claims"):
        record[key] = [item for item in record[key] if chance.random() < 0.8]
    return record
