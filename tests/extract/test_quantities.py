"""Quantities: the grammar, one line a form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.domain import Quantity, QuantityKind
from kg.extract.quantities import find_quantities, interpret

EXACT, ABOUT, LOWER, UPPER = (
    QuantityKind.EXACT,
    QuantityKind.APPROXIMATE,
    QuantityKind.LOWER_BOUND,
    QuantityKind.UPPER_BOUND,
)
RANGE, CHANGE, RATIO = QuantityKind.RANGE, QuantityKind.CHANGE, QuantityKind.RATIO


def only(text: str) -> Quantity:
    (found,) = find_quantities(text)
    assert found.span.of(text) == found.quantity.text
    return found.quantity


@pytest.mark.parametrize(
    ("text", "written", "kind", "low", "high", "unit"),
    [
        ("gains up to 83.2 percentage points", "up to 83.2 percentage points", UPPER, None, 83.2, "percentage points"),
        ("is 2 to 25 times smaller", "2 to 25 times", RANGE, 2.0, 25.0, "x"),
        ("is 10x faster", "10x", RATIO, 10.0, 10.0, "x"),
        ("is $2\\times$ faster", "$2\\times$", RATIO, 2.0, 2.0, "x"),
        ("a 5-fold rise", "5-fold", RATIO, 5.0, 5.0, "x"),
        ("three orders of magnitude", "three orders of magnitude", RATIO, 3.0, 3.0, "orders of magnitude"),
        ("more than twice the size", "more than twice", LOWER, 2.0, None, "x"),
        ("over 90\\% of leaves", "over 90\\%", LOWER, 90.0, None, "%"),
        ("a score of $<9$%", "$<9$%", UPPER, None, 9.0, "%"),
        ("reaches ~3x", "~3x", RATIO, 3.0, 3.0, "x"),
        ("about 5 ms", "about 5 ms", ABOUT, 5.0, 5.0, "ms"),
        ("roughly 10-30% of it", "roughly 10-30%", RANGE, 10.0, 30.0, "%"),
        ("between 3 and 5 ms", "3 and 5 ms", RANGE, 3.0, 5.0, "ms"),
        ("holds 1.6 million leaves", "1.6 million", EXACT, 1.6e6, 1.6e6, None),
        ("holds 186,089 leaves", "186,089", EXACT, 186089.0, 186089.0, None),
        ("over 20K polls", "over 20K", LOWER, 20000.0, None, None),
        ("a rate of 3.2e-4 is set", "3.2e-4", EXACT, 3.2e-4, 3.2e-4, None),
        ("a rate of $5 \\times 10^{-4}$ is set", "$5 \\times 10^{-4}$", EXACT, 5e-4, 5e-4, None),
        ("improves by +7.0 here", "+7.0", CHANGE, 7.0, 7.0, None),
        ("0.05 or more", "0.05 or more", LOWER, 0.05, None, None),
        ("1/12 of the cost", "1/12", RATIO, 1 / 12, 1 / 12, "x"),
        ("in two thirds of the cases", "two thirds", RATIO, 2 / 3, 2 / 3, "x"),
    ],
)
def test_forms(
    text: str, written: str, kind: QuantityKind, low: float | None, high: float | None, unit: str | None
) -> None:
    """Text as written, kind, bounds and unit of every form that abstracts use."""
    quantity = only(text)
    assert (quantity.text, quantity.kind, quantity.low, quantity.high, quantity.unit) == (
        written,
        kind,
        low,
        high,
        unit,
    )


def test_tolerance() -> None:
    """A tolerance is kept beside the value, in every spelling."""
    for text in ("90.71±0.6", "90.71 +/- 0.6", "$90.71 \\pm 0.6$"):
        quantity = only(f"scores {text} here")
        assert (quantity.low, quantity.tolerance) == (90.71, 0.6)


def test_change_keeps_its_base() -> None:
    """From a number to another is a change, unless it is a range."""
    change = only("cuts cost from 11.6 to 2.4 exaflops")
    assert (change.text, change.kind, change.base, change.low) == ("from 11.6 to 2.4 exaflops", CHANGE, 11.6, 2.4)
    assert only("errors ranging from 0.02 to 0.10 Pa").kind is RANGE


def test_relative_and_absolute() -> None:
    """The words around say whether a percentage is relative, points are absolute by themselves."""
    assert only("falls by 15.0% relative").relative is True
    assert only("an absolute gain of 2% here").relative is False
    assert only("gains 2.3 points").relative is False
    assert only("falls by 15.0%").relative is None


def test_lists() -> None:
    """Slashes and "and" make lists; the unit is shared."""
    assert [f.quantity.text for f in find_quantities("scores 50.3/61.2 here")] == ["50.3", "61.2"]
    two = [f.quantity for f in find_quantities("gains of 1.7 and 2.3 points")]
    assert [(q.text, q.unit) for q in two] == [("1.7", "points"), ("2.3 points", "points")]


@pytest.mark.parametrize("text", ["O(n^2) time", "in $\\mathcal{O}(n \\log n)$ steps"])
def test_complexity(text: str) -> None:
    """Complexities are kept as written."""
    assert only(text).kind is QuantityKind.COMPLEXITY


@pytest.mark.parametrize(
    "text",
    [
        "CIFAR-10, GPT-2, ResNet-50, v1.0, mAP@0.5, top-1 and 3D",
        "(Doe et al., 2022) and in 2019",
        "(1) first 2) second [12]",
        "see Table 3 and Section 4",
        "a 13-layer network",
    ],
)
def test_no_quantities(text: str) -> None:
    """Numbers in names, years, list markers, references and attributes are none."""
    assert find_quantities(text) == ()


def test_interpret() -> None:
    """A value is read in its sentence, or alone; words that are no numbers give nothing."""
    read = interpret("15.0%", "It cuts the error by 15.0% relative.")
    assert read is not None and read.relative is True and read.kind is CHANGE
    alone = interpret("95.2\\%")
    assert alone is not None and alone.low == 95.2
    assert interpret("state-of-the-art", "It is state-of-the-art.") is None


def test_a_closing_sign_opens_nothing() -> None:
    """A dollar sign belongs to one number."""
    assert [found.quantity.text for found in find_quantities("$0$0")] == ["$0$", "0"]


@given(st.text(alphabet="0123456789.,%$\\~<>±x-/ toadnOn()^k", max_size=80))
def test_spans_slice_back(text: str) -> None:
    """Whatever is found stands where it is said to stand, and nothing overlaps."""
    found = find_quantities(text)
    assert all(item.span.of(text) == item.quantity.text for item in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
