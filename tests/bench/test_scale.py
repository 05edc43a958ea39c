"""How the stages of a build grow with the number of papers: prints figures and exponents, never fails on time.

    KG_FRACTIONS=8,4,2,1 KG_EXTRACTOR=model python -m pytest -m bench -s tests/bench/test_scale.py

builds an eighth, a quarter, … of the corpus beside the checkout, each from scratch, then adds 100 papers to the largest
folder and removes one.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.build import BuildOptions, build, remove
from kg.flow.options import BuildReport

CORPUS = Path(__file__).parents[3] / "shared" / "abstracts" / "papers.jsonl.gz"
FRACTIONS = tuple(int(text) for text in os.environ.get("KG_FRACTIONS", "256,128,64").split(","))
OPTIONS = BuildOptions(extractor=os.environ.get("KG_EXTRACTOR", "rules"))
_MIB = 1 << 20

pytestmark = [pytest.mark.bench, pytest.mark.slow]


class Memory:
    """The most memory that this process and all below it held together, in bytes, looked at twice a second."""

    def __init__(self) -> None:
        self.peak = 0
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
            self.peak = max(self.peak, sum(_resident(pid) for pid in _family(os.getpid())))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _corpus(fraction: int, offset: int = 0) -> list[str]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [line for number, line in enumerate(lines) if number % fraction == offset]


def _file(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _timed(work: Callable[[], BuildReport]) -> tuple[float, BuildReport]:
    begun = time.monotonic()
    report = work()
    return time.monotonic() - begun, report


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log seconds over log size, by least squares: 1 is linear.

    >>> round(exponent([1, 2, 4], [3.0, 12.0, 48.0]), 6)
    2.0
    """
    xs, ys = [math.log(size) for size in sizes], [math.log(max(value, 1e-6)) for value in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


@pytest.mark.skipif(not CORPUS.exists(), reason="needs the corpus beside the checkout")
def test_the_growth_of_every_stage(tmp_path: Path) -> None:
    """Time by stage, abstracts a second, memory, disk; exponents over the fractions; small changes at the end."""
    sizes: list[int] = []
    stages: dict[str, list[float]] = {}
    folder = tmp_path
    for fraction in FRACTIONS:
        lines = _corpus(fraction)
        folder = tmp_path / f"of-{fraction}"
        file = _file(tmp_path / f"{fraction}.jsonl", lines)
        with Memory() as memory:
            seconds, report = _timed(lambda: build([file], folder, options=OPTIONS))  # noqa: B023 - run at once
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        sizes.append(len(lines))
        for stage, value in report.seconds.items():
            stages.setdefault(stage, []).append(value)
        after = report.seconds["link"] + report.seconds["graph"]
        print(
            f"\n1/{fraction}: {len(lines)} papers in {seconds:.1f} s, {len(lines) / seconds:.1f} a second, "
            f"linking and graph {after / seconds:.0%}, peak {memory.peak / _MIB:.0f} MiB, disk {disk / _MIB:.0f} MiB, "
            f"{report.stats['triples'] / report.stats['papers']:.0f} triples a paper\n  "
            + ", ".join(f"{stage} {value:.1f} s" for stage, value in report.seconds.items())
        )
        assert report.stats["entries_read"] + report.stats["rejected"] == len(lines)
    if len(sizes) > 1:
        print("exponents: " + ", ".join(f"{name} {exponent(sizes, values):.2f}" for name, values in stages.items()))
    more = _corpus(max(FRACTIONS[-1], 2), 1)[:100]
    adding, added = _timed(lambda: build([_file(tmp_path / "more.jsonl", more)], folder, options=OPTIONS))
    removing, removed = _timed(lambda: remove(folder, [json.loads(more[0])["id"]], options=OPTIONS))
    print(f"adding {len(more)}: {adding:.1f} s; removing one: {removing:.1f} s")
    assert removed.stats["papers"] == added.stats["papers"] - 1
