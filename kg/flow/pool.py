"""Work spread over processes: ordered results, bounded queues, and workers that may die.

Workers are made by a fork server that has the heavy modules loaded already, so they share those pages and start fast.
Each has one pipe: when this process goes, however it goes, its workers read the end of the pipe and go too. A batch
whose worker died is given to a new one; a batch that kills three is told as an error, never dropped. No wait is without
an end: a batch that takes an hour counts as one whose worker died.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic, TypeVar

from kg.errors import ExtractError, KgError

__all__ = ["Pool", "cores", "cpu_seconds"]

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 4
"""Batches a worker that are under way or done and waiting for their turn: what bounds memory."""
_LIVES = 3
_STUCK_S = 3600.0
"""A batch that takes longer is taken for stuck, and its worker for dead: thousands of times what a batch takes."""
_LOOK_S = 30.0
_PATIENCE_S = 30.0
"""How long a worker that was told to go may take to do so."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_of_workers = 0.0


def cpu_seconds() -> float:
    """Processor seconds of this process and of what its workers have answered so far.

    What the fork server does once, and a worker that died, is not in it.
    """
    return time.process_time() + _of_workers


@contextmanager
def _without_main() -> Iterator[None]:
    """Workers need nothing of the program that started them: a script without a main guard must not run again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _set(environment: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@dataclass(frozen=True, slots=True)
class _Failure:
    error: BaseException


def _serve(pipe: Connection, make: Callable[[], Callable[[Any], Any]]) -> None:
    """A worker: makes its function once, then answers until the pipe ends."""
    try:
        told = 0.0
        work = make()
        while True:
            answer = _answer(work, pipe.recv())
            spent = time.process_time()
            pipe.send((answer, spent - told))
            told = spent
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        os._exit(0)
    except KgError as error:
        pipe.send((_Failure(error), time.process_time()))


def _count(seconds: float) -> None:
    global _of_workers
    _of_workers += seconds


def _answer(work: Callable[[Any], Any], task: Any) -> Any:
    try:
        return work(task)
    except (KgError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, OSError) as error:
        return _Failure(error)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: int | None = None
    since: float = 0.0

    def end(self) -> None:
        """Wait until it is gone; one that does not go is killed."""
        self.process.join(_PATIENCE_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_PATIENCE_S)


class Pool(Generic[In, Out]):
    """Processes that each hold one function. `make` is called once in each; it must be importable there.

    on_lost: gives the result for a batch that has killed three workers; without it that is an error.
    preload: modules that the fork server loads once for all. environment: variables that it sees while it does; both
    count for the first pool of a process, which starts the fork server.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[In], Out]],
        *,
        workers: int,
        on_lost: Callable[[In], Out] | None = None,
        preload: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._make = make
        self._on_lost = on_lost
        self._count = max(1, workers)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["kg.flow.pool", *preload])
        self._environment = environment or {}
        self._workers: list[_Worker] = []

    def map(self, batches: Iterable[In]) -> Iterator[Out]:
        """The function's result for each batch, in the batches' order. Raises what the function raised."""
        source = iter(batches)
        waiting: dict[int, In] = {}
        done: dict[int, Any] = {}
        deaths: dict[int, int] = {}
        taken = given = 0
        more = True
        try:
            while more or waiting or done:
                while more and taken - given < _AHEAD * self._count:
                    try:
                        waiting[taken] = next(source)
                        taken += 1
                    except StopIteration:
                        more = False
                self._hand_out(waiting, done)
                if given in done:
                    waiting.pop(given)
                    yield done.pop(given)
                    given += 1
                elif waiting:
                    self._collect(waiting, done, deaths)
        finally:
            self.close()

    def _hand_out(self, waiting: dict[int, In], done: dict[int, Any]) -> None:
        """Give every idle worker the earliest batch that nobody has."""
        busy = {worker.task for worker in self._workers}
        free = [number for number in sorted(waiting) if number not in busy and number not in done]
        for number in free:
            worker = next((worker for worker in self._workers if worker.task is None), None)
            if worker is None and len(self._workers) < self._count:
                worker = self._start()
            if worker is None:
                return
            worker.task, worker.since = number, time.monotonic()
            try:
                worker.pipe.send(waiting[number])
            except (BrokenPipeError, ConnectionResetError):
                continue

    def _collect(self, waiting: dict[int, In], done: dict[int, Any], deaths: dict[int, int]) -> None:
        """Wait until a worker has answered or died; one that is stuck is killed, and found dead the next time."""
        found = wait([worker.pipe for worker in self._workers], _LOOK_S)
        for worker in self._workers if not found else ():
            if worker.task is not None and time.monotonic() - worker.since > _STUCK_S:
                worker.process.kill()
        for ready in found:
            worker = next(worker for worker in self._workers if worker.pipe is ready)
            try:
                answer, spent = worker.pipe.recv()
            except (EOFError, ConnectionResetError, OSError):
                lost = self._bury(worker, deaths)
                if lost is not None:
                    done[lost] = self._lost(waiting[lost], worker.process.exitcode)
                continue
            _count(spent)
            if isinstance(answer, _Failure):
                raise answer.error
            if worker.task is not None:
                done[worker.task] = answer
            worker.task = None

    def _bury(self, worker: _Worker, deaths: dict[int, int]) -> int | None:
        """A worker died: its batch is free again, or, where it has cost too many, its number is given back."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.end()
        if worker.task is None:
            return None
        deaths[worker.task] = deaths.get(worker.task, 0) + 1
        return worker.task if deaths[worker.task] >= _LIVES else None

    def _lost(self, batch: In, status: int | None) -> Out:
        if self._on_lost is not None:
            return self._on_lost(batch)
        raise ExtractError(
            f"{_LIVES} worker processes died on one batch, the last with status {status}",
            to_do="give the machine more memory, or use fewer workers",
        )

    def _start(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        with _without_main(), _set(self._environment):
            process = self._context.Process(target=_serve, args=(theirs, self._make), daemon=True)
            process.start()
        theirs.close()
        worker = _Worker(process=process, pipe=ours)
        self._workers.append(worker)
        return worker

    def close(self) -> None:
        """End the workers; those that are in the middle of a batch at once."""
        for worker in self._workers:
            worker.pipe.close()
            if worker.task is not None:
                worker.process.terminate()
        for worker in self._workers:
            worker.end()
        self._workers = []
