"""/data: the Graph Store HTTP Protocol. Reading always; writing in writable mode, on a copy of the triples.

A graph is named by ?graph=IRI, by ?default, or directly by its own address below /data/ (SPARQL 1.1 Graph Store HTTP
Protocol, section 4). The default graph of a read-only graph is the union of its named graphs.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from kg.serve.endpoint import GRAPH_TYPES, base_of, body_of, refusal, stream, unless_gone, whole, with_charset
from kg.serve.negotiate import best
from kg.serve.options import ServeOptions
from kg.serve.pages import may_write
from kg.serve.workers import Pool, Refused

__all__ = ["GraphStore"]

_WRITES = ("PUT", "POST", "DELETE")
_MOST_WRITTEN = 64_000_000


class GraphStore:
    """Named graphs over HTTP."""

    def __init__(self, pool: Pool, options: ServeOptions) -> None:
        self._pool = pool
        self._options = options

    async def __call__(self, request: Request) -> Response:
        """Answer a request to /data or below."""
        try:
            if request.method in ("GET", "HEAD"):
                return await self._read(request)
            if request.method in _WRITES:
                return await self._write(request)
            raise Refused(f"{request.method} is not offered here", 405)
        except Refused as refused:
            return refusal(refused)
        except ClientDisconnect:
            return Response(status_code=499)

    def _name(self, request: Request, *, may_be_new: bool = False) -> str:
        """The graph's IRI; empty for the default graph. Raises Refused."""
        named, default = request.query_params.getlist("graph"), "default" in request.query_params
        direct = request.path_params.get("path", "")
        if len(named) + default + bool(direct) > 1:
            raise Refused("name one graph: ?graph=IRI or ?default", 400)
        if named:
            if not _is_absolute(named[0]):
                raise Refused("a graph's name must be an absolute IRI", 400)
            return named[0]
        if direct:
            return f"{base_of(request, self._options)}{request.url.path}"
        if default:
            return ""
        if may_be_new:
            return f"{base_of(request, self._options)}/data/{uuid4()}"
        raise Refused("name a graph: ?graph=IRI or ?default", 400)

    async def _read(self, request: Request) -> Response:
        chosen = best(request.headers.get("accept"), list(GRAPH_TYPES))
        if chosen is None:
            raise Refused(f"graphs come as {', '.join(GRAPH_TYPES)}", 406)
        asked = {
            "kind": "read",
            "name": self._name(request),
            "union": not self._options.writable,
            "graph": GRAPH_TYPES[chosen],
            "rows": None,
        }
        run = await unless_gone(request, self._pool.run(asked))
        return StreamingResponse(stream(run), media_type=with_charset(chosen), headers={"vary": "accept"})

    async def _write(self, request: Request) -> Response:
        if not self._options.writable:
            raise Refused("this graph is read-only", 403, to_do="start the server with --writable")
        may_write(request, self._options)
        name = self._name(request, may_be_new=request.method == "POST")
        if request.method == "DELETE":
            run = await unless_gone(request, self._pool.run({"kind": "erase", "name": name}))
            await run.close()
            return Response(status_code=204)
        told = b""
        for place, (media_type, body) in enumerate(await _bodies(request)):
            asked: dict[str, Any] = {
                "kind": "write",
                "name": name,
                "body": body.decode("utf-8", "surrogateescape"),
                "media_type": media_type,
                "base": name or base_of(request, self._options),
                "erase": request.method == "PUT" and place == 0,
            }
            run = await unless_gone(request, self._pool.run(asked))
            first = await whole(run)
            told = told or first
        new = told == b"new"
        headers = {"location": name} if new and name else {}
        return Response(status_code=201 if new else 204, headers=headers)


async def _bodies(request: Request) -> list[tuple[str, bytes]]:
    """(media type, bytes) of what is sent: one, or each file of a multipart form."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        return _parts(await body_of(request, _MOST_WRITTEN), request.headers["content-type"])
    if media_type not in GRAPH_TYPES:
        raise Refused(f"triples in {media_type or 'no media type'} are not understood", 415)
    return [(media_type, await body_of(request, _MOST_WRITTEN))]


def _parts(body: bytes, content_type: str) -> list[tuple[str, bytes]]:
    from email.parser import BytesParser
    from email.policy import HTTP

    message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body
    )
    parts = [(part.get_content_type(), part.get_payload(decode=True) or b"") for part in message.iter_parts()]
    found = [(kind, data) for kind, data in parts if kind in GRAPH_TYPES and isinstance(data, bytes)]
    if not found:
        raise Refused("the form holds no file of triples", 400)
    return found


def _is_absolute(iri: str) -> bool:
    scheme, colon, rest = iri.partition(":")
    return (
        bool(colon and rest)
        and scheme.isascii()
        and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()
    )
