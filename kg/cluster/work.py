"""Batches of work on Dask workers: ordered results, bounded queues, lost workers retried.

In: a function's maker and batches. Out: results in the batches' order. Workers make the function once and keep it.
Dask gives a batch whose worker was lost to another one; one that loses several is told as an error.
What it cannot do: install the program on the workers; they must have this very version.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from distributed import Client, KilledWorker, LocalCluster
from distributed.protocol.pickle import dumps, loads

import kg
from kg.errors import ExtractError, UsageError

__all__ = ["Cluster"]

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 4
_RETRIES = 3
_ANSWER_S = 20
_PLAIN = {"distributed.worker.profile.enabled": False, "distributed.admin.system-monitor.interval": "10s"}
"""For workers here: nobody looks at their profiles, and taking them a hundred times a second costs what is to be spread."""
_COUNT_EVERY_S = 1.0
_LOOK_S = 30.0
_ALONE_S = 180.0
"""How long to wait for workers that are started again, or by a queue of jobs."""
_LOCAL = re.compile(r"local(?::(\d+))?")


@lru_cache(maxsize=8)
def _made(packed: bytes) -> Callable[[Any], Any]:
    """The function, made of its pickled maker: bytes are equal in every batch, what they hold need not be."""
    make: Callable[[], Callable[[Any], Any]] = loads(packed)
    return make()


def _work(packed: bytes, batch: Any) -> Any:
    return _made(packed)(batch)


def _version() -> str:
    return kg.__version__


@dataclass(frozen=True, slots=True)
class Cluster:
    """A connection to a Dask cluster."""

    client: Client

    @classmethod
    @contextmanager
    def open(cls, *, scheduler: str | None = None, local: str | None = None) -> Iterator[Cluster]:
        """Connect to a scheduler ("tcp://host:8786"), or start workers here ("local:4").

        Raises UsageError for an address where no scheduler answers, for words that are not "local:N", and for workers
        that have another version of the program.
        """
        with ExitStack() as stack:
            if scheduler is not None:
                try:
                    client = stack.enter_context(Client(scheduler, timeout=_ANSWER_S, set_as_default=False))
                except (OSError, TimeoutError, ValueError) as error:
                    what = f"no Dask scheduler answers at {scheduler}"
                    raise UsageError(what, to_do="check the address, as in tcp://host:8786") from error
            else:
                count = _workers(local or "local")
                machine = LocalCluster(
                    n_workers=count,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=50,
                    config=_PLAIN,
                )
                client = stack.enter_context(Client(stack.enter_context(machine), set_as_default=False))
            others = {version for version in client.run(_version).values() if version != kg.__version__}
            if others:
                what = f"workers have version {', '.join(sorted(others))} of the program, this is {kg.__version__}"
                raise UsageError(what, to_do="install the same version everywhere")
            yield cls(client)

    @property
    def workers(self) -> int:
        """How many threads of workers there are now, at least 1."""
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    def map(self, make: Callable[[], Callable[[In], Out]], batches: Iterable[In]) -> Iterator[Out]:
        """The function's result for each batch, in order. Raises what the function raised, or ExtractError."""
        source, packed = iter(batches), dumps(make)
        ahead: deque[Any] = deque()
        counted, workers = -_COUNT_EVERY_S, 0
        try:
            while True:
                if time.monotonic() - counted >= _COUNT_EVERY_S:  # asking the scheduler is a round trip
                    counted, workers = time.monotonic(), self.workers
                for batch in islice(source, max(0, _AHEAD * workers - len(ahead))):
                    ahead.append(self.client.submit(_work, packed, batch, pure=False, retries=_RETRIES))
                if not ahead:
                    return
                yield self._result(ahead.popleft())
        finally:
            self.client.cancel(list(ahead))

    def _result(self, future: Any) -> Any:
        """What a batch gave. Raises ExtractError for one that loses its workers, and where no worker is left for long."""
        alone_since: float | None = None
        while True:
            try:
                return future.result(timeout=_LOOK_S)
            except KilledWorker as error:
                to_do = "give the workers more memory"
                raise ExtractError(f"several workers were lost on one batch: {error}", to_do=to_do) from error
            except CancelledError as error:
                raise ExtractError("the scheduler went away", to_do="start it and build again: it goes on") from error
            except TimeoutError:
                if future.done():
                    raise  # the batch's own error, not ours
            alone_since = self._alone_since(alone_since)

    def _alone_since(self, before: float | None) -> float | None:
        """Since when the cluster has had no worker; None where it has one."""
        if self.client.status == "running" and self.client.nthreads():
            return None
        since = time.monotonic() if before is None else before
        if time.monotonic() - since > _ALONE_S:
            what = f"the cluster has had no worker for {_ALONE_S:.0f} seconds"
            raise ExtractError(what, to_do="start some and build again: it goes on")
        return since


def _workers(local: str) -> int:
    found = _LOCAL.fullmatch(local)
    count = int(found[1] or 2) if found else 0
    if count < 1:
        raise UsageError(f"{local!r} is not a cluster", to_do="write local:4 for four workers on this machine")
    return count
