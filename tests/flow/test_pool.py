"""Ordered results whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.errors import ExtractError, UsageError
from kg.flow import pool
from kg.flow.pool import Pool, cores
from tests.flow import stuck, workers

ROOT = Path(__file__).parents[2]


def test_results_come_in_order_and_no_more_is_taken_than_needed() -> None:
    """The queue is bounded: a source that is far ahead of its results would hold everything."""
    taken = []

    def source() -> Iterator[int]:
        for number in range(60):
            taken.append(number)
            yield number

    ahead = []
    results = []
    for result in Pool(workers.doubling, workers=2).map(source()):
        results.append(result)
        ahead.append(len(taken) - len(results))
    assert [2 * number for number in range(60)] == results
    assert max(ahead) <= 8


def test_a_batch_whose_worker_dies_is_done_by_another(tmp_path: Path) -> None:
    """Nothing is lost, nothing comes twice."""
    assert [2 * n for n in range(12)] == list(Pool(partial(workers.dying, tmp_path), workers=2).map(range(12)))
    assert (tmp_path / "died").exists()


def test_a_batch_that_kills_every_worker_is_an_error() -> None:
    """Told with what to do, after three."""
    with pytest.raises(ExtractError, match="3 worker processes died") as caught:
        list(Pool(workers.killing, workers=2).map(range(12)))
    assert caught.value.to_do


def test_a_batch_that_does_not_come_back_is_done_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait without an end would look like work."""
    monkeypatch.setattr(pool, "_STUCK_S", 3.0)
    monkeypatch.setattr(pool, "_LOOK_S", 0.2)
    assert [2 * n for n in range(12)] == list(Pool(partial(stuck.sticking, tmp_path), workers=2).map(range(12)))
    assert (tmp_path / "stuck").exists()


def test_an_error_of_a_worker_is_the_callers() -> None:
    """With its place and what to do, as if it had happened here; so is one in making the worker."""
    with pytest.raises(ExtractError, match="three is too much") as caught:
        list(Pool(workers.failing, workers=2).map(range(9)))
    assert (caught.value.where.paper, caught.value.to_do) == ("p3", "leave it out")
    with pytest.raises(UsageError, match="no such worker"):
        list(Pool(workers.unmakeable, workers=2).map(range(9)))


_ORPHANS = """
import sys, time
from kg.flow.pool import Pool
from tests.flow import workers
for number, result in enumerate(Pool(workers.doubling, workers=2).map(iter(range(100000)))):
    if number == 4:
        children = open(f"/proc/{__import__('os').getpid()}/task/{__import__('os').getpid()}/children").read().split()
        print(*children, flush=True)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_no_worker_outlives_a_killed_parent() -> None:
    """A script without a main guard may use the pool; when it is killed, its workers end too."""
    parent = subprocess.Popen([sys.executable, "-c", _ORPHANS], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    limit = threading.Timer(600, parent.kill)  # a pool that does not begin must fail and not wait
    limit.start()
    children = [int(child) for child in parent.stdout.readline().split()]
    limit.cancel()
    family = {pid for child in children for pid in (child, *_children(child))}
    assert len(family) >= 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while (alive := {pid for pid in family if _alive(pid)}) and time.monotonic() < until:
        time.sleep(0.1)
    assert alive == set()


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_cores_are_those_that_may_be_used() -> None:
    """At least one, at most what the machine has."""
    assert 1 <= cores() <= (os.cpu_count() or 1)
