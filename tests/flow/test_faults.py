"""Kills at random instants and full disks: what was there stays, and the next build ends where it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KG_KILLS", "200"))


def _faults(*arguments: str, runs: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.flow.faults", *arguments]
    limit = 900 + 120 * runs  # a run takes a second on an idle machine; what never ends must fail and not wait
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=limit)
    assert done.returncode == 0, done.stderr[-3000:]
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report | {"said": done.stderr}


def test_a_few_kills_do_no_harm(tmp_path: Path) -> None:
    """The fast run's share."""
    report = _faults("kill", str(tmp_path), "3", "1", runs=3)
    assert report["wrong"] == []
    assert report["kills"] > 0


@pytest.mark.slow
def test_many_kills_do_no_harm(tmp_path: Path) -> None:
    """KG_KILLS of them, 200 unless told otherwise."""
    report = _faults("kill", str(tmp_path), str(KILLS), "2", runs=KILLS)
    assert report["wrong"] == []
    assert report["kills"] > KILLS // 2


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """Every failure is one sentence that says what to do; with room again, the build goes on."""
    report = _faults("full", str(tmp_path), runs=11)
    assert report["wrong"] == []
    assert report["failures"] > 3
    assert "free some space" in report["said"]
    assert "Traceback" not in report["said"]
