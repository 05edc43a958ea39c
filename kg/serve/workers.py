"""Queries in processes of their own: as many as the options say, each killed at its limit or when the client leaves.

A worker (`kg.serve.worker`) answers one query after another over a read-only store; starting one costs 72 ms, so they
are kept and only those that had to be killed are started anew. In writable mode there is one worker, which owns the
store, so updates and queries come one after another.
"""

from __future__ import annotations

import asyncio
import json
import struct
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.serve.frames import HEADER, HELD
from kg.serve.options import ServeOptions

__all__ = ["Pool", "Refused", "Run"]


class Refused(QueryError):
    """A query that was not answered, with the HTTP status that says why."""

    def __init__(self, what: str, status: int, *, to_do: str | None = None) -> None:
        super().__init__(what, to_do=to_do)
        self.status = status


@dataclass(slots=True, eq=False)
class _Worker:
    process: asyncio.subprocess.Process | None

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame. Raises IncompleteReadError where the process is gone."""
        assert self.process is not None and self.process.stdout is not None
        kind, length = HEADER.unpack(await self.process.stdout.readexactly(HEADER.size))
        return kind, await self.process.stdout.readexactly(length)

    async def ask(self, request: dict[str, Any]) -> None:
        assert self.process is not None and self.process.stdin is not None
        body = json.dumps(request).encode()
        self.process.stdin.write(struct.pack(">I", len(body)) + body)
        await self.process.stdin.drain()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def kill(self) -> None:
        if self.process is not None:
            if self.alive:
                self.process.kill()
            await self.process.wait()


_GONE = _Worker(None)


class Run:
    """A query under way: its media type, and its body as it comes. Close it, whatever happens.

    `rows` and `cut` are known after the last chunk; the first chunk is large, so for most answers that is at once.
    """

    def __init__(self, pool: Pool, worker: _Worker, deadline: float) -> None:
        self.media_type = ""
        self.rows = 0
        self.cut = False
        self.done = False
        self._pool = pool
        self._worker = worker
        self._deadline = deadline
        self._held: list[bytes] = []

    async def begin(self, request: dict[str, Any]) -> None:
        """Send the request, and wait for the first bytes of its answer. Raises Refused."""
        await self._worker.ask(request)
        kind, body = await self._frame()
        if kind == b"X":
            self.done = True
            found = json.loads(body)
            raise Refused(found["what"], found["status"])
        self.media_type = body.decode()
        async for chunk in self._chunks(once=True):
            self._held.append(chunk)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body. Raises Refused where a limit is reached; what was sent until then is not the whole answer."""
        for chunk in self._held:
            yield chunk
        self._held.clear()
        if not self.done:
            async for chunk in self._chunks():
                yield chunk

    async def _chunks(self, *, once: bool = False) -> AsyncIterator[bytes]:
        while not self.done:
            kind, body = await self._frame()
            if kind == b"D":
                yield body
                if once and len(body) >= HELD:
                    return
            elif kind == b"E":
                told = json.loads(body)
                self.rows, self.cut, self.done = told["rows"], told["cut"], True
            else:
                self.done = True
                found = json.loads(body)
                raise Refused(found["what"], found["status"])

    async def _frame(self) -> tuple[bytes, bytes]:
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._worker.frame()
        except TimeoutError:
            limit = f"{self._pool.options.seconds:g} s"
            what = f"the query was stopped at its time limit of {limit}"
            raise Refused(what, 503, to_do="ask for less, or set a longer limit") from None
        except asyncio.IncompleteReadError:
            raise Refused("the query was stopped at its memory limit", 507, to_do="ask for less") from None

    async def close(self) -> None:
        """Give the process back; where the query had not ended, kill it. Doing it twice changes nothing."""
        worker, self._worker = self._worker, _GONE
        if worker is not _GONE:
            await asyncio.shield(self._pool.give_back(worker, clean=self.done))


class Pool:
    """The processes over one store."""

    def __init__(self, store: Path, options: ServeOptions) -> None:
        self.store = store
        self.options = options
        self.size = 1 if options.writable else options.workers
        self.killed = 0
        self.running = 0
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()

    async def start(self) -> None:
        """Start one process at once, so that the first query is quick; the others when they are first needed."""
        for _ in range(self.size - 1):
            self._idle.put_nowait(None)
        self._idle.put_nowait(await self._spawn())

    async def stop(self) -> None:
        """End every process."""
        for worker in list(self._all):
            await self._drop(worker)

    async def run(self, request: dict[str, Any]) -> Run:
        """Run one request of `kg.serve.worker`; `rows` is the server's limit where it has none of its own.

        Raises Refused with a status for whatever goes wrong before the first bytes of the answer.
        """
        worker = await self._take()
        run = Run(self, worker, asyncio.get_running_loop().time() + self.options.seconds)
        try:
            await run.begin({"rows": self.options.rows, **request})
        except BaseException:
            await run.close()
            raise
        return run

    async def give_back(self, worker: _Worker, *, clean: bool) -> None:
        """Take a process back; one that is not clean is killed, and its place is free for a new one."""
        self.running -= 1
        if not clean:
            self.killed += 1
            await self._drop(worker)
        self._idle.put_nowait(worker if clean else None)

    async def _take(self) -> _Worker:
        try:
            worker = await asyncio.wait_for(self._idle.get(), self.options.waiting)
        except TimeoutError:
            raise Refused("too many queries at once", 503, to_do="try again in a moment") from None
        if worker is None or not worker.alive:
            try:
                worker = await self._spawn()
            except BaseException:
                self._idle.put_nowait(None)
                raise
        self.running += 1
        return worker

    async def _spawn(self) -> _Worker:
        flags = ["--writable"] if self.options.writable else []
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.serve.worker",
            str(self.store),
            str(self.options.memory_mb),
            *flags,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 20,
        )
        worker = _Worker(process)
        self._all.add(worker)
        try:
            await worker.frame()
        except asyncio.IncompleteReadError:
            await self._drop(worker)
            raise Refused("a query process could not open the triples", 503, to_do="look at the graph folder") from None
        except BaseException:
            await asyncio.shield(self._drop(worker))
            raise
        return worker

    async def _drop(self, worker: _Worker) -> None:
        await worker.kill()
        self._all.discard(worker)
