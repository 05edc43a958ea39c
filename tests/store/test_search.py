"""Words as people type them find nodes, and never are a query language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.store import Folder


def test_labels_titles_and_sentences_are_found(folder: Path) -> None:
    """Case, accents and the end of the last word do not count."""
    with Folder.open(folder) as opened:
        nodes = {(hit.node, hit.kind) for hit in opened.search("quickN")}
        assert ("thing/quicknet", "label") in nodes
        assert any(kind == "sentence" for _, kind in nodes)
        assert {"paper/p2"} == {hit.node for hit in opened.search("paper number 2", kinds=("title",))}
        assert len(opened.search("quicknet", limit=1)) == 1
        assert opened.search("") == opened.search("???") == ()


@pytest.mark.parametrize(
    "hostile", ['"', "a OR b", "NEAR(a b)", "text:*", "quick* - net", "'; DROP TABLE words", "\x00", "^a"]
)
def test_query_syntax_is_words(folder: Path, hostile: str) -> None:
    """No error, no operator."""
    with Folder.open(folder) as opened:
        assert isinstance(opened.search(hostile), tuple)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_any_text_can_be_searched(folder: Path, words: str) -> None:
    """Whatever is typed is an answer."""
    with Folder.open(folder) as opened:
        assert all(hit.score >= 0 for hit in opened.search(words))
