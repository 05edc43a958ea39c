"""A build's extraction on two Dask workers against two processes of our own: prints ratios, never fails on time."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from kg.build import BuildOptions
from kg.domain import Paper
from kg.flow.extraction import Work
from kg.flow.workshop import Workshop
from tests.bench.test_scale import CORPUS, _corpus

pytestmark = [pytest.mark.bench, pytest.mark.slow]
FRACTION = 64
ROUNDS = 3
WARM = 128


def _below(pid: int) -> Iterator[int]:
    """A process and all below it, whichever of its threads started them."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _below(int(child))


def _processor() -> float:
    """Seconds of the processor that this process and all below it have used so far."""
    ticks = 0
    for pid in _below(os.getpid()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])  # own and of children that ended; see proc(5)
    return ticks / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not CORPUS.exists(), reason="needs the corpus beside the checkout")
def test_dask_against_our_own_processes() -> None:
    """The same batches in the same order, turn by turn, both warm; by the clock, and by processor seconds.

    On a machine that does other things too the second is the one to trust: all cores are busy, so what a batch costs
    of them says how many batches an hour has.
    """
    import json

    papers = [
        Paper(id=fields["id"], title=fields["title"], text=fields["abstract"])
        for fields in map(json.loads, _corpus(FRACTION))
    ]
    work = Work("rules", 0.0)
    clock: dict[str, list[float]] = {"processes": [], "dask": []}
    processor: dict[str, list[float]] = {"processes": [], "dask": []}
    with ExitStack() as stack:
        shops = {
            "processes": stack.enter_context(Workshop.of(BuildOptions(workers=2))),
            "dask": stack.enter_context(Workshop.of(BuildOptions(cluster="local:2"))),
        }
        for number in range(ROUNDS):
            turn = papers[number::ROUNDS]
            rows = {}
            for name, workshop in shops.items():
                whole = [*papers[:WARM], *turn]
                spread = work.spread(workshop, work.packer, whole, 10**6, kept=lambda record: (b"", b""))
                rows[name] = [row for _, batch in zip(range(WARM // 32), spread, strict=False) for row in batch]
                begun, used = time.monotonic(), _processor()
                rows[name] += [row for batch in spread for row in batch]
                clock[name].append((time.monotonic() - begun) / len(turn))
                processor[name].append((_processor() - used) / len(turn))
            assert rows["dask"] == rows["processes"]
    print(f"\n{len(papers)} papers in {ROUNDS} turns; dask / processes:")
    for what, seconds in (("clock", clock), ("processor", processor)):
        ratios = [a / b for a, b in zip(seconds["processes"], seconds["dask"], strict=True)]
        each = ", ".join(
            f"{name} {1000 * statistics.median(values):.1f} ms a paper" for name, values in seconds.items()
        )
        print(f"  {what} {statistics.median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)}); {each}")
