"""The explorer as one file."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.graph.filters import Filters
from kg.serve.embed import explorer_page, write_explorer
from tests import samples


def _data(page: str) -> dict[str, str]:
    found = re.search(r'id="data">([^<]*)</script>', page)
    assert found is not None
    lines = gzip.decompress(base64.b64decode(found.group(1))).decode().split("\n")
    return {"": lines[0], **dict(line.split("\t", 1) for line in lines[1:])}


def test_same_graph_same_bytes() -> None:
    """Nothing of time or chance is in the file."""
    assert explorer_page(samples.graph()) == explorer_page(samples.graph())


def test_it_names_no_address_to_load_from() -> None:
    """No src, no link to elsewhere; the policy allows no connection and only its own scripts."""
    page = explorer_page(samples.graph(), title="</title><script>alert(1)</script>").decode()
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page.partition("<script>")[0])
    assert "default-src 'none'" in page and "connect-src" not in page
    assert "<script>alert(1)" not in page


def test_it_holds_every_page() -> None:
    """Things, papers, views and the sentences of every fact."""
    data = _data(explorer_page(samples.graph()).decode())
    assert json.loads(data["/api/about"])["counts"]["papers"] == 3
    assert json.loads(data["/api/thing/quicknet"])["thing"]["label"] == "QuickNet"
    assert json.loads(data["/api/paper/p1"])["claims"]
    assert len(json.loads(data["thing/quicknet outperforms thing/slownet"])) == 2
    assert {thing["id"] for thing in json.loads(data[""])["things"]} == {t.id for t in samples.graph().things()}


def test_filters(tmp_path: Path) -> None:
    """Only what the filters keep is in the file."""
    target = tmp_path / "page.html"
    viewed = write_explorer(samples.graph(), target, filters=Filters(types=("Architecture",)))
    assert viewed.bytes == target.stat().st_size
    assert "/api/thing/tinyimages" not in _data(target.read_text(encoding="utf-8"))


def test_nowhere_to_write(tmp_path: Path) -> None:
    """A folder that is not there is told, and nothing is left behind."""
    with pytest.raises(ExportError, match="cannot be written"):
        write_explorer(samples.graph(), tmp_path / "no" / "page.html")
