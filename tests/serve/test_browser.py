"""The explorer in a real Chromium, served and as one file: every view, by mouse and by keyboard, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.domain import Record
from kg.graph import MemoryGraph
from kg.serve import ServeOptions
from kg.serve.embed import explorer_page
from tests import samples
from tests.serve.chromium import AXE, needs_chromium, opened, serious, until
from tests.serve.server import running
from tests.serve.watched import Watched

pytestmark = needs_chromium

HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script> \u202etfel\u202c javascript:alert(3)"
PAGES = {
    "start": "/",
    "search": "/search?q=quik",
    "thing": "/thing/quicknet",
    "paper": "/paper/p1",
    "map": "/view/map",
    "neighbourhood": "/view/graph?at=quicknet",
    "leaderboards": "/view/leaderboard",
    "leaderboard": "/view/leaderboard?dataset=tinyimages",
    "rivals": "/view/rivals",
    "growth": "/view/growth?thing=quicknet&thing=slownet",
    "family": "/view/family?of=quicknet",
    "paths": "/view/paths?from=slownet&to=image-sorting",
    "common": "/view/common?paper=p1&paper=p2",
    "gaps": "/view/gaps",
    "tools": "/tools",
    "nowhere": "/no/such/page",
}
SERVED = {"editor": "/sparql", "api": "/docs"}
"""Pages that the single file has not."""


def _hostile_records() -> tuple[Record, ...]:
    first, *rest = samples.records()
    return (replace(first, paper=replace(first.paper, title=HOSTILE, url="javascript:alert(4)", venue=HOSTILE)), *rest)


def _graph() -> MemoryGraph:
    given = _hostile_records()
    things = tuple(
        replace(t, aliases=((HOSTILE, 3), *t.aliases)) if t.id == "thing/quicknet" else t for t in samples.things(given)
    )
    return MemoryGraph.of(given, things)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The same explorer twice: served, and as a file."""
    graph = _graph()
    target = tmp_path_factory.mktemp("explorer") / "page.html"
    target.write_bytes(explorer_page(graph, title="Three papers"))
    with running(graph, ServeOptions(title="Three papers", workers=1)) as server:
        yield {"served": server.address, "file": target.as_uri() + "#"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    with opened() as found:
        yield found


@pytest.fixture(params=["served", "file"])
def watched(request: pytest.FixtureRequest, browser: Any, addresses: dict[str, str]) -> Iterator[Watched]:
    """The explorer, served and as a file."""
    found = Watched(browser, addresses[request.param])
    yield found
    found.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(watched: Watched, name: str) -> None:
    """No error, no dialog, no request to elsewhere; the file asks nothing at all."""
    page = watched.go(PAGES[name])
    page.wait_for_timeout(150)
    assert [error for error in watched.errors if "404" not in error] == []
    asked = [url for url in watched.requests if url != "about:blank"]
    if watched.base.startswith("file:"):
        assert {url.partition("#")[0] for url in asked} == {watched.base.removesuffix("#")}
    else:
        assert all(url.startswith(watched.base) for url in asked)


def test_hostile_text_is_text(watched: Watched) -> None:
    """Markup in titles, names and places shows as it is written and runs nowhere."""
    for path in ("/thing/quicknet", "/paper/p1", "/search?q=img", "/", "/view/common?paper=p1&paper=p2"):
        page = watched.go(path)
        assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0
        links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
        assert not any(link.lower().startswith(("javascript:", "data:")) for link in links if link)
    assert HOSTILE in watched.go("/paper/p1").inner_text("h1")
    assert watched.errors == []


def test_search_by_keyboard(watched: Watched) -> None:
    """From the start page to a thing without a mouse: slash, a misspelt name, arrow, Enter."""
    page = watched.go("/thing/slownet")
    page.keyboard.press("/")
    page.keyboard.type("quiknet", delay=15)
    until(page, "!!document.querySelector('[role=option]')")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-activedescendant')") is not None
    page.keyboard.press("Enter")
    until(page, "document.querySelector('h1')?.textContent === 'QuickNet'")
    assert "/thing/quicknet" in page.url


def test_evidence_opens(watched: Watched) -> None:
    """A click on a fact shows the very sentence, marked up, with its paper."""
    page = watched.go("/thing/quicknet")
    section = page.locator("section", has=page.locator("h2", has_text="Used for")).first
    section.locator("button.why").first.click()
    until(page, "!!document.querySelector('.evidence blockquote')")
    evidence = page.locator(".evidence").first
    assert evidence.locator("blockquote").inner_text() == "We propose QuickNet for image sorting."
    assert evidence.locator("a.said").count() == 2
    assert evidence.locator("a.paper").count() == 1


def test_neighbourhood_grows_and_is_shared(watched: Watched) -> None:
    """Enter opens a node; the address holds what was opened, so a link shows the same."""
    page = watched.go("/view/graph?at=image-sorting")
    nodes = "document.querySelector('canvas').picture.scene.nodes"
    until(page, f"document.querySelector('canvas')?.picture && {nodes}.length === 2")
    page.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    until(page, f"{nodes}.length > 3")
    assert "open=quicknet" in page.url
    shown = page.evaluate(f"{nodes}.map(n => [n.id, n.x, n.y])")
    again = watched.page.context.new_page()
    again.goto(page.url)
    until(again, f"document.querySelector('canvas')?.picture && {nodes}.length === {len(shown)}")
    assert again.evaluate(f"{nodes}.map(n => [n.id, n.x, n.y])") == shown


def test_filters_hide(watched: Watched) -> None:
    """Taking a relation away takes its neighbours out of the picture."""
    page = watched.go("/view/graph?at=quicknet")
    until(page, "document.querySelector('canvas')?.picture?.scene.nodes.length > 3")
    hidden = """(() => { const p = document.querySelector('canvas').picture;
        return p.scene.nodes.filter((_, i) => p.look.hideNode(i)).length })()"""
    assert page.evaluate(hidden) == 0
    page.locator(".filters summary").click()
    page.get_by_label("Used for").uncheck()
    until(page, f"{hidden} === 1")
    page.get_by_label("Datasets").uncheck()
    until(page, f"{hidden} === 2")


def test_edges_open_their_sentences(watched: Watched) -> None:
    """What a picture shows as a line can be read, contradictions from both sides."""
    page = watched.go("/view/rivals")
    page.locator(".panel .thing").first.wait_for()
    spot = page.evaluate("""(() => { const c = document.querySelector('canvas'), p = c.picture, b = c.getBoundingClientRect();
        const [m, n] = [p.scene.nodes[p.scene.edges[0].a], p.scene.nodes[p.scene.edges[0].b]];
        const [w, h] = p.size; return [b.left + ((m.x + n.x) / 2 - p.view.x) * p.view.scale + w / 2,
                                       b.top + ((m.y + n.y) / 2 - p.view.y) * p.view.scale + h / 2] })()""")
    page.mouse.click(*spot)
    until(page, "document.querySelectorAll('.panel .evidence').length >= 3")
    assert "other way round" in page.inner_text(".panel")


def test_view_is_taken_along(watched: Watched) -> None:
    """SPARQL behind a button, CSV, SVG and PNG as files that hold what is shown."""
    page = watched.go("/view/graph?at=quicknet")
    page.get_by_role("button", name="SPARQL", exact=True).click()
    assert "SELECT" in page.inner_text(".sparql pre")
    for name, begins in (("CSV", b"\xef\xbb\xbfsubject,relation"), ("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as told:
            page.get_by_role("button", name=name, exact=True).click()
        saved = Path(told.value.path()).read_bytes()
        assert saved.startswith(begins)
        if name == "SVG":
            assert b"QuickNet" in saved and b"<script" not in saved


def test_csv_runs_no_formula(watched: Watched) -> None:
    """A cell that begins like a formula is text for a spreadsheet."""
    page = watched.go("/thing/quicknet")
    with page.expect_download() as told:
        page.get_by_role("button", name="CSV", exact=True).click()
    lines = Path(told.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "relation,leads,thing,id,type,papers,confidence"
    assert not any(cell.startswith(("=", "+", "@")) for line in lines[1:] for cell in line.split(","))


def test_theme_is_kept(watched: Watched) -> None:
    """The button changes the theme, pictures follow, and the next page remembers."""
    page = watched.go("/view/map")
    ground = "getComputedStyle(document.body.parentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    until(page, f"{ground} !== '{light}'")
    watched.go("/thing/quicknet")
    assert page.evaluate(ground) != light


@pytest.mark.parametrize("name", [*PAGES, *SERVED])
@pytest.mark.skipif(not AXE.is_file(), reason="npm ci was not run")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, addresses: dict[str, str], name: str, scheme: str) -> None:
    """WCAG AA by axe-core, on every page, in both themes."""
    found = Watched(browser, addresses["served"], color_scheme=scheme)
    try:
        page = found.go({**PAGES, **SERVED}[name])
        if name == "editor":
            page.locator(".yasqe .CodeMirror").first.wait_for()
        if name == "api":
            page.locator("main details").first.wait_for()
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert serious(page) == []
    finally:
        found.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_small_screens(browser: Any, addresses: dict[str, str], name: str) -> None:
    """At 360 px nothing sticks out sideways."""
    found = Watched(browser, addresses["served"], viewport={"width": 360, "height": 740})
    try:
        page = found.go(PAGES[name])
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        found.context.close()


def test_editor_asks_nobody(browser: Any, addresses: dict[str, str]) -> None:
    """YASGUI draws, completes from our vocabulary while one types, runs a query, and asks no other server."""
    found = Watched(browser, addresses["served"])
    page = found.go("/sparql")
    page.locator(".yasqe .CodeMirror").first.wait_for()
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s ')")
    page.locator(".yasqe .CodeMirror").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("akg:outp", delay=30)
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(400)
    offered = page.evaluate("[...document.querySelectorAll('.CodeMirror-hint')].map(h => h.textContent)")
    value = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "akg:outperforms" in offered or "akg:outperforms" in value
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s akg:outperforms ?o }')")
    page.locator(".yasqe_queryButton").first.click()
    until(page, "!!document.querySelector('.yasr table td')")
    assert all(url.startswith((addresses["served"], "about:", "data:", "blob:")) for url in found.requests)
    assert [error for error in found.errors if "404" not in error] == []
    found.context.close()
