"""The process that answers queries on a store on disk, one after the other, and that can be killed.

Started by `kg.rdf.workers`. In, on standard input: one JSON line a query. Out, on standard output, frames of a byte for
the kind, four for the length and the content: one `H` (head, JSON), any number of `C` (content, bytes), one `E` (end,
JSON), or one `X` (error, JSON) in place of what is missing. The store is opened read-only. Its memory is bounded where
the system can do it (Linux): beyond the bound the engine ends the process, and only that.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.errors import QueryError
from kg.rdf.engine import Cut, Limits, Question, run, solutions
from kg.rdf.formats import rdf_format
from kg.rdf.results import MEDIA_TYPES, boolean_chunks, table_chunks
from kg.rdf.serialise import write_triples

__all__ = ["CONTENT", "END", "ERROR", "FRAME", "HEAD", "main"]

HEAD, CONTENT, END, ERROR = b"H", b"C", b"E", b"X"
FRAME = struct.Struct(">cI")
"""How a frame begins: its kind and its length."""


_GRACE = 2
"""Seconds of the processor beyond twice the limit, before a worker that nobody waits for ends itself."""


class _Frames(io.RawIOBase):
    """Where the answer goes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        data = bytes(content)
        if data:
            self.send(CONTENT, data)
        return len(data)

    def send(self, kind: bytes, content: bytes | dict[str, Any]) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self._out.write(FRAME.pack(kind, len(data)))
        self._out.write(data)
        self._out.flush()


def main(place: str) -> None:
    """Answer until standard input ends."""
    frames = _Frames(sys.stdout.buffer)
    sys.stdout = sys.stderr
    try:
        store = Store.read_only(place)
    except OSError as error:
        frames.send(ERROR, {"what": f"the triples cannot be opened: {error}", "to_do": "build the graph again"})
        return
    frames.send(HEAD, {})
    for line in sys.stdin.buffer:
        _answer(store, json.loads(line), frames)


def _answer(store: Store, asked: dict[str, Any], frames: _Frames) -> None:
    limits = Limits(seconds=asked["seconds"], rows=asked["rows"], memory=asked["memory"])
    question = Question(
        text=asked["text"], default_graphs=tuple(asked["default_graphs"]), named_graphs=tuple(asked["named_graphs"])
    )
    try:
        with _bounded(limits):
            cut = _send(store, question, asked["table"], asked["graph"], limits, frames)
        frames.send(END, {"truncated": cut.truncated, "rows": cut.count})
    except QueryError as error:
        frames.send(ERROR, {"what": error.what, "line": error.where.line, "to_do": error.to_do})
    except MemoryError:
        frames.send(ERROR, {"what": "memory"})
    except (OSError, RuntimeError, ValueError) as error:
        frames.send(ERROR, {"what": f"the engine could not finish the query: {error}"})


def _send(store: Store, question: Question, table: str, graph: str, limits: Limits, frames: _Frames) -> Cut:
    cut = Cut(limits)
    answer = run(store, question)
    if isinstance(answer, QuerySolutions):
        columns = [variable.value for variable in answer.variables]
        frames.send(HEAD, {"form": "table", "media_type": MEDIA_TYPES[table], "columns": columns})
        for chunk in table_chunks(columns, cut(solutions(answer)), table):
            frames.send(CONTENT, chunk)
    elif isinstance(answer, QueryBoolean):
        frames.send(HEAD, {"form": "boolean", "media_type": MEDIA_TYPES[table]})
        for chunk in boolean_chunks(bool(answer), table):
            frames.send(CONTENT, chunk)
    else:
        frames.send(HEAD, {"form": "graph", "media_type": rdf_format(graph).media_type})
        buffer = io.BufferedWriter(frames)
        try:
            write_triples(cut(answer), graph, buffer)
        finally:
            buffer.detach()
    return cut


@contextmanager
def _bounded(limits: Limits) -> Iterator[None]:
    """No more than so many bytes beyond what is mapped now; and an end to work whose asker was killed.

    The asker looks at the clock and kills; the bound on the processor's time is for the day when the asker is gone.
    """
    try:
        import resource

        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    bounds = {
        resource.RLIMIT_AS: None if limits.memory is None else mapped + limits.memory,
        resource.RLIMIT_CPU: None
        if limits.seconds is None
        else int(spent.ru_utime + spent.ru_stime + 2 * limits.seconds) + _GRACE,
    }
    before = {kind: resource.getrlimit(kind) for kind in bounds}
    try:
        for kind, bound in bounds.items():
            if bound is not None:
                resource.setrlimit(kind, (bound, before[kind][1]))
        yield
    finally:
        for kind, old in before.items():
            resource.setrlimit(kind, old)
