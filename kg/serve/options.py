"""What a server may do: all that can be set, with the defaults that are safe."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ServeOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How the graph is served.

    title       what the page calls the graph
    base        the address that people reach the server at, for links in descriptions; the request's own where None
    cors        origins that may read across (CORS); "*" for all; none by default
    writable    allow SPARQL Update and the writing half of the Graph Store Protocol, on a copy of the triples that
                lives as long as the server; the graph folder is never changed
    seconds     seconds a query may take before its process is killed
    rows        rows or triples that a query may give; more are cut, and the answer says so
    memory_mb   MiB of memory that a query's process may take
    workers     processes that answer queries
    waiting     seconds a query waits for a free process before it is told to come back
    max_body    bytes of a request that are read
    """

    title: str = "Knowledge graph"
    base: str | None = None
    cors: tuple[str, ...] = ()
    writable: bool = False
    seconds: float = 30.0
    rows: int = 100_000
    memory_mb: int = 2048
    workers: int = 4
    waiting: float = 20.0
    max_body: int = 1_000_000

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.waiting <= 0:
            raise ValueError("a limit in seconds must be more than 0")
        if min(self.rows, self.memory_mb, self.workers, self.max_body) < 1:
            raise ValueError("a limit must be at least 1")
