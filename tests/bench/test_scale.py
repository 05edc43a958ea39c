"""How the stages of a build grow with the number of papers: prints figures and exponents, never fails on time.

    KG_FRACTIONS=8,4,2,1 KG_EXTRACTOR=rules KG_SCALE=DIR python -m pytest -m bench -s tests/bench/test_scale.py

builds an eighth, a quarter, … of the corpus beside the checkout, each in a folder of its own, adds 100 papers to it and
removes one. Figures stand in DIR/figures.json as soon as a part is done; a run that was broken off is started again
and goes on with the part that was being built. A text is extracted once: a larger part takes over the records of the
smaller one, whose seconds are counted to its own, so that "extract" is always the cost of all its papers. KG_KEEP=1
leaves every folder, else only the last one stays (and none without KG_SCALE).
"""

from __future__ import annotations

import gzip
import json
import math
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.store import Writer

CORPUS = Path(__file__).parents[3] / "shared" / "abstracts" / "papers.jsonl.gz"
FRACTIONS = tuple(int(text) for text in os.environ.get("KG_FRACTIONS", "256,128,64").split(","))
EXTRACTOR = os.environ.get("KG_EXTRACTOR", "rules")
STAGES = ("read", "group", "extract", "link", "graph", "publish")
_MIB = 1 << 20
_MORE = 100

pytestmark = [pytest.mark.bench, pytest.mark.slow]


class Memory:
    """The most memory that a process and all below it held together, in bytes, looked at twice a second.

    Pages that several processes share are counted once (proportional set size, Linux alone).
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            self.peak = max(self.peak, sum(_share(pid) for pid in _family(self._pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)


def _corpus(fraction: int, offset: int = 0) -> Iterator[str]:
    """The lines of one part; a smaller part is in every larger one."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from (line for number, line in enumerate(lines) if number % fraction == offset)


def _file(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _step(action: str, folder: Path, what: str | Path) -> dict[str, Any]:
    """What one action took: the report of `tests.bench.scale_step`, with `peak` in bytes."""
    log = folder.with_suffix(".log")
    command = [sys.executable, "-m", "tests.bench.scale_step", action, str(folder), EXTRACTOR, str(log), str(what)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout, Memory(process.pid) as memory:
        told = process.stdout.read()
        assert process.wait() == 0
    return {**json.loads(told), "peak": memory.peak}


def _carry(source: Path, target: Path) -> None:
    """Take over the records of another folder, as a build that was killed after extracting them would have left them."""
    with Writer.open(target) as writer:
        writer.connection.execute("ATTACH ? AS source", (str(source / "graph.sqlite"),))
        with writer.changing():
            writer.connection.execute("INSERT OR IGNORE INTO records SELECT * FROM source.records")
        writer.connection.execute("DETACH source")


def _extracted_before(log: Path) -> tuple[float, float]:
    """Seconds and processor seconds of extraction in the runs that a log tells of."""
    figures = [(0.0, 0.0)]
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        told = json.loads(line)
        if told["stage"] == "extract":
            if told["done"] == 0:
                figures.append((0.0, 0.0))
            figures[-1] = told["seconds"], told["cpu_seconds"]
    return sum(wall for wall, _ in figures), sum(cpu for _, cpu in figures)


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log seconds over log size, by least squares: 1 is linear.

    >>> round(exponent([1, 2, 4], [3.0, 12.0, 48.0]), 6)
    2.0
    """
    xs, ys = [math.log(size) for size in sizes], [math.log(max(value, 1e-6)) for value in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def _again(number: int, fields: dict[str, Any]) -> str:
    """The line of a new paper that is like one that is there, and is not it."""
    fields |= {"id": f"more-{number}", "title": f"Once more, number {number}: {fields['title']}"}
    return json.dumps(fields | {"abstract": f"{fields['abstract']} This is number {number}."}) + "\n"


def _measured(room: Path, fraction: int, before: dict[str, Any] | None) -> dict[str, Any]:
    """Build one part, add to it and take from it."""
    folder = room / f"of-{fraction}"
    lines = list(_corpus(fraction))
    log = folder.with_suffix(".log")
    if not folder.exists() and before is not None:
        _carry(Path(before["folder"]), folder)
    wall, cpu = _extracted_before(log)
    built = _step("build", folder, _file(room / f"{fraction}.jsonl", lines))
    seconds, spent = dict(built["seconds"]), dict(built["cpu"])
    seconds["extract"] += wall + (before["seconds"]["extract"] if before else 0.0)
    spent["extract"] += cpu + (before["cpu"]["extract"] if before else 0.0)
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert built["stats"]["entries_read"] + built["stats"]["rejected"] == len(lines)
    more = [_again(number, json.loads(line)) for number, line in enumerate(lines[:_MORE])]
    added = _step("build", folder, _file(room / "more.jsonl", more))
    removed = _step("remove", folder, json.loads(more[0])["id"])
    assert added["stats"]["papers"] - 1 == removed["stats"]["papers"]
    return {
        "fraction": fraction,
        "folder": str(folder),
        "papers": built["stats"]["papers"],
        "seconds": seconds,
        "cpu": spent,
        "wall": sum(seconds.values()),
        "peak": built["peak"],
        "disk": disk,
        "triples": built["stats"]["triples"],
        "things": sum(built["stats"]["entities"].values()),
        "add": {name: added[name] for name in ("wall", "cpu_total", "seconds", "cpu", "peak", "papers", "things")},
        "remove": {name: removed[name] for name in ("wall", "cpu_total", "seconds", "cpu", "peak", "things")},
        "stats": built["stats"],
        "measured": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def _tell(found: dict[str, Any]) -> str:
    shares = {kind: sum(found[kind].values()) for kind in ("seconds", "cpu")}
    after = {kind: found[kind]["link"] + found[kind]["graph"] for kind in shares}
    return (
        f"1/{found['fraction']}: {found['papers']} papers in {found['wall']:.0f} s, {found['papers'] / found['wall']:.1f} "
        f"a second; CPU {shares['cpu']:.0f} s, {1000 * shares['cpu'] / found['papers']:.1f} ms a paper; linking and graph "
        f"{after['seconds'] / shares['seconds']:.0%} of the clock, {after['cpu'] / shares['cpu']:.0%} of the CPU; "
        f"peak {found['peak'] / _MIB:.0f} MiB, disk {found['disk'] / _MIB:.0f} MiB, {found['triples']} triples, "
        f"{found['things']} things\n  "
        + ", ".join(f"{name} {found['seconds'][name]:.1f} s (CPU {found['cpu'][name]:.1f})" for name in STAGES)
        + f"\n  adding {_MORE}: {found['add']['wall']:.1f} s (CPU {found['add']['cpu_total']:.1f}); removing one: "
        f"{found['remove']['wall']:.1f} s (CPU {found['remove']['cpu_total']:.1f})"
    )


def _exponents(figures: list[dict[str, Any]]) -> str:
    sizes = [found["papers"] for found in figures]
    told = []
    for kind in ("cpu", "seconds"):
        values = {name: [found[kind][name] for found in figures] for name in STAGES}
        values["link + graph"] = [found[kind]["link"] + found[kind]["graph"] for found in figures]
        values["all"] = [sum(found[kind].values()) for found in figures]
        told.append(f"exponents by {kind}: " + ", ".join(f"{n} {exponent(sizes, v):.2f}" for n, v in values.items()))
    return "\n".join(told)


@pytest.mark.skipif(not CORPUS.exists(), reason="needs the corpus beside the checkout")
def test_the_growth_of_every_stage(tmp_path: Path) -> None:
    """Time by stage, abstracts a second, memory, disk; exponents over the fractions; small changes to each."""
    kept = os.environ.get("KG_SCALE")
    room = Path(kept) if kept else tmp_path
    room.mkdir(parents=True, exist_ok=True)
    file = room / "figures.json"
    figures: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    for fraction in FRACTIONS:
        if not any(found["fraction"] == fraction for found in figures):
            before = figures[-1] if figures else None
            figures.append(_measured(room, fraction, before))
            file.write_text(json.dumps(figures, indent=1), encoding="utf-8")
            if before is not None and not os.environ.get("KG_KEEP"):
                shutil.rmtree(before["folder"])
        print("\n" + _tell(next(found for found in figures if found["fraction"] == fraction)), flush=True)
    if len(figures) > 1:
        print(_exponents(figures))
    assert [found["fraction"] for found in figures][: len(FRACTIONS)] == list(FRACTIONS)
