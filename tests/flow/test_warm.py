"""Workers find the extractor loaded; where it cannot be, the worker says so, not the fork server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.flow.warm import WARM

ROOT = Path(__file__).parents[2]
_COUNT = """
import os
from kg.flow.pool import Pool
from tests.flow.workers import loads
print(*Pool(loads, workers=2, preload=("kg.flow.warm",), environment={sys_name!r}).map(range(4)))
assert {name!r} not in os.environ
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is loaded before the fork")
@pytest.mark.parametrize(("name", "loaded"), [("rules", 1), ("nonsense", 0)])
def test_workers_find_it_loaded(name: str, loaded: int) -> None:
    """Each worker's cache holds what the fork server has loaded, and nothing where that failed."""
    script = _COUNT.format(sys_name={WARM: name}, name=WARM)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.stdout.split() == [str(loaded)] * 4, done.stderr
