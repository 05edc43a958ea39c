"""Text and numbers made safe for every format."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, edge_values, join, node_values, safe_text
from kg.graph.projection import Projection
from tests import samples

_XML = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


@given(st.text(st.integers(0, 0x10FFFF).map(chr)))
def test_safe_text_is_xml_on_one_line_and_settled(text: str) -> None:
    """Any code points at all give text that XML 1.0 allows, on one line; once more changes nothing."""
    safe = safe_text(text)
    assert _XML.fullmatch(safe)
    assert len(safe.splitlines()) <= 1
    assert safe == safe.strip() == safe_text(safe)
    safe.encode("utf-8")


@given(st.lists(st.text(st.characters(max_codepoint=0xD7FF))))
def test_joined_lists_come_apart_again(items: list[str]) -> None:
    """There are as many parts as there were items with anything in them."""
    kept = [safe_text(item).replace("|", "¦") for item in items if safe_text(item)]
    assert (join(items) or "").split(" | ") == (kept or [""])


def test_rows_fill_their_columns() -> None:
    """Required columns have a value, others the declared type or None."""
    python = {"string": str, "int": int, "double": float}
    projection = Projection(samples.graph())
    nodes = ((NODE_COLUMNS, node_values(row)) for row in projection.nodes())
    edges = ((EDGE_COLUMNS, edge_values(row)) for row in projection.edges())
    for columns, values in itertools.chain(nodes, edges):
        for column, value in zip(columns, values, strict=True):
            assert type(value) is python[column.type] or (value is None and not column.required), column
