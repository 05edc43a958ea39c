"""Scoring of linking: by hand, and the same as the shared scorer's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.evaluate import evaluate_links
from tests.evaluate.gold import write

SHARED = Path(__file__).parents[2].parent / "shared"
CLUSTERS = {
    "same": [[["1", "CNN"], ["2", "ConvNet"], ["3", "cnn"]], [["1", "RNN"], ["2", "rnn"]]],
    "different": [[["1", "CIFAR-10"], ["2", "CIFAR-100"]], [["1", "GPT-3"], ["2", "GPT-4"]]],
}
THINGS = (
    {"members": [["1", "CNN"], ["3", "cnn"], ["1", "RNN"]]},
    {"members": [["2", "ConvNet"]]},
    {"members": [["1", "CIFAR-10"], ["2", "CIFAR-100"]]},
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    clusters = tmp_path / "links.json"
    clusters.write_text(json.dumps(CLUSTERS), encoding="utf-8")
    return clusters, write(tmp_path / "things.jsonl", THINGS)


def test_figures(files: tuple[Path, Path]) -> None:
    """One pair of four is right, two pairs are wrong, one look-alike is merged, one member is absent."""
    report = evaluate_links(*files)
    assert (report.pairs.p, report.pairs.r) == (round(1 / 3, 4), 0.25)
    assert report.look_alikes == 2 and len(report.merged) == 1 and report.absent == 1
    assert "CIFAR-10 = CIFAR-100" in report.as_text() and report.as_json()["wrongly merged"] == 1


@pytest.mark.skipif(not (SHARED / "tools" / "score_link.py").exists(), reason="the shared scorer is not here")
def test_same_as_the_shared_scorer(files: tuple[Path, Path]) -> None:
    """The same JSON."""
    command = [sys.executable, str(SHARED / "tools" / "score_link.py"), *map(str, files), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert evaluate_links(*files).as_json() == theirs


def test_bad_files(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """What is no cluster file, and what is no thing, is an error that names the file and the line."""
    bad = tmp_path / "bad.json"
    bad.write_text("[1]", encoding="utf-8")
    with pytest.raises(ReadError, match="bad"):
        evaluate_links(bad, files[1])
    with pytest.raises(ReadError, match="line 1"):
        evaluate_links(files[0], bad)
