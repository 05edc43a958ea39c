"""The explorer in a real Chromium on real graphs: the seeds', and one of ten thousand papers (slow, a benchmark).

Nothing is known of these graphs beforehand: what is opened is what the graph itself calls its best known things. The
large graph takes minutes to build; KG_TEN_THOUSAND may name a folder that holds it already, and KG_SEEDS the other.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from kg.serve import ServeOptions
from tests.serve.chromium import AXE, needs_chromium, opened, serious, until
from tests.serve.server import Running, running
from tests.serve.watched import Watched

SHARED = Path(__file__).parents[2].parent / "shared"
SEEDS = tuple(sorted((SHARED / "seeds").glob("*.txt")))
ABSTRACTS = SHARED / "abstracts" / "papers.jsonl.gz"
LARGE = 10_000
"""Papers of the large graph."""

pytestmark = [*needs_chromium, pytest.mark.slow]


def _built(inputs: list[str], target: Path) -> Path:
    command = [sys.executable, "-m", "kg.cli", "build", *inputs, "-o", str(target), "--extractor", "rules", "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    return target


def _seeds(folder: Path) -> Path:
    if given := os.environ.get("KG_SEEDS"):
        return Path(given)
    if not SEEDS:
        pytest.skip("../shared/seeds is not here")
    return _built([str(path) for path in SEEDS], folder / "graph")


def _ten_thousand(folder: Path) -> Path:
    if given := os.environ.get("KG_TEN_THOUSAND"):
        return Path(given)
    if not ABSTRACTS.is_file():
        pytest.skip("../shared/abstracts is not here")
    with gzip.open(ABSTRACTS, "rb") as papers:
        (folder / "papers.jsonl").write_bytes(b"".join(islice(papers, LARGE)))
    return _built([str(folder / "papers.jsonl")], folder / "graph")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A served graph and what it is best known for: names of things by type, papers, a dataset with results."""

    server: Running
    best: dict[str, list[dict[str, Any]]]
    papers: list[str]
    dataset: str
    beaten: str

    def name(self, kind: str, place: int = 0) -> str:
        """The name in addresses of one of the best known things of a type."""
        return quote(self.best[kind][place]["id"].removeprefix("thing/"), safe="")


@pytest.fixture(
    scope="module",
    params=[pytest.param(_seeds, id="seeds"), pytest.param(_ten_thousand, id="ten-thousand", marks=pytest.mark.bench)],
)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A graph, served."""
    build: Callable[[Path], Path] = request.param
    graph = build(tmp_path_factory.mktemp("corpus"))
    begun = time.monotonic()
    with running(graph, ServeOptions(title="Papers", workers=1)) as server:
        print(f"\nserving after {time.monotonic() - begun:.1f} s")
        yield _known(server)


def _known(server: Running) -> Corpus:
    def get(path: str) -> Any:
        return server.client.get(path).raise_for_status().json()

    best = get("/api/about")["start"]
    task = best["TASK"][0]["id"].removeprefix("thing/")
    boards = get("/api/leaderboards")["items"]
    beaten = get("/api/rivals")
    return Corpus(
        server=server,
        best=best,
        papers=[item["paper"]["id"] for item in get(f"/api/thing/{quote(task, safe='')}")["papers"]["items"][:3]],
        dataset=quote(boards[0]["thing"]["id"].removeprefix("thing/"), safe=""),
        beaten=quote(beaten["nodes"][0]["id"].removeprefix("thing/"), safe="") if beaten["nodes"] else "",
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    with opened() as found:
        yield found


@pytest.fixture
def watched(browser: Any, corpus: Corpus) -> Iterator[Watched]:
    """A page on the served graph."""
    found = Watched(browser, corpus.server.address)
    yield found
    found.context.close()


def _paper(name: str) -> str:
    return quote(name, safe="")


PAGES: dict[str, Callable[[Corpus], str]] = {
    "start": lambda c: "/",
    "search": lambda c: f"/search?q={quote(c.best['METHOD'][0]['label'])}",
    "architecture": lambda c: f"/thing/{c.name('ARCH')}",
    "task": lambda c: f"/thing/{c.name('TASK')}",
    "dataset": lambda c: f"/thing/{c.name('DATASET')}",
    "paper": lambda c: f"/paper/{_paper(c.papers[0])}",
    "map": lambda c: "/view/map",
    "community": lambda c: "/view/map?community=0",
    "neighbourhood": lambda c: f"/view/graph?at={c.name('ARCH')}",
    "leaderboards": lambda c: "/view/leaderboard",
    "leaderboard": lambda c: f"/view/leaderboard?dataset={c.dataset}",
    "rivals": lambda c: "/view/rivals",
    "rivals of one": lambda c: f"/view/rivals?thing={c.beaten}",
    "growth": lambda c: f"/view/growth?thing={c.name('ARCH')}&thing={c.name('METHOD')}",
    "family": lambda c: f"/view/family?of={c.name('ARCH')}",
    "paths": lambda c: f"/view/paths?from={c.name('ARCH')}&to={c.name('DATASET')}",
    "common": lambda c: "/view/common?" + "&".join(f"paper={_paper(p)}" for p in c.papers),
    "gaps": lambda c: "/view/gaps",
    "tools": lambda c: "/tools",
    "editor": lambda c: "/sparql",
    "api": lambda c: "/docs",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page(browser: Any, corpus: Corpus, name: str, scheme: str) -> None:
    """It opens with an answer, asks nobody else, fits a small screen, and axe-core finds nothing serious."""
    found = Watched(browser, corpus.server.address, color_scheme=scheme)
    try:
        begun = time.monotonic()
        page = found.go(PAGES[name](corpus))
        print(f"\n{name}: {time.monotonic() - begun:.2f} s")
        page.wait_for_timeout(150)
        assert page.locator("main [role=alert]").count() == 0
        assert found.errors == []
        assert all(url.startswith((corpus.server.address, "about:", "data:", "blob:")) for url in found.requests)
        if AXE.is_file():
            assert serious(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        found.context.close()


def test_search_forgives(watched: Watched, corpus: Corpus) -> None:
    """A name with a letter missing is found by keyboard, and Enter opens it."""
    label = max((item["label"] for item in corpus.best["DATASET"][:8]), key=len)
    page = watched.go("/")
    page.keyboard.press("/")
    page.keyboard.type(label[:3] + label[4:], delay=10)
    until(page, f"[...document.querySelectorAll('[role=option]')].some(o => o.textContent.includes({label!r}))")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        if label in page.evaluate("document.querySelector('[role=option][aria-selected=true]')?.textContent ?? ''"):
            break
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('h1')?.textContent === {label!r}")
    assert watched.errors == []


def test_evidence_opens(watched: Watched, corpus: Corpus) -> None:
    """Behind the first fact of the best known thing stand sentences with their papers."""
    page = watched.go(PAGES["architecture"](corpus))
    page.locator("button.why").first.click()
    until(page, "!!document.querySelector('.evidence')")
    assert page.locator(".evidence blockquote").count() > 0
    assert page.locator(".evidence a.paper").count() > 0


def test_neighbourhood(watched: Watched, corpus: Corpus) -> None:
    """Enter opens a neighbour; the link shows the same to another; a filter takes nodes away."""
    page = watched.go(PAGES["neighbourhood"](corpus))
    nodes = "document.querySelector('canvas').picture.scene.nodes"
    until(page, f"document.querySelector('canvas')?.picture && {nodes}.length > 5")
    before = page.evaluate(f"{nodes}.length")
    page.locator("canvas").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
        if page.evaluate(f"{nodes}.length") > before and "open=" in page.url:
            break
    until(page, f"{nodes}.length > {before}")
    assert "open=" in page.url
    shown = page.evaluate(f"{nodes}.map(n => [n.id, n.x, n.y])")
    again = page.context.new_page()
    again.goto(page.url)
    until(again, f"document.querySelector('canvas')?.picture?.scene.nodes.length === {len(shown)}")
    assert again.evaluate(f"{nodes}.map(n => [n.id, n.x, n.y])") == shown
    again.close()
    hidden = "(() => { const p = document.querySelector('canvas').picture; return p.scene.nodes.filter((_, i) => p.look.hideNode?.(i)).length })()"
    page.locator(".filters summary").click()
    page.get_by_label("Methods").uncheck()
    until(page, f"{hidden} > 0")
    assert watched.errors == []


def test_theme_and_pictures(watched: Watched, corpus: Corpus) -> None:
    """The theme follows the button; SVG, PNG and CSV come as files; SPARQL stands behind its button."""
    page = watched.go("/view/map")
    until(page, "document.querySelector('canvas')?.picture?.drawn > 0")
    page.get_by_role("button", name="Dark").click()
    until(
        page, "document.documentElement.dataset.theme === 'dark' || matchMedia('(prefers-color-scheme: dark)').matches"
    )
    for name, begins in (("CSV", b"\xef\xbb\xbf"), ("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as told:
            page.get_by_role("button", name=name, exact=True).click()
        assert Path(told.value.path()).read_bytes().startswith(begins)
    page.get_by_role("button", name="SPARQL", exact=True).click()
    assert "SELECT" in page.inner_text(".sparql pre")
    assert watched.errors == []


def test_the_sparql_of_the_views_answers(corpus: Corpus) -> None:
    """What stands behind the views is answered by the endpoint within its limits."""
    client: httpx.Client = corpus.server.client
    asked = {
        "thing": f"/api/thing/{corpus.name('ARCH')}",
        "growth": f"/api/growth?thing={corpus.name('ARCH')}",
        "leaderboard": f"/api/leaderboard?dataset={corpus.dataset}",
        "rivals": "/api/rivals",
    }
    for name, path in asked.items():
        query = client.get(path).raise_for_status().json()["sparql"]
        begun = time.monotonic()
        answer = client.post("/sparql", data={"query": query}, headers={"accept": "application/sparql-results+json"})
        print(f"\n{name}: {time.monotonic() - begun:.2f} s")
        assert answer.status_code == 200, answer.text[:300]
        assert answer.json()["results"]["bindings"]
