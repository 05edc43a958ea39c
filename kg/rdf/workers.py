"""Queries in processes that are killed at their limit: the engine has no time limit of its own.

    with Workers(folder) as workers:
        with workers.ask(Question(text="SELECT …"), limits) as answer:
            answer.media_type, answer.chunks()

A process is started when it is needed (under a tenth of a second), kept for the next query, and ended when a query
passes its limit, when it dies, or when who asked leaves before the end. Safe to use from many threads.
What it cannot do: share a process between queries; those beyond `count` wait for their turn.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from kg.errors import QueryError, Where
from kg.rdf.engine import Limits, Question, too_long
from kg.rdf.formats import rdf_format
from kg.rdf.results import MEDIA_TYPES
from kg.rdf.worker import CONTENT, END, ERROR, FRAME, HEAD

__all__ = ["Answer", "Workers"]

_START = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r}); from kg.rdf.worker import main; main(sys.argv[1])"
_OPENING = 120.0
"""Seconds that opening a store may take."""


class _Process:
    """One worker and what it has sent that was not read yet."""

    def __init__(self, place: str) -> None:
        environment = {**os.environ, "PYTHONSAFEPATH": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, place],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out, selectors.EVENT_READ)
        self._held = bytearray()

    @property
    def _out(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def send(self, asked: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()

    def frame(self, deadline: float | None) -> tuple[bytes, bytes]:
        """The next frame. TimeoutError at the deadline, EOFError where the process is gone."""
        kind, length = FRAME.unpack(self._read(FRAME.size, deadline))
        return kind, self._read(length, deadline)

    def _read(self, size: int, deadline: float | None) -> bytes:
        while len(self._held) < size:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and (left <= 0 or not self._selector.select(left)):
                raise TimeoutError
            got = os.read(self._out.fileno(), 1 << 16)
            if not got:
                raise EOFError
            self._held += got
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def end(self) -> None:
        """Kill it; nothing of it is left."""
        self._process.kill()
        self._process.wait()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with _broken_is_closed():
                    pipe.close()


@contextmanager
def _broken_is_closed() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        return


@dataclass(slots=True, kw_only=True)
class Answer:
    """An answer that is being found. `form` is table, graph or boolean; after the last chunk, `truncated` is known."""

    form: str
    media_type: str
    _process: _Process
    _limits: Limits
    _deadline: float | None
    truncated: bool = False
    complete: bool = False

    def chunks(self) -> Iterator[bytes]:
        """What is to be sent, as it comes. Raises QueryError where a limit is reached on the way."""
        while not self.complete:
            kind, content = _next(self._process, self._limits, self._deadline)
            if kind == CONTENT:
                yield content
            elif kind == END:
                self.truncated = bool(json.loads(content)["truncated"])
                self.complete = True


class Workers:
    """As many processes as may answer at once, over one store on disk.

    place: the store's folder. count: processes at most. waiting: seconds that a query waits for its turn.
    """

    def __init__(self, place: str | Path, *, count: int = 2, waiting: float = 30.0) -> None:
        self._place = str(place)
        self._turns = threading.BoundedSemaphore(count)
        self._waiting = waiting
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def ask(
        self, question: Question, limits: Limits | None = None, *, table: str = "json", graph: str = "turtle"
    ) -> Iterator[Answer]:
        """Ask, and have the answer while the block lasts; leaving it early ends the query.

        table, graph: the formats for the two kinds of answer (`results.MEDIA_TYPES`, `formats.FORMATS`).
        Raises QueryError for what is wrong with the query and for every limit.
        """
        limits = limits or Limits()
        asked = {
            "text": question.text,
            "default_graphs": list(question.default_graphs),
            "named_graphs": list(question.named_graphs),
            "seconds": limits.seconds,
            "rows": limits.rows,
            "memory": limits.memory,
            "table": _known(table),
            "graph": rdf_format(graph).name,
        }
        if not self._turns.acquire(timeout=self._waiting):
            raise QueryError("too many queries at once", to_do="ask again in a moment")
        try:
            process = self._take()
            usable = False
            try:
                answer = _begin(process, asked, limits)
                yield answer
                usable = answer.complete
            except _Refused as refused:
                usable = True
                raise refused.error from None
            finally:
                self._give(process, usable)
        finally:
            self._turns.release()

    def _take(self) -> _Process:
        with self._lock:
            if self._closed:
                raise QueryError("the graph is closed", to_do="open it again")
            if self._idle:
                return self._idle.pop()
        process = _Process(self._place)
        opened = False
        try:
            _next(process, Limits(seconds=_OPENING), time.monotonic() + _OPENING)
            opened = True
        except _Refused as refused:
            raise refused.error from None
        finally:
            if not opened:
                process.end()
        return process

    def _give(self, process: _Process, usable: bool) -> None:
        with self._lock:
            if usable and not self._closed:
                self._idle.append(process)
                return
        process.end()

    def close(self) -> None:
        """End the processes that wait; those at work end with their answer."""
        with self._lock:
            self._closed = True
            ending, self._idle = self._idle, []
        for process in ending:
            process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Refused(Exception):
    """The worker said what is wrong, and lives."""

    def __init__(self, error: QueryError) -> None:
        super().__init__(str(error))
        self.error = error


def _known(table: str) -> str:
    if table not in MEDIA_TYPES:
        raise QueryError(f"no format {table!r} for a table", to_do=f"use one of {', '.join(MEDIA_TYPES)}")
    return table


def _begin(process: _Process, asked: dict[str, Any], limits: Limits) -> Answer:
    deadline = None if limits.seconds is None else time.monotonic() + limits.seconds
    try:
        process.send(asked)
    except BrokenPipeError:
        raise QueryError("the process that answers is gone", to_do="ask again") from None
    kind, content = _next(process, limits, deadline)
    assert kind == HEAD
    head = json.loads(content)
    return Answer(
        form=head["form"], media_type=head["media_type"], _process=process, _limits=limits, _deadline=deadline
    )


def _next(process: _Process, limits: Limits, deadline: float | None) -> tuple[bytes, bytes]:
    """The next frame, or what is wrong as a QueryError."""
    try:
        kind, content = process.frame(deadline)
    except TimeoutError:
        raise too_long(limits) from None
    except EOFError:
        raise _no_memory(limits) from None
    if kind == ERROR:
        error = json.loads(content)
        if error["what"] == "memory":
            raise _no_memory(limits)
        raise _Refused(QueryError(error["what"], where=Where(line=error.get("line")), to_do=error.get("to_do")))
    return kind, content


def _no_memory(limits: Limits) -> QueryError:
    bound = "" if limits.memory is None else f" of {limits.memory >> 20} MiB"
    return QueryError(
        f"the query was stopped at its bound of memory{bound}", to_do="ask for less, or allow more memory"
    )
