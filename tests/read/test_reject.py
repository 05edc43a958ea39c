"""Rejects: what they show and how they are written."""

from __future__ import annotations

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError, Where
from kg.read import Reject, write_rejects
from kg.read.reject import EXCERPT, excerpt


def test_a_reject_says_what_an_error_says() -> None:
    """Place, reason and advice; the entry is quoted from its beginning."""
    error = ReadError("no abstract", where=Where(file="a", line=3), to_do="add one")
    reject = Reject.of(error, quoted="@article{x,\n  title = {Y}")
    assert str(reject) == "a, line 3: no abstract (add one)"
    assert reject.excerpt == "@article{x, title = {Y}"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_excerpts_are_short_and_safe_to_print(text: str) -> None:
    """One line, no control or formatting characters, no lone surrogates."""
    shown = excerpt(text)
    assert len(shown) <= EXCERPT
    assert shown.isprintable()
    shown.encode("utf-8")


def test_rejects_are_written_one_a_line() -> None:
    """As JSON objects without what is unknown."""
    out = io.StringIO()
    rejects = [
        Reject(where=Where(file="a\n", line=3), reason="bad \ud800"),
        Reject(where=Where(), reason="worse", to_do="go"),
    ]
    assert write_rejects(rejects, out) == 2
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first == {"file": "a\n", "line": 3, "reason": "bad \ud800"}
    assert second == {"reason": "worse", "to_do": "go"}
    out.getvalue().encode("utf-8")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=900))
def test_reasons_are_safe_to_print_too(text: str) -> None:
    """They quote names of fields and columns, which anyone can choose."""
    reject = Reject.at(Where(), f"no column {text}", to_do=text)
    str(reject).encode("utf-8")
    assert str(reject).isprintable()
