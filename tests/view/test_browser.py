"""The page in a real Chromium: it draws, asks for nothing, and does what it offers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph import MemoryGraph
from kg.view.page import view
from tests import samples
from tests.export.corpora import gold_graph, hostile_graph

pytestmark = pytest.mark.browser

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all; skips where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield running
        running.close()


class Opened:
    """A page, with all that it asked for and all that it complained of."""

    def __init__(self, browser: Any, path: Path, *, width: int = 1280, height: int = 800, theme: str = "light") -> None:
        self.page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.address = path.as_uri()
        self.page.goto(self.address)
        self.page.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)

    def panel(self) -> str:
        """The words in the panel."""
        return str(self.page.inner_text("#panel"))

    def status(self) -> str:
        """How much is shown."""
        return str(self.page.inner_text("#status"))

    def until(self, condition: str) -> None:
        """Wait until it is so; the page's policy forbids the driver's own way of waiting, which is eval."""
        for _ in range(100):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never so: {condition}")

    def close(self) -> None:
        """After everything: one request, for the page itself, and not a word in the console."""
        assert self.requests == [self.address]
        assert self.complaints == []
        self.page.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    """The page of the three sample papers."""
    made = _open(browser, tmp_path, samples.graph())
    yield made
    made.close()


def _open(browser: Any, directory: Path, graph: MemoryGraph, **options: Any) -> Opened:
    view(graph, directory / "page.html")
    return Opened(browser, directory / "page.html", **options)


def test_it_draws(opened: Opened) -> None:
    """The canvas has ink in more than a few colours, the heading and the counts are there."""
    drawn = opened.page.evaluate(
        """() => { const canvas = document.querySelector("#picture canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set(); for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] > 250)
        seen.add(pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]); return [...seen]; }"""
    )
    assert {0x56B4E9, 0xE69F00, 0x009E73, 0x0072B2, 0xCC79A7, 0xD55E00} <= set(drawn)
    assert opened.page.inner_text("h1") == "What 3 papers say"
    assert opened.status() == "11 of 11 nodes, 20 of 20 lines"
    assert "Start anywhere" in opened.panel()


def test_search_by_label_and_keyboard(opened: Opened) -> None:
    """Slash, some letters, arrow, Enter: the panel shows the thing, the address can be shared."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("net")
    names = opened.page.locator("#found li").all_inner_texts()
    assert ["QuickNet" in names[0], "SlowNet" in names[1]] == [True, True]
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert "SlowNet" in opened.page.inner_text("#panel h2")
    assert opened.page.evaluate("location.hash") == "#thing%2Fslownet"
    assert "SlowNet is better than QuickNet on TinyImages." in opened.panel()
    opened.page.locator("#picture").focus()
    opened.page.keyboard.press("Escape")
    assert "Start anywhere" in opened.panel()


def test_search_forgives_and_says_when_nothing_is_found(opened: Opened) -> None:
    """A slip still finds; nonsense is told, not silent."""
    opened.page.fill("#search", "quiknet")
    assert "QuickNet" in opened.page.locator("#found li").first.inner_text()
    opened.page.fill("#search", "zzzzzz")
    assert "Nothing of that name" in opened.page.inner_text("#found")


def test_edge_and_its_sentences(opened: Opened) -> None:
    """From a thing to why it outperforms the other: both papers' sentences, marked up."""
    opened.page.evaluate("openNode(data.nodes.findIndex((node) => node.id === 'thing/quicknet'))")
    opened.page.get_by_role("button", name="2 papers: why outperforms SlowNet").click()
    words = opened.panel()
    assert "QuickNet outperforms SlowNet on TinyImages." in words
    assert opened.page.locator("#panel blockquote").count() >= 1
    assert opened.page.locator("#panel blockquote .own").count() >= 2
    assert opened.page.locator("#panel blockquote footer").first.inner_text().startswith("Paper number")


def test_a_click_on_the_picture(opened: Opened) -> None:
    """On a node it opens it, on nothing it closes it."""
    point = opened.page.evaluate(
        """() => { const at = data.nodes.findIndex((node) => node.id === "thing/tinyimages");
        const inside = network.canvasToDOM(network.getPosition(at));
        const box = document.getElementById("picture").getBoundingClientRect();
        return [inside.x + box.left, inside.y + box.top]; }"""
    )
    opened.page.mouse.click(*point)
    opened.until("document.querySelector('#panel h2').textContent === 'TinyImages'")
    box = opened.page.locator("#picture").bounding_box()
    opened.page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    opened.until("document.querySelector('#panel h2').textContent === 'Start anywhere'")


def test_filters(opened: Opened) -> None:
    """By type, relation, papers, certainty and year; and all of it back."""
    opened.page.uncheck("[data-kind=type][value=Paper]")
    assert opened.status().startswith("8 of 11 nodes")
    opened.page.uncheck("[data-kind=relation][value=outperforms]")
    assert opened.status() == "8 of 11 nodes, 3 of 20 lines"
    opened.page.fill("#min-papers", "3")
    assert opened.status().startswith("5 of 11 nodes")
    opened.page.fill("#year-from", "2021")
    opened.page.fill("#min-score", "75")
    assert opened.page.inner_text("#min-score-shown") == "75 %"
    assert opened.status().startswith("3 of 11 nodes")
    opened.page.click("#reset")
    assert opened.status() == "11 of 11 nodes, 20 of 20 lines"


def test_keys_move_and_zoom(opened: Opened) -> None:
    """Plus, minus, arrows, nought."""
    scale = "network.getScale()"
    before = opened.page.evaluate(scale)
    opened.page.locator("#picture").focus()
    opened.page.keyboard.press("+")
    assert opened.page.evaluate(scale) > before
    place = opened.page.evaluate("network.getViewPosition().x")
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.evaluate("network.getViewPosition().x") > place
    opened.page.keyboard.press("0")
    opened.until(f"Math.abs({scale} - {before}) < 0.05")


def test_light_and_dark(opened: Opened) -> None:
    """The button turns the ground dark."""
    ground = "getComputedStyle(document.body).backgroundColor"
    light = opened.page.evaluate(ground)
    opened.page.click("#theme")
    assert opened.page.evaluate(ground) != light


def test_hostile_text_is_shown_as_text(browser: Any, tmp_path: Path) -> None:
    """Every node's panel is opened; nothing runs, nothing loads, and the text is there to read."""
    opened = _open(browser, tmp_path, hostile_graph(), theme="dark")
    found = opened.page.evaluate(
        """() => data.nodes.map((node, at) => { openNode(at); return [node.label, document.querySelector("#panel h2").textContent,
        document.querySelectorAll("#panel img, #panel script, #panel [onerror]").length]; })"""
    )
    assert len(found) == 86
    assert all(label == shown and not alive for label, shown, alive in found)
    links = opened.page.evaluate("[...document.querySelectorAll('a')].map((link) => link.protocol)")
    assert set(links) <= {"https:", "http:"}
    opened.close()


@pytest.mark.parametrize("width", [360, 768])
def test_small_screens(browser: Any, tmp_path: Path, width: int) -> None:
    """Nothing sticks out to the side; filters open and close; the panel can be read."""
    opened = _open(browser, tmp_path, samples.graph(), width=width, height=740)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not opened.page.is_visible("#filters")
    opened.page.click("#filters-toggle")
    assert opened.page.is_visible("#types")
    opened.page.click("#filters-toggle")
    opened.page.fill("#search", "TinyIm")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").bounding_box()["y"] < 740
    opened.close()


def test_a_shared_address_opens_its_thing(browser: Any, tmp_path: Path) -> None:
    """The part after # names the node."""
    view(samples.graph(), tmp_path / "page.html")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri() + "#thing%2Ftinyimages")
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.inner_text("#panel h2") == "TinyImages"
    page.close()


@pytest.mark.node
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, theme: str, width: int) -> None:
    """WCAG 2.2 A and AA and best practice, at the start and with each kind of panel open."""
    axe = Path(__file__).parents[1] / "export" / "node" / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests/export/node")
    opened = _open(browser, tmp_path, samples.graph(), width=width, theme=theme)
    opened.page.evaluate(axe.read_text(encoding="utf-8"))
    searched = "search.value = 'net'; showFound(); filters.classList.add('open')"
    for step in ("0", "openNode(0)", "openNode(9)", "openEdge(0)", searched):
        opened.page.evaluate(step)
        found = opened.page.evaluate(
            "axe.run().then((all) => all.violations.map((each) => [each.id, each.nodes.map((node) => node.html)]))"
        )
        assert found == [], step
    opened.close()


def test_an_empty_graph(browser: Any, tmp_path: Path) -> None:
    """Says that there is nothing, instead of an error."""
    opened = _open(browser, tmp_path, MemoryGraph.of((), ()))
    assert "Nothing to show" in opened.panel()
    opened.close()


@pytest.mark.slow
def test_a_large_graph_opens_fast_and_labels_do_not_cover_each_other(browser: Any, tmp_path: Path) -> None:
    """Of 6,000 nodes it draws 250, says so, and is ready in seconds."""
    opened = _open(browser, tmp_path, gold_graph())
    assert "Too large to draw whole: these are the 250 of" in opened.page.inner_text("#note")
    assert opened.page.evaluate("performance.now()") < 15_000
    boxes = opened.page.evaluate(
        """() => { const kept = []; const plain = place; const found = [];
        const context = document.querySelector("#picture canvas").getContext("2d");
        const write_ = context.strokeText;
        context.strokeText = (text, x, y) => { found.push([text, x * network.getScale(), y * network.getScale(),
          context.measureText(text).width * network.getScale(), parseFloat(context.font.match(/([\\d.]+)px/)[1]) * network.getScale()]); };
        network.redraw(); return new Promise((done) => setTimeout(() => { context.strokeText = write_; done(found); }, 300)); }"""
    )
    rectangles = [(x - w / 2, y, x + w / 2, y + h) for _, x, y, w, h in boxes]
    assert len(rectangles) > 40
    for place, (left, top, right, bottom) in enumerate(rectangles):
        for other in rectangles[place + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (boxes[place], other)
    opened.close()
