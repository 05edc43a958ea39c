"""/sparql: the protocol's answers, streamed; without a query, the editor for people and the description for programs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from kg.serve.negotiate import best
from kg.serve.options import ServeOptions
from kg.serve.pages import Pages, may_write
from kg.serve.protocol import Operation, operation
from kg.serve.sparql_text import with_base
from kg.serve.workers import Pool, Refused, Run

__all__ = [
    "GRAPH_TYPES",
    "TABLE_TYPES",
    "Endpoint",
    "base_of",
    "body_of",
    "refusal",
    "stream",
    "unless_gone",
    "whole",
    "with_charset",
]

TABLE_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""Media types of tables, the usual first, and the writer of each."""

GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "text/plain": "ntriples",
}
"""Media types of triples, the usual first, and the writer of each."""

_SHORT = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml", "csv": "text/csv",
          "tsv": "text/tab-separated-values", "ttl": "text/turtle", "turtle": "text/turtle",
          "nt": "application/n-triples", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}  # fmt: skip
_Value = TypeVar("_Value")


def refusal(refused: Refused) -> Response:
    """An error as people and programs read it: one line of JSON."""
    headers = {"retry-after": "2"} if refused.status == 503 else {}
    if refused.status == 405:
        headers["allow"] = "GET, HEAD, POST, OPTIONS"
    return JSONResponse({"error": refused.what, "to_do": refused.to_do}, status_code=refused.status, headers=headers)


async def body_of(request: Request, most: int) -> bytes:
    """The body, if it is no longer than allowed. Raises Refused with status 413."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > most:
            raise Refused(f"the body is longer than {most} bytes", 413)
    return bytes(held)


async def unless_gone(request: Request, work: Awaitable[_Value]) -> _Value:
    """What the work gives, as long as the client waits; cancels the work and raises ClientDisconnect when it leaves."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=0.2)
            if not task.done() and await request.is_disconnected():
                raise ClientDisconnect
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


class Endpoint:
    """SPARQL over the pool."""

    def __init__(self, pool: Pool, pages: Pages, options: ServeOptions) -> None:
        self._pool = pool
        self._pages = pages
        self._options = options

    async def __call__(self, request: Request) -> Response:
        """Answer a request to /sparql."""
        try:
            return await self._answer(request)
        except Refused as refused:
            return refusal(refused)
        except ClientDisconnect:
            return Response(status_code=499)

    async def _answer(self, request: Request) -> Response:
        body = await body_of(request, self._options.max_body) if request.method == "POST" else b""
        query = request.url.query.encode("ascii", "replace")
        asked = any(name in request.query_params for name in ("query", "update"))
        if request.method in ("GET", "HEAD") and not asked:
            return self._introduce(request)
        found = operation(request.method, request.headers, query, body, writable=self._options.writable)
        if found.form == "UPDATE":
            may_write(request, self._options)
            return await self._update(request, found)
        return await self._query(request, found)

    def _introduce(self, request: Request) -> Response:
        chosen = best(request.headers.get("accept"), [*GRAPH_TYPES, "text/html"])
        if chosen == "text/html":
            return self._pages.shell(request)
        if chosen is None:
            raise Refused("the description comes as Turtle, N-Triples, RDF/XML, JSON-LD or HTML", 406)
        from kg.serve.description import service_description

        text = service_description(
            base_of(request, self._options), GRAPH_TYPES[chosen], writable=self._options.writable
        )
        return Response(text, media_type=chosen, headers={"vary": "accept"})

    async def _query(self, request: Request, found: Operation) -> Response:
        accept = _SHORT.get(found.wanted or "", found.wanted) or request.headers.get("accept")
        types = TABLE_TYPES if found.form in ("SELECT", "ASK") else GRAPH_TYPES
        if found.form == "ASK":
            types = {name: writer for name, writer in types.items() if writer in ("json", "xml")}
        chosen = best(accept, list(types))
        if chosen is None:
            raise Refused(f"{found.form} is answered in {', '.join(types)}", 406)
        asked: dict[str, Any] = {
            "kind": "query",
            "text": with_base(found.text, f"{base_of(request, self._options)}/sparql"),
            "default_graphs": found.default_graphs,
            "named_graphs": found.named_graphs,
            "table": types[chosen] if types is not GRAPH_TYPES else "json",
            "graph": types[chosen] if types is GRAPH_TYPES else "turtle",
        }
        run = await unless_gone(request, self._pool.run(asked))
        headers = {"vary": "accept"} | ({"x-cut-at": str(run.rows)} if run.cut else {})
        return StreamingResponse(stream(run), media_type=with_charset(chosen), headers=headers)

    async def _update(self, request: Request, found: Operation) -> Response:
        asked = {
            "kind": "update",
            "text": with_base(found.text, f"{base_of(request, self._options)}/sparql"),
            "default_graphs": found.default_graphs,
            "named_graphs": found.named_graphs,
        }
        run = await unless_gone(request, self._pool.run(asked))
        await run.close()
        return Response(status_code=204)


async def stream(run: Run) -> AsyncIterator[bytes]:
    """The body of an answer. A limit that is reached on the way breaks the connection: a cut answer is never passed off
    as a whole one."""
    try:
        async for chunk in run.chunks():
            yield chunk
    finally:
        await run.close()


async def whole(run: Run) -> bytes:
    """The whole body of an answer. Raises Refused where a limit is reached."""
    try:
        return b"".join([chunk async for chunk in run.chunks()])
    finally:
        await run.close()


def with_charset(media_type: str) -> str:
    """A media type as it is sent: texts say that they are UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def base_of(request: Request, options: ServeOptions) -> str:
    """The address that people reach this server at, without a slash at its end."""
    return (options.base or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")
