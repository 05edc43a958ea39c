"""The page as a file: nothing from outside, text that stays text, the same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExportError, UsageError
from kg.graph import MemoryGraph
from kg.graph.filters import Filters
from kg.graph.projection import Projection
from kg.view.page import Page, render, view
from tests import samples
from tests.export.corpora import HOSTILE, hostile_graph


class _Elements(HTMLParser):
    """Every start tag with its attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, fields = self.tags[-1] if self.tags else ("", {})
        if tag == "script" and fields.get("type") != "application/json":
            self.scripts.append(data)
        elif tag == "style":
            self.styles.append(data)


def _page(graph: MemoryGraph, **options: Any) -> Page:
    return render(Projection(graph), **options)


def _data(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("graph", [samples.graph(), hostile_graph()], ids=["samples", "hostile"])
def test_nothing_comes_from_outside(graph: MemoryGraph) -> None:
    """No attribute names another address, and the policy allows no request at all."""
    elements = _Elements(_page(graph).html)
    for tag, fields in elements.tags:
        for name in ("src", "href", "srcset", "action", "poster", "data"):
            assert (fields.get(name) or "data:").startswith("data:"), (tag, name)
        assert not any(name.startswith("on") for name in fields)
    policy = next(fields["content"] for _, fields in elements.tags if fields.get("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "unsafe" not in policy


def test_the_policy_names_what_is_there() -> None:
    """Each script and the style by its own hash."""
    html = _page(samples.graph()).html
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    code = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", html, re.DOTALL)
    assert len(code) == 3
    for text in code:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_hostile_text_stays_data() -> None:
    """As many elements as in a page of tame text; every hostile name is in the data as the projection has it."""
    graph = hostile_graph()
    hostile, tame = _page(graph).html, _page(samples.graph()).html
    assert len(_Elements(hostile).tags) == len(_Elements(tame).tags)
    labels = {node["label"] for node in _data(hostile)["nodes"]}
    assert {row.label for row in Projection(graph).nodes()} == labels
    assert "</script><script>alert(1)</script>" in HOSTILE
    assert "<img src=x onerror=alert(1)>" in labels
    assert "<img src=x" not in hostile


def test_a_hostile_title_is_text() -> None:
    """In the head, too."""
    html = _page(samples.graph(), title="</title><script>alert(1)</script>").html
    assert len(_Elements(html).tags) == len(_Elements(_page(samples.graph()).html).tags)


def test_links_are_only_of_the_web() -> None:
    """A paper's address that is no web address is not in the page."""
    addresses = {paper["url"] for paper in _data(_page(hostile_graph()).html)["papers"]}
    assert all(address.startswith(("https://", "http://")) for address in addresses if address)


def test_all_is_there() -> None:
    """Nodes, edges, their sentences cut at what they mention."""
    graph = samples.graph()
    page = _page(graph)
    assert (page.nodes, page.edges) == (page.all_nodes, page.all_edges) == (11, 20)
    data = _data(page.html)
    assert len(data["picture"]["nodes"]) == len(data["nodes"]) == 11
    assert len(data["picture"]["edges"]) == len(data["edges"]) == 20
    assert all({"x", "y", "shape", "color", "size"} <= node.keys() for node in data["picture"]["nodes"])
    assert data["picture"]["options"]["physics"]["enabled"] is False
    number = next(n for n, node in enumerate(data["nodes"]) if node["id"] == "thing/quicknet")
    edge = next(e for e in data["edges"] if e["relation"] == "outperforms" and e["papers"] == 2)
    paper, pieces = data["sentences"][edge["sentences"][0]]
    assert data["papers"][paper]["title"] == "Paper number 2"
    assert pieces[0] == ["QuickNet", "Architecture", number]
    words = "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)
    assert words == "QuickNet outperforms SlowNet on TinyImages."


def test_a_large_graph_says_so() -> None:
    """How many are drawn of how many."""
    page = _page(samples.graph(), max_nodes=4)
    assert (page.nodes, page.all_nodes, page.all_edges) == (4, 11, 20)
    totals = _data(page.html)["totals"]
    assert totals == {"nodes": 11, "edges": 20, "joined": 5, "whole": False}


def test_too_many_lines_are_thinned_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The best supported stay, and every node keeps one; the page says how many there are."""
    monkeypatch.setattr("kg.view.content._LINES_A_NODE", 1)
    page = _page(samples.graph())
    data = _data(page.html)
    assert (page.nodes, page.edges, data["totals"]["joined"]) == (11, 11, 20)
    ends = {end for edge in data["picture"]["edges"] for end in (edge["from"], edge["to"])}
    assert ends == set(range(11))
    assert any(edge["papers"] == 2 for edge in data["edges"])


def test_same_graph_same_bytes(tmp_path: Path) -> None:
    """In any order of papers, written or rendered."""
    given = samples.records()
    turned = MemoryGraph.of(reversed(given), samples.things(given))
    viewed = view(turned, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == _page(samples.graph()).html
    assert viewed.bytes == (tmp_path / "page.html").stat().st_size
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_filters_come_first() -> None:
    """Only what they keep is drawn, and counted."""
    page = render(Projection(samples.graph(), Filters(relations=("outperforms",))))
    assert (page.nodes, page.edges, page.all_nodes) == (2, 2, 2)


def test_what_cannot_be(tmp_path: Path) -> None:
    """No node to draw, a path that is a directory."""
    with pytest.raises(UsageError, match="from 1 up"):
        view(samples.graph(), tmp_path / "page.html", max_nodes=0)
    (tmp_path / "page.html").mkdir()
    with pytest.raises(ExportError, match="move the directory"):
        view(samples.graph(), tmp_path / "page.html")
