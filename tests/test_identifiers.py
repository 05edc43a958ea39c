"""Ids that people can read and that never collide by accident."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import RESOURCE, NodeId, slug


@given(st.text(min_size=1))
def test_a_slug_is_safe_in_an_iri_and_a_file_name(name: str) -> None:
    """Lower case ASCII letters, digits, dots, hyphens; never empty, never a dot file, never long."""
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9.\-]*", made)
    assert len(made) <= 90


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"), min_size=1))
def test_papers_with_different_ids_have_different_nodes(left: str, right: str) -> None:
    """Case and punctuation count in a paper's id."""
    assert (NodeId.paper(left) == NodeId.paper(right)) == (left == right)


@pytest.mark.parametrize(("left", "right"), [("C", "C++"), ("C#", "C"), ("α-net", "β-net"), ("A*", "A")])
def test_names_that_lose_symbols_stay_apart(left: str, right: str) -> None:
    """What a slug cannot hold, a digest does."""
    assert slug(left) != slug(right)


def test_an_iri_is_parsed_back() -> None:
    """Node id to IRI and back."""
    node = NodeId.paper("2203.01522")
    assert node.iri == f"{RESOURCE}paper/2203.01522"
    assert NodeId.parse(node.iri) == node == NodeId.parse(str(node))


@pytest.mark.parametrize("text", ["", "paper", "paper/", "author/x", "http://elsewhere.org/paper/x"])
def test_what_is_not_a_node_id_is_an_error(text: str) -> None:
    """ValueError, with the text."""
    with pytest.raises(ValueError, match="node id"):
        NodeId.parse(text)
