"""The listener hears every stage from its beginning to its end."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

from kg.build import build
from kg.flow.pool import Pool, cpu_seconds
from kg.flow.progress import JsonLog, Stopwatch
from tests.flow.corpus import OPTIONS, PAPERS, write
from tests.flow.workers import spender


def test_a_build_tells_every_stage(tmp_path: Path) -> None:
    """In order, each from 0 to its total; the log is JSON, a line an event."""
    out = io.StringIO()
    report = build(
        [write(tmp_path / "a.jsonl", PAPERS[:3])], tmp_path / "graph", options=OPTIONS, progress=JsonLog(out)
    )
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    stages = list(dict.fromkeys(line["stage"] for line in lines))
    assert stages == ["read", "group", "extract", "link", "graph", "triples", "publish"]
    for stage in ("extract", "link", "graph"):
        told = [line for line in lines if line["stage"] == stage]
        assert (told[0]["done"], told[-1]["done"], told[-1]["total"]) == (0, 3, 3)
    assert {"read", "group", "extract", "link", "graph", "publish"} == set(report.seconds) == set(report.cpu)
    assert all(line["cpu_seconds"] >= 0 for line in lines)


def test_a_log_is_not_flooded() -> None:
    """One line a second and stage, but always the first and the last."""
    out, now = io.StringIO(), iter(range(1000))
    log = JsonLog(out, clock=lambda: next(now) / 100)
    for done in range(501):
        log("extract", done, 500)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert 5 < len(lines) < 9
    assert (lines[0]["done"], lines[-1]["done"]) == (0, 500)


def test_a_stopwatch_adds_up() -> None:
    """A stage that comes twice is one figure."""
    watch = Stopwatch()
    for _ in range(2):
        with watch.stage("link"):
            pass
    assert list(watch.seconds) == ["link"]


def test_a_stage_within_a_stage_is_counted_apart() -> None:
    """The outer one has what is left, and both have processor seconds."""
    watch = Stopwatch()
    with watch.stage("publish"), watch.stage("link"):
        while watch.cpu.get("link", 0.0) < 0.02:
            with watch.stage("link"):
                sum(range(10_000))
    assert watch.cpu["publish"] < 0.02 <= watch.cpu["link"]
    assert watch.seconds["link"] > watch.seconds["publish"]


def test_what_workers_spend_is_counted() -> None:
    """Processor seconds of processes that are no children of this one."""
    before, own = cpu_seconds(), time.process_time()
    assert list(Pool(spender, workers=2).map([2_000_000] * 4)) == [1] * 4
    assert cpu_seconds() - before > time.process_time() - own + 0.05
