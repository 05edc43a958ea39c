"""Sentences: what must not end one, what must, and that nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "We beat it, e.g. by pruning, i.e. by leaving weights out.",
        "It holds for trees vs. forests, cf. Fig. 3 and Sec. 2 of Doe et al. 2019.",
        "Error falls to 3.5 from 4.2 at approx. 98 percent.",
        "We minimise $f(x). g(y)$ over all x.",
        "The code (which is short. It is tested.) runs anywhere.",
        "See https://example.org/a.b?c=d! for more.",
        "Wait ... for the rest of it.",
        "Is it so?! asked nobody.",
        "The work of J. Q. Public is known.",
        "We need seeds, leaves, etc. for this.",
    ],
)
def test_one_sentence(whole: str) -> None:
    """Abbreviations, decimals, formulas, addresses, brackets and initials end no sentence."""
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We prune leaves, twigs, etc.", "However, roots stay."),
        ("It gains 3.5 points.", "Code is out."),
        ("Does it help?", "We think so."),
        ('They call it "the end."', "Then it begins."),
        ("It runs in 10.", "We stop there."),
        ("This is the end…", "The next begins."),
        ("(It stands alone.)", "So does this."),
        ("We thank them all et al.", "Our code is public."),
        ("A net is trained.", "iCaRL is another."),
    ],
)
def test_two_sentences(first: str, second: str) -> None:
    """What ends a sentence ends it, also after an abbreviation and before an odd name."""
    assert split(f"{first} {second}") == [first, second]


def test_blank_lines_and_missing_spaces() -> None:
    """A blank line ends a sentence; so does a stop that the next sentence is glued to."""
    assert split("A title without a stop\n\nThe text.") == ["A title without a stop", "The text."]
    assert split("It is fast.We show it.") == ["It is fast.", "We show it."]


@given(st.text(max_size=300))
def test_nothing_is_lost(text: str) -> None:
    """Sentences are trimmed, in order, apart, and hold every visible character."""
    spans = sentence_spans(text)
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


def test_a_megabyte_of_blanks_takes_no_time() -> None:
    """A search that began again at each blank would take an hour."""
    (span,) = sentence_spans(" " * 1_000_000 + "x" + "\n" * 1_000_000)
    assert (span.start, span.end) == (1_000_000, 1_000_001)
