"""All of the HTTP side as one Starlette application, and a server that runs it.

app(graph_or_folder)       for a server of one's own, or for tests
serve(folder, port=8000)   on loopback, until it is stopped
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import __version__
from kg.errors import UsageError
from kg.graph import Graph
from kg.serve.answers.shapes import NotHere
from kg.serve.api import VIEWS, Given, View, WrongParameter
from kg.serve.endpoint import GRAPH_TYPES, Endpoint, base_of
from kg.serve.graphstore import GraphStore
from kg.serve.index import Index
from kg.serve.metrics import Metrics
from kg.serve.negotiate import best
from kg.serve.openapi import openapi
from kg.serve.options import ServeOptions
from kg.serve.pages import LOOPBACK_HOSTS, Guard, Pages
from kg.serve.resources import Resources
from kg.serve.workers import Pool

__all__ = ["app", "serve"]

_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]


def app(
    source: str | Path | Graph, *, options: ServeOptions | None = None, hosts: tuple[str, ...] | None = None
) -> Starlette:
    """The application over a graph folder, or over any graph.

    hosts: names that the server may be asked by; any where None. Raises StoreError for a folder that cannot be opened.
    """
    options = options or ServeOptions()
    stack = ExitStack()
    index, triples = _opened(source, stack, options)
    stack.callback(index.close)
    pool = Pool(triples, options)
    pages = Pages(options)
    metrics = Metrics()
    started = time.monotonic()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        if (ready := getattr(made.state, "ready", None)) is not None:
            ready()
        try:
            yield
        finally:
            await pool.stop()
            stack.close()

    async def health(request: Request) -> Response:
        return JSONResponse(
            {"status": "ok", "papers": index.number("SELECT count(*) FROM papers"), "version": __version__}
        )

    async def measured(request: Request) -> Response:
        gauges = {
            "queries_running": float(pool.running),
            "queries_killed": float(pool.killed),
            "up_seconds": time.monotonic() - started,
            "papers": float(index.number("SELECT count(*) FROM papers")),
        }
        return PlainTextResponse(metrics.text(gauges), media_type="text/plain; version=0.0.4")

    async def described(request: Request) -> Response:
        from kg.serve.description import void

        chosen = best(request.headers.get("accept"), list(GRAPH_TYPES)) or "text/turtle"
        text = await run_in_threadpool(
            void, base_of(request, options), options.title, index.graph.counts(), GRAPH_TYPES[chosen]
        )
        return Response(text, media_type=chosen, headers={"vary": "accept"})

    async def document(request: Request) -> Response:
        return JSONResponse(openapi(options.title, __version__))

    async def words(request: Request) -> Response:
        from kg.serve.vocabulary import vocabulary

        return JSONResponse(await run_in_threadpool(vocabulary, index))

    async def shell(request: Request) -> Response:
        return pages.shell(request)

    async def nowhere(request: Request) -> Response:
        wants_page = best(request.headers.get("accept"), ["application/json", "text/html"]) == "text/html"
        if wants_page and not request.url.path.startswith(("/api/", "/assets/")):
            return pages.shell(request, status=404)
        return JSONResponse({"error": "there is nothing at this address", "to_do": "begin at /"}, status_code=404)

    async def moved(request: Request) -> Response:
        kind, name = request.path_params["kind"], request.path_params["name"]
        return RedirectResponse(f"/{kind}/{name}", status_code=303)

    routes = [
        Route("/", shell),
        Route("/search", shell),
        Route("/docs", shell),
        Route("/tools", shell),
        Route("/view/{name}", shell),
        *(
            Route(f"/{kind}/{{name:path}}", _of_kind(kind, Resources(pool, pages, index)))
            for kind in ("thing", "paper", "claim")
        ),
        Route("/resource/{kind}/{name:path}", moved),
        Route("/assets/{name}", pages.asset),
        Route("/api/openapi.json", document),
        Route("/api/vocabulary", words),
        *(Route(view.path.replace("{name}", "{name:path}"), _answering(view, index, options)) for view in VIEWS),
        Route("/sparql", Endpoint(pool, pages, options).__call__, methods=_ALL_METHODS),
        Route("/data", GraphStore(pool, options).__call__, methods=_ALL_METHODS),
        Route("/data/{path:path}", GraphStore(pool, options).__call__, methods=_ALL_METHODS),
        Route("/.well-known/void", described),
        Route("/health", health),
        Route("/metrics", measured),
        Route("/{path:path}", nowhere),
    ]
    middleware = [
        Middleware(Guard, hosts=hosts),
        Middleware(_Measured, metrics=metrics),
        *(
            [
                Middleware(
                    CORSMiddleware,
                    allow_origins=list(options.cors),
                    allow_methods=["GET", "HEAD", "POST"] + (["PUT", "DELETE"] if options.writable else []),
                    allow_headers=["accept", "content-type"],
                    expose_headers=["x-cut-at", "link"],
                )
            ]
            if options.cors
            else []
        ),
        Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5),
    ]
    made = Starlette(routes=routes, middleware=middleware, lifespan=lifespan)
    made.state.index = index
    return made


def serve(
    folder: str | Path | Graph,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    options: ServeOptions | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until the process is interrupted.

    host: loopback unless told otherwise; on loopback only requests that name it are answered. port: 0 for any free one.
    ready: told the address once the server listens. Raises UsageError where the port cannot be had.
    """
    import socket

    import uvicorn

    loopback = host in ("localhost", "127.0.0.1", "::1")
    hosts = LOOPBACK_HOSTS if loopback else None
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}", to_do="choose another --port") from error
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    made = app(folder, options=options, hosts=hosts)
    config = uvicorn.Config(
        made, log_level="warning", access_log=False, server_header=False, lifespan="on", timeout_graceful_shutdown=3
    )
    # Whoever is told the address may connect at once: the socket takes connections before the server looks at them.
    listening.listen(128)
    made.state.ready = (lambda: ready(address)) if ready is not None else None
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _opened(source: str | Path | Graph, stack: ExitStack, options: ServeOptions) -> tuple[Index, Path]:
    """The index of the graph and the place of its triples. A graph in memory, and a writable copy, get a temporary place."""
    from kg.store import triples

    if isinstance(source, str | Path):
        from kg.serve.kept import index_of
        from kg.store import Folder

        folder = stack.enter_context(Folder.open(source))
        index = index_of(folder)
        if not options.writable:
            return index, folder.triples_path
        copy = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-writable-"))) / "triples"
        triples.clone(folder.triples_path, copy)
        return index, copy
    from kg.rdf.quads import lines

    place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-triples-"))) / "triples"
    triples.load(place, (f"{line}\n".encode() for line in lines(source)))
    return Index.of(source), place


def _of_kind(kind: str, resources: Resources) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        request.path_params["kind"] = kind
        return await resources(request)

    return answer


def _answering(view: View, index: Index, options: ServeOptions) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        values = {name: request.query_params.getlist(name) for name in request.query_params}
        values |= {name: [str(value)] for name, value in request.path_params.items()}
        try:
            given = Given(view, values)
            found = await run_in_threadpool(view.answer, index, given, options.title)
        except WrongParameter as error:
            return JSONResponse({"error": str(error), "to_do": "see /api/openapi.json"}, status_code=400)
        except NotHere as error:
            what = f"there is no {error} in this graph"
            return JSONResponse({"error": what, "to_do": "look for it by /api/search"}, status_code=404)
        return JSONResponse(found)

    return answer


class _Measured:
    """Counts requests by the first part of their path, and times them."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500
        kind = scope["path"].split("/")[1]
        kind = kind if kind in _KINDS else "other" if kind else "page"

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            self._metrics.add(kind, status, time.perf_counter() - begun)


_KINDS = {"api", "sparql", "data", "thing", "paper", "claim", "assets", "view", "health", "metrics"}
