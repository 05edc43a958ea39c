"""What a build goes by, and what it costs to know."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kg.build import build
from kg.flow.options import BuildOptions

_REMOVE = """
import sys
from kg.build import remove
remove(sys.argv[1], ["a"])
print(sorted({"onnxruntime", "spacy"} & sys.modules.keys()))
"""


def test_a_removal_loads_no_extractor(tmp_path: Path) -> None:
    """Taking papers out reads no text, so neither a model nor a pipeline is loaded for it."""
    papers = tmp_path / "papers.jsonl"
    lines = [f'{{"id": "{name}", "title": "{name}", "abstract": "We use BERT for parsing."}}\n' for name in "ab"]
    papers.write_text("".join(lines), encoding="utf-8")
    build([papers], tmp_path / "graph", options=BuildOptions(extractor="rules", workers=1))
    command = [sys.executable, "-c", _REMOVE, str(tmp_path / "graph")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"
