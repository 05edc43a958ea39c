"""The HTTP side as a whole: pages, resources, the API, headers, limits."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pyoxigraph as ox
import pytest

from kg.identifiers import RESOURCE
from kg.serve import ServeOptions
from kg.serve.api import VIEWS
from tests import samples
from tests.serve.server import Running, running

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_health_and_metrics(server: Running) -> None:
    """Both answer, and count what was asked."""
    assert server.client.get("/health").json()["status"] == "ok"
    text = server.client.get("/metrics").text
    assert 'kg_requests_total{kind="health",status="200"}' in text
    assert re.search(r"^kg_papers 3$", text, re.MULTILINE)
    for line in text.splitlines():
        assert line.startswith("#") or re.fullmatch(r"kg_\w+(\{[^}]*\})? [0-9.e+-]+", line), line


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_things_are_dereferenced(server: Running, accept: str, expected: str) -> None:
    """One address gives a page or data, as Accept asks; caches are told."""
    response = server.client.get("/thing/quicknet", headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(expected)
    assert "accept" in response.headers["vary"].lower()
    if expected not in ("text/html", "application/ld+json"):
        store = ox.Store()
        store.load(response.content, format=ox.RdfFormat.from_media_type(expected))
        assert next(store.quads_for_pattern(ox.NamedNode(f"{RESOURCE}thing/quicknet"), None, None, None), None)


@pytest.mark.parametrize("name", ["thing/quicknet.ttl", "paper/p1.ttl", "thing/quicknet.nt", "paper/p2.jsonld"])
def test_suffixes_choose_a_form(server: Running, name: str) -> None:
    """For those who cannot send a header."""
    response = server.client.get(f"/{name}")
    assert response.status_code == 200
    assert "html" not in response.headers["content-type"]


def test_claims_and_json_are_resources_too(server: Running) -> None:
    """Every claim has an address, and .json leads to the API."""
    claim = server.client.get("/api/paper/p1").json()["claims"][0]["id"]
    assert server.client.get(f"/{claim}", headers={"accept": "text/turtle"}).status_code == 200
    assert server.client.get("/thing/quicknet.json").headers["location"] == "/api/thing/quicknet"


def test_unknown_resources(server: Running) -> None:
    """404 in either form; 406 for what is not offered."""
    assert server.client.get("/thing/nothing", headers={"accept": "text/turtle"}).status_code == 404
    assert server.client.get("/thing/nothing", headers={"accept": "text/html"}).status_code == 404
    assert server.client.get("/thing/quicknet", headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../pages.py",
        "/assets/%2e%2e%2fpages.py",
        "/assets/..%5cpages.py",
        "/assets/%00",
        "/thing/../../etc/passwd",
        "/thing/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/thing/%2fetc%2fpasswd",
        "/api/paper/..%2f..%2fetc%2fpasswd",
        "/data?graph=file:///etc/passwd",
        "/view/..%2f..%2fetc",
        "//etc/passwd",
    ],
)
def test_no_path_reaches_a_file(server: Running, path: str) -> None:
    """Whatever is asked for, no file but an asset is read."""
    with httpx.Client() as client:
        response = client.get(server.address + path, headers={"accept": "text/turtle, application/json"})
    assert response.status_code in (400, 404, 406)
    assert "root:" not in response.text


def test_policy_of_pages(server: Running) -> None:
    """No inline script is allowed or needed, and nothing from elsewhere."""
    for path in ("/", "/thing/quicknet", "/view/map", "/sparql"):
        response = server.client.get(path, headers={"accept": "text/html"})
        policy = response.headers["content-security-policy"]
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert scripts is not None and scripts.group(1) == "'self'"
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)", response.text)
        assert not re.search(r"\son\w+=", response.text)
        assert response.headers["x-content-type-options"] == "nosniff"


def test_other_hosts_are_refused() -> None:
    """A page of another name that resolves to loopback (DNS rebinding) gets nothing."""
    with running(samples.graph(), hosts=("127.0.0.1",)) as found:
        assert found.client.get("/health").status_code == 200
        assert found.client.get("/health", headers={"host": "evil.example"}).status_code == 421


def test_changes_from_other_sites_are_refused(writable: Running) -> None:
    """A form of another site cannot write."""
    headers = {"origin": "http://evil.example"}
    refused = writable.client.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
    assert refused.status_code == 403
    assert (
        writable.client.put(
            "/data?default", content=b"", headers={**headers, "content-type": "text/turtle"}
        ).status_code
        == 403
    )


def test_cors_only_as_configured() -> None:
    """No header without an origin that is allowed."""
    with running(samples.graph(), ServeOptions(cors=("http://good.example",))) as found:
        good = found.client.get("/api/about", headers={"origin": "http://good.example"})
        evil = found.client.get("/api/about", headers={"origin": "http://evil.example"})
    assert good.headers["access-control-allow-origin"] == "http://good.example"
    assert "access-control-allow-origin" not in evil.headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search", 400),
        ("/api/search?q=a&q=b", 400),
        ("/api/search?q=a&limit=-1", 400),
        ("/api/search?q=a&limit=9999999999999999999", 400),
        ("/api/search?q=a&limit=²", 400),
        ("/api/search?q=a&type=NOTHING", 400),
        ("/api/search?q=" + "a" * 500, 400),
        ("/api/thing/nothing", 404),
        ("/api/nothing", 404),
        ("/api/common?paper=nothing", 404),
        ("/api/gaps?rows=TASK&columns=TASK", 200),
    ],
)
def test_parameters(server: Running, path: str, status: int) -> None:
    """What is wrong is told with the right status, and what to do."""
    response = server.client.get(path)
    assert response.status_code == status
    if status == 400 or path.startswith("/api/thing"):
        assert set(response.json()) == {"error", "to_do"}


def test_openapi_tells_every_view(server: Running) -> None:
    """The document lists each address with its parameters."""
    document = server.client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {view.path for view in VIEWS} <= set(document["paths"])
    for view in VIEWS:
        told = document["paths"][view.path]["get"]["parameters"]
        assert [p["name"] for p in told] == [p.name for p in view.parameters]


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 2", "application/sparql-results+json", "application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o } LIMIT 2", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT * { ?s ?p ?o } LIMIT 2", "text/csv", "text/csv; charset=utf-8"),
        ("SELECT * { ?s ?p ?o } LIMIT 2", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2", "text/turtle", "text/turtle; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2", "application/ld+json", "application/ld+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
    ],
)
def test_formats_by_accept(server: Running, query: str, accept: str, content_type: str) -> None:
    """Each result format by its media type, and 406 for what does not fit the form."""
    response = server.client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    wrong = "text/turtle" if "CONSTRUCT" not in query else "text/csv"
    assert server.client.get("/sparql", params={"query": query}, headers={"accept": wrong}).status_code == 406


def test_results_are_valid(server: Running) -> None:
    """The engine's own parsers read back what was written, in every format, with the same rows."""
    query = "SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } ORDER BY ?s"
    tables = []
    for media_type in (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/tab-separated-values",
    ):
        response = server.client.get("/sparql", params={"query": query}, headers={"accept": media_type})
        parsed = ox.parse_query_results(response.content, format=ox.QueryResultsFormat.from_media_type(media_type))
        assert isinstance(parsed, ox.QuerySolutions)
        tables.append([(str(row["s"]), str(row["o"])) for row in parsed])
    assert tables[0] == tables[1] == tables[2]
    assert len(tables[0]) == 6


@pytest.mark.parametrize(
    "query", ["SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SELECT * { SERVI\\u0043E ?x {} }"]
)
def test_no_service(server: Running, query: str) -> None:
    """No query opens a connection."""
    assert server.client.get("/sparql", params={"query": query}).status_code == 403


def test_no_load(writable: Running) -> None:
    """Nor does an update."""
    assert writable.client.post("/sparql", data={"update": "LOAD <file:///etc/passwd>"}).status_code == 403


def test_rows_are_cut_and_told(server: Running) -> None:
    """More rows than the limit are cut; the header says so."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    response = server.client.get("/sparql", params={"query": query})
    assert response.headers["x-cut-at"] == "1000"
    assert len(response.json()["results"]["bindings"]) == 1000


def test_body_too_long(server: Running) -> None:
    """A request that never ends is not read to its end."""
    body = "SELECT * { " + " " * 1_100_000 + "}"
    response = server.client.post("/sparql", content=body, headers={"content-type": "application/sparql-query"})
    assert response.status_code == 413


def test_runaway_queries_are_stopped(server: Running) -> None:
    """At the time limit a query is killed with 503, and the server goes on serving."""
    begun = time.monotonic()
    with ThreadPoolExecutor(3) as threads:
        slow = [threads.submit(server.client.get, "/sparql", params={"query": SLOW}) for _ in range(2)]
        assert server.client.get("/api/about").status_code == 200
        assert {future.result().status_code for future in slow} == {503}
    assert time.monotonic() - begun < 30
    assert server.client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert re.search(r"^kg_queries_running 0$", server.client.get("/metrics").text, re.MULTILINE)


def test_memory_is_bounded() -> None:
    """A query that wants too much memory ends, and only that query."""
    hungry = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c ?a"
    with running(samples.graph(), ServeOptions(memory_mb=300, seconds=60, workers=1)) as found:
        response = found.client.get("/sparql", params={"query": hungry})
        assert response.status_code in (507, 503)
        assert found.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_client_that_leaves_cancels() -> None:
    """When nobody waits any more, the query's process is ended long before its limit."""
    with running(samples.graph(), ServeOptions(seconds=60, workers=1, waiting=10)) as found:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{found.address}/sparql", params={"query": SLOW}, timeout=1)
        begun = time.monotonic()
        assert found.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        assert time.monotonic() - begun < 10


def test_writing_changes_the_copy_only() -> None:
    """Updates are seen by queries; the API still tells the graph as it is."""
    with running(samples.graph(), ServeOptions(writable=True)) as found:
        update = "INSERT DATA { <a:b> <a:c> 'new' }"
        assert found.client.post("/sparql", data={"update": update}).status_code == 204
        asked = found.client.get("/sparql", params={"query": "ASK { <a:b> <a:c> 'new' }"})
        assert asked.json()["boolean"] is True
        assert found.client.get("/api/about").json()["counts"]["papers"] == 3


def test_void(server: Running) -> None:
    """The description of the data names the endpoint and how much there is."""
    response = server.client.get("/.well-known/void")
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    found = store.query(
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?e { ?d void:sparqlEndpoint ?s ; void:classPartition ?p ."
        " ?p void:class <https://w3id.org/abstract-kg/ontology#Paper> ; void:entities ?e }"
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [row["e"].value for row in found] == ["3"]


def test_vocabulary_questions_run(server: Running) -> None:
    """Every question that the editor offers runs as it stands."""
    words = server.client.get("/api/vocabulary").json()
    assert "akg:evaluatedOn" in words["terms"] and "thing:quicknet" in words["terms"]
    assert len(words["questions"]) > 5
    for question in words["questions"]:
        response = server.client.post("/sparql", data={"query": question["text"]})
        assert response.status_code == 200, f"{question['name']}: {response.text}"


def test_many_clients_at_once(server: Running) -> None:
    """Twenty clients, two processes: everybody is answered."""
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: server.client.get("/sparql", params=query), range(100)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({json.dumps(answer.json()) for answer in answers}) == 1
