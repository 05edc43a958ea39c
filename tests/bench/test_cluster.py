"""A build's extraction on two Dask workers against two processes of our own: prints the ratio, never fails on time."""

from __future__ import annotations

import time
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


@pytest.mark.skipif(not CORPUS.exists(), reason="needs the corpus beside the checkout")
def test_dask_against_our_own_processes(tmp_path: Path) -> None:
    """The same batches in the same order; both with their workers started and warm."""
    import json

    papers = [
        Paper(id=fields["id"], title=fields["title"], text=fields["abstract"])
        for fields in map(json.loads, _corpus(FRACTION))
    ]
    work = Work("rules", 0.0)
    rates = {}
    results = {}
    for name, options in (("processes", BuildOptions(workers=2)), ("dask", BuildOptions(cluster="local:2"))):
        with Workshop.of(options) as workshop:
            spread = work.spread(workshop, work.packer, [*papers[:300], *papers], 10**6, kept=lambda record: (b"", b""))
            done, begun, rows = 0, 0.0, []
            for batch in spread:
                done += len(batch)
                rows += batch
                if not begun and done >= 300:
                    begun, warm = time.monotonic(), done
            rates[name] = (done - warm) / (time.monotonic() - begun)
        results[name] = rows
    print(f"\n{len(papers)} papers: " + ", ".join(f"{name} {rate:.0f} a second" for name, rate in rates.items()))
    print(f"dask / processes: {rates['dask'] / rates['processes']:.2f}")
    assert results["dask"] == results["processes"]
