"""The front end as it is committed: the same palette as the other pictures, small, and built from its sources."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.export import FORMATS
from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS
from kg.serve.pages import ASSETS
from kg.view.colours import LEGEND

EXPLORER = ASSETS.parent / "explorer"


def test_palette_is_the_one_of_all_pictures() -> None:
    """Colours and shapes agree with kg.view.colours."""
    source = (EXPLORER / "src" / "palette.ts").read_text(encoding="utf-8")
    told = re.findall(
        r'name: "(\w+)", plural: "(\w+)", colour: "(#\w+)", border: "(#\w+)", glow: "(#\w+)", shape: "(\w+)"', source
    )
    expected = [
        (s.name, s.plural, s.colour, s.border, s.glow, s.shape) for s in LEGEND if s.name not in ("Claim", "Paper")
    ]
    assert told == expected


def test_graph_tools_page_tells_the_truth() -> None:
    """Formats, files and columns that the page names are those of the exporters."""
    source = (EXPLORER / "src" / "pages" / "tools.tsx").read_text(encoding="utf-8")
    lists = {
        key: {
            name for block in re.findall(rf"\b{key}: \[([^\]]*)\]", source) for name in re.findall(r'"([^"]+)"', block)
        }
        for key in ("formats", "files")
    }
    assert lists["formats"] and lists["formats"] <= set(FORMATS)
    files = {file for name in lists["formats"] for file in FORMATS[name].files}
    assert lists["files"] <= files
    told = {
        column
        for names in re.findall(r'^      \["([a-z_, ]+)", "', source, re.MULTILINE)
        for column in names.split(", ")
    }
    known = {column.name for column in (*NODE_COLUMNS, *EDGE_COLUMNS)}
    assert told <= known
    assert known - told <= {name for name in known if name.endswith("_id")}


def test_assets_are_small() -> None:
    """All that a wheel ships of the front end stays below 2 MB."""
    assert sum(path.stat().st_size for path in ASSETS.iterdir()) < 2_000_000


def test_lock_names_no_registry() -> None:
    """Whoever builds uses the registry of their own."""
    assert '"resolved"' not in (EXPLORER / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.node
@pytest.mark.skipif(
    shutil.which("node") is None or not (EXPLORER / "node_modules" / "esbuild").is_dir(), reason="npm ci was not run"
)
def test_assets_are_built_from_the_sources(tmp_path: Path) -> None:
    """What is committed is what the sources give."""
    before = {path.name: path.read_bytes() for path in ASSETS.iterdir()}
    subprocess.run(["node", "build.mjs", str(tmp_path) + "/"], cwd=EXPLORER, check=True, capture_output=True)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == before[path.name], f"run npm run build: {path.name} is not the newest"
