"""A build on a Dask cluster is the build on one machine, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from distributed import Client, LocalCluster

from kg.build import build
from kg.cluster.work import Cluster
from kg.errors import ExtractError, UsageError
from kg.flow import contributions, extraction
from tests.flow import workers
from tests.flow.corpus import OPTIONS, paper, write
from tests.flow.states import state


@pytest.fixture(scope="module")
def scheduler() -> object:
    """Two real worker processes on this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made.scheduler_address


def test_a_build_with_a_killed_worker_is_the_build_of_one_machine(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is killed as soon as the first batch is done; Dask starts another."""
    monkeypatch.setattr(extraction, "_BATCH", 2)
    monkeypatch.setattr(contributions, "_PAPERS", 2)
    monkeypatch.setattr(contributions, "_THINGS", 4)
    file = write(tmp_path / "a.jsonl", [paper(number) for number in range(24)])
    build([file], tmp_path / "here", options=OPTIONS)
    killed: list[int] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        if stage == "extract" and done == 0 and not killed:
            with Client(scheduler, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    options = replace(OPTIONS, workers=None, scheduler=scheduler)
    report = build([file], tmp_path / "there", options=options, progress=progress)
    assert killed
    assert report.extracted == 24
    assert state(tmp_path / "here") == state(tmp_path / "there")


def test_results_come_in_order_and_errors_reach_the_caller(scheduler: str) -> None:
    """As those of the processes of one machine."""
    with Cluster.open(scheduler=scheduler) as cluster:
        assert [2 * n for n in range(20)] == list(cluster.map(workers.doubling, range(20)))
        with pytest.raises(ExtractError, match="three is too much"):
            list(cluster.map(workers.failing, range(6)))


def test_a_cluster_that_has_lost_all_its_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while, with what to do; a wait without an end would look like work."""
    monkeypatch.setattr("kg.cluster.work._LOOK_S", 0.2)
    monkeypatch.setattr("kg.cluster.work._ALONE_S", 0.5)
    with (
        LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty,
        Cluster.open(scheduler=empty.scheduler_address) as cluster,
        pytest.raises(ExtractError, match="has had no worker") as caught,
    ):
        list(cluster.map(workers.doubling, range(3)))
    assert caught.value.to_do


def test_words_that_are_no_cluster_are_the_users_error() -> None:
    """And so is an address where nobody answers."""
    for words in ("local:0", "remote:4", "4"):
        with pytest.raises(UsageError, match="is not a cluster"), Cluster.open(local=words):
            pass


def test_an_address_where_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in a sentence, after a while."""
    monkeypatch.setattr("kg.cluster.work._ANSWER_S", 1)
    with pytest.raises(UsageError, match="no Dask scheduler answers"), Cluster.open(scheduler="tcp://127.0.0.1:9"):
        pass
