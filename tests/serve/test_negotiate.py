"""Accept headers, as people and programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiate import best

OFFERED = ["text/turtle", "application/ld+json", "text/html"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*;q=0.1, application/ld+json", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("image/png", None),
        ("text/html;q=nonsense", None),
        ("TEXT/HTML", "text/html"),
        ("text/html;level=1", "text/html"),
    ],
)
def test_best(accept: str | None, expected: str | None) -> None:
    """The type that the header likes best."""
    assert best(accept, OFFERED) == expected


@given(st.text(max_size=80))
def test_any_header_is_answered(accept: str) -> None:
    """No header breaks it."""
    assert best(accept, OFFERED) in (*OFFERED, None)
