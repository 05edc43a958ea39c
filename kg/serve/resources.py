"""/thing/…, /paper/…, /claim/…: one address for people and programs, by content negotiation or by a suffix."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kg.identifiers import RESOURCE
from kg.serve.endpoint import GRAPH_TYPES, refusal, unless_gone, whole
from kg.serve.index import Index
from kg.serve.negotiate import best
from kg.serve.pages import Pages
from kg.serve.workers import Pool, Refused

__all__ = ["Resources"]

_SUFFIXES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".html": "text/html",
}
_TABLES = {"thing": "things", "paper": "papers", "claim": "claims"}
_DESCRIBE = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
CONSTRUCT { <%(iri)s> ?p ?o . ?other ?leads <%(iri)s> . ?fact ?says ?what }
WHERE {
  { <%(iri)s> ?p ?o }
  UNION { ?other ?leads <%(iri)s> MINUS { ?other rdf:object <%(iri)s> } MINUS { ?other rdf:subject <%(iri)s> } }
  UNION { ?fact rdf:subject <%(iri)s> ; ?says ?what }
}"""


class Resources:
    """Nodes as pages and as RDF."""

    def __init__(self, pool: Pool, pages: Pages, index: Index) -> None:
        self._pool = pool
        self._pages = pages
        self._index = index

    async def __call__(self, request: Request) -> Response:
        """Answer a request to a node's address."""
        try:
            return await self._answer(request)
        except Refused as refused:
            return refusal(refused)
        except ClientDisconnect:
            return Response(status_code=499)

    async def _answer(self, request: Request) -> Response:
        kind, name = request.path_params["kind"], request.path_params["name"]
        node, chosen = self._node(kind, name), None
        if not self._there(kind, node):
            for suffix, media_type in _SUFFIXES.items():
                if name.endswith(suffix) and self._there(kind, self._node(kind, name.removesuffix(suffix))):
                    node, chosen = self._node(kind, name.removesuffix(suffix)), media_type
        if chosen is None:
            if name.endswith(".json") and self._there(kind, self._node(kind, name.removesuffix(".json"))):
                return RedirectResponse(f"/api/{self._node(kind, name.removesuffix('.json'))}", status_code=303)
            chosen = best(request.headers.get("accept"), ["text/html", *GRAPH_TYPES])
        if chosen is None:
            raise Refused(f"this comes as HTML and as {', '.join(GRAPH_TYPES)}", 406)
        if chosen == "text/html":
            return self._pages.shell(request, status=200 if self._there(kind, node) else 404)
        if not self._there(kind, node):
            raise Refused(f"there is no {node}", 404)
        asked = {
            "kind": "query",
            "text": _DESCRIBE % {"iri": RESOURCE + node},
            "default_graphs": [],
            "named_graphs": [],
            "table": "json",
            "graph": GRAPH_TYPES[chosen],
        }
        run = await unless_gone(request, self._pool.run(asked))
        links = f'<{RESOURCE}{node}>; rel="describes", </{node}>; rel="alternate"; type="text/html"'
        return Response(await whole(run), media_type=chosen, headers={"vary": "accept", "link": links})

    def _node(self, kind: str, name: str) -> str:
        return f"{kind}/{name}"

    def _there(self, kind: str, node: str) -> bool:
        column = "node" if kind == "paper" else "id"
        return self._index.row(f"SELECT 1 FROM {_TABLES[kind]} WHERE {column} = ?", node) is not None
