"""The page for graph tools says what is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import kg.export
from kg.export import FORMATS
from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, Column
from kg.graph.filters import Filters

_TEXT = (Path(kg.export.__file__).parent / "README.md").read_text(encoding="utf-8")


def _row(column: Column) -> str:
    return f"| `{column.name}` | {column.type} | {column.meaning.replace('|', '&#124;')} |"


def test_the_columns_are_those_that_are_written() -> None:
    """Each with its type and meaning, in their order."""
    _, nodes, edges = re.split(r"^## Columns of \w+$", _TEXT, flags=re.MULTILINE)
    assert [line for line in nodes.splitlines() if line.startswith("| `")] == [_row(column) for column in NODE_COLUMNS]
    assert [line for line in edges.splitlines() if line.startswith("| `")] == [_row(column) for column in EDGE_COLUMNS]


def test_every_format_and_filter_is_told() -> None:
    """No format without a tool, no filter without a line, no option that is not there."""
    steps = _TEXT.split("## Parts")[0]
    for name in FORMATS:
        assert f"`{name.removesuffix('-full')}`" in steps or name.removesuffix("-full") in (
            "ntriples",
            "trig",
            "jsonld",
            "rdfxml",
        )
    told = set(re.findall(r"--([a-z][a-z-]+)", _TEXT.split("## Parts")[1].split("## What")[0]))
    names = {field.name.replace("_", "-").removesuffix("s") for field in fields(Filters)} - {"min-paper"} | {
        "min-papers"
    }
    assert told == names
