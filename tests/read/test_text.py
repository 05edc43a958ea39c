"""The two rules by which texts are cleaned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.text import exact, flow, one_line

anything = st.text(alphabet=st.characters(codec=None))


@settings(deadline=None)
@given(anything)
def test_exact_keeps_every_character_in_its_place(text: str) -> None:
    """Up to the blanks at the ends, so that offsets made elsewhere stay right."""
    cleaned = exact("«" + text + "»").text
    assert len(cleaned) == len(text) + 2
    assert all(new == old for new, old in zip(cleaned[1:-1], text, strict=True) if old.isprintable() or old in "\n\t")


@settings(deadline=None)
@given(anything)
def test_neither_rule_leaves_what_cannot_travel(text: str) -> None:
    """No control characters, no surrogates; and cleaning again changes nothing, but for paragraphs that become one."""
    for rule in (exact, flow):
        cleaned = rule(text).text
        cleaned.encode("utf-8")
        assert not any(ord(c) < 32 and c not in "\n\t" for c in cleaned)
        assert rule(cleaned).text.split() == cleaned.split()
    assert exact(exact(text).text).text == exact(text).text


@settings(deadline=None)
@given(anything)
def test_flow_leaves_single_blanks(text: str) -> None:
    """And single newlines between paragraphs."""
    cleaned = flow(text).text
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned and "\n\n" not in cleaned and "\t" not in cleaned


def test_paragraphs_stay_apart_and_lines_do_not() -> None:
    """An empty line is a paragraph, a line end is a blank."""
    assert flow("One\ntwo.\n \t\nThree\r\nfour.").text == "One two.\nThree four."
    assert one_line("One\n\ntwo") == "One two"


def test_what_is_text_stays() -> None:
    """Combining characters, right-to-left marks, LaTeX, angle brackets."""
    text = "e\u0301 \u202bשלום\u202c $x_{1}$ <s> a&amp;b"
    assert exact(text).text == flow(text).text == text


def test_what_goes_is_counted() -> None:
    """Controls and broken characters apart."""
    assert exact("a\x00\x07b\ud800")[1:] == (2, 1)
    assert flow("a\x00\x07b\ud800")[1:] == (2, 1)
