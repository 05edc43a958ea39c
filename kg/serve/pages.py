"""The HTML shell, the assets and the headers that keep text from becoming code.

The shell is one small page; the front end draws everything else from the API. Assets are read once, by name, from a
fixed list, so that no address can name another file.
"""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.options import ServeOptions
from kg.serve.workers import Refused

__all__ = ["ASSETS", "LOOPBACK_HOSTS", "Guard", "Pages", "asset", "may_write"]

ASSETS = Path(__file__).parent / "assets"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EDITOR_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The editor that YASGUI brings sets style attributes in markup; scripts stay as strict as everywhere."""

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names that a server on loopback goes by."""


def asset(name: str) -> bytes:
    """A file of the front end, as it is shipped."""
    return (ASSETS / name).read_bytes()


@dataclass(frozen=True, slots=True)
class _Asset:
    body: bytes
    media_type: str
    tag: str


class Pages:
    """The shell and the assets, held in memory."""

    def __init__(self, options: ServeOptions) -> None:
        self._options = options
        self._assets = {
            path.name: _Asset(body, _TYPES[path.suffix], f'"{hashlib.sha256(body).hexdigest()[:16]}"')
            for path in sorted(ASSETS.iterdir())
            if path.suffix in _TYPES
            for body in (path.read_bytes(),)
        }

    def shell(self, request: Request, status: int = 200) -> Response:
        """The page that the front end fills."""
        editor = request.url.path == "/sparql"
        title = html.escape(self._options.title)
        version = {name: found.tag.strip('"') for name, found in self._assets.items()}
        script, style = "editor" if editor else "explorer", "explorer"
        sheets = [style, "yasgui"] if editor else [style]
        links = "".join(f'<link rel="stylesheet" href="/assets/{s}.css?{version.get(s + ".css", "")}">' for s in sheets)
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark"><title>{title}</title>'
            '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">'
            f"{links}"
            f'<script type="module" src="/assets/{script}.js?{version.get(script + ".js", "")}"></script>'
            f'</head><body data-title="{title}"><div id="app"><noscript>This page needs JavaScript. The same data is '
            'at <a href="/api/about">/api/about</a> and at <a href="/.well-known/void">/.well-known/void</a>.</noscript></div></body></html>'
        )
        policy = _EDITOR_POLICY if editor else _POLICY
        headers = {"content-security-policy": policy, "vary": "accept", "cache-control": "no-cache"}
        return HTMLResponse(page, status_code=status, headers=headers)

    async def asset(self, request: Request) -> Response:
        """One asset; browsers may keep it, because its address changes with its content."""
        found = self._assets.get(request.path_params["name"])
        if found is None:
            return Response("There is no such file.\n", status_code=404, media_type="text/plain")
        headers = {
            "etag": found.tag,
            "cache-control": "public, max-age=31536000, immutable" if request.url.query else "no-cache",
        }
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        return Response(found.body, media_type=found.media_type, headers=headers)


def may_write(request: Request, options: ServeOptions) -> None:
    """Refuse a change that another site's page sends: the Origin must be our own or an allowed one."""
    origin = request.headers.get("origin")
    if origin is None or "*" in options.cors or origin in options.cors:
        return
    if urlsplit(origin).netloc != request.url.netloc:
        raise Refused(f"changes may not be sent from {origin}", 403)


class Guard:
    """Headers on every answer, and only requests that are meant for this host (against DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...] | None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if it is for us."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if self._hosts is not None and name.lower() not in self._hosts:
            answer = Response("This server is not known by that name.\n", status_code=421, media_type="text/plain")
            await answer(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in _HEADERS if name not in given),
                ]
            await send(message)

        await self._app(scope, receive, guarded)


_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
