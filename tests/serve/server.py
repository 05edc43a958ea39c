"""A real server on a free port, for tests: the application over a small graph, run by uvicorn in a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from kg.graph import Graph
from kg.serve import ServeOptions, app
from kg.serve.index import Index

__all__ = ["Running", "running"]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at `address`."""

    address: str
    client: httpx.Client
    index: Index


@contextmanager
def running(
    source: Graph | Path, options: ServeOptions | None = None, *, hosts: tuple[str, ...] | None = None
) -> Iterator[Running]:
    """Serve a graph for as long as the context lasts."""
    made = app(source, options=options, hosts=hosts)
    server = uvicorn.Server(uvicorn.Config(made, port=0, log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=address, timeout=60) as client:
        try:
            yield Running(address, client, made.state.index)
        finally:
            server.should_exit = True
            thread.join(20)
