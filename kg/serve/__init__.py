"""The HTTP side: the explorer, its JSON API, the SPARQL endpoint, and the explorer as one file. See its README.

Importing this loads neither Starlette nor an engine; `application` does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.callable_module import make_callable
from kg.serve.options import ServeOptions

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kg.graph import Graph

__all__ = ["ServeOptions", "app", "serve"]


def app(
    source: str | Path | Graph, *, options: ServeOptions | None = None, hosts: tuple[str, ...] | None = None
) -> Starlette:
    """The application over a graph folder, or over any graph; see `kg.serve.application.app`."""
    from kg.serve import application

    return application.app(source, options=options, hosts=hosts)


def serve(
    folder: str | Path | Graph,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    options: ServeOptions | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until the process is interrupted; see `kg.serve.application.serve`."""
    from kg.serve import application

    application.serve(folder, host=host, port=port, options=options, ready=ready)


make_callable(__name__)
