"""Quantities in running text: numbers with unit, modifier, tolerance and meaning.

In: a text. Out: spans with the `Quantity` each stands for. Read are plain numbers, thousands, scientific notation, scales
(34 thousand, 135K, 7B), tolerances (90.71±0.6), ranges (10-20%, 5.1 to 11.2%, between 3 and 5 ms), changes
(from 11.6 to 2.4 exaflops, +0.81, by 15.0% relative), bounds (up to, over, at least, <9%), approximations (~, about),
ratios (10x, 2 to 25 times fewer, 5-fold, three orders of magnitude, twice, 1/12 of), lists (50.3/61.2, 1.7 and 2.3
points: one quantity each, the unit shared) and complexities (O(n^2)).
The value model follows MeasEval (Harper et al. 2021) and grobid-quantities (Foppiano et al. 2019), cut down to abstracts.
What it cannot do: say what was measured; `kg.extract.claims` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.domain import Quantity, QuantityKind, Span
from kg.extract.numerals import DIGITS, Numeral, limit_before, numerals
from kg.extract.units import NUMBER_WORDS, unit_of

__all__ = ["FoundQuantity", "find_quantities", "interpret"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuantity:
    """A quantity and where it stands; `span.of(text) == quantity.text`."""

    span: Span
    quantity: Quantity


_COMPLEXITY = re.compile(
    r"\$?(?:\\(?:mathcal|tilde|widetilde|mathrm)\s?\{?\s?)*(?<![A-Za-z])[OΘΩ]\}*\s?(?:\\left)?"
    r"\((?:[^()$]|\([^()]*\)){1,60}\)\$?"
)
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_WORDY = re.compile(
    rf"\b(?:(?P<word>{_WORDS}|an?|several|tens of|hundreds of)[\s-](?P<unit>percent(?:age points?)?|points|times|folds?|"
    r"orders? of magnitude)|(?P<once>twice|thrice|(?:one\s)?half(?= (?:of|the|as)\b)|(?P<up>\d{1,3})/(?P<down>\d{1,3})(?:th)?(?= (?:of|the)\b)"
    rf"|(?P<part>{_WORDS})[\s-](?P<of>half|halves|thirds?|quarters?|fourths?|fifths?|tenths?)(?= of\b)))\b",
    re.IGNORECASE,
)
_PARTS = {"half": 2.0, "halve": 2.0, "third": 3.0, "quarter": 4.0, "fourth": 4.0, "fifth": 5.0, "tenth": 10.0}
_MANY = {"several": 2.0, "tens of": 10.0, "hundreds of": 100.0}
_SLASHED = re.compile(rf"(?<![\w.,@#/])(?:{DIGITS})(?:\s?\\?%)?(?:\s?/\s?(?:{DIGITS})(?:\s?\\?%)?)+(?![\w/])")
_SLASH_ITEM = re.compile(rf"({DIGITS})(\s?\\?%)?")

_JOIN = re.compile(r"\s?(-|–|—|--|~|−|\bto\b|\band\b|,)\s?(?:\$\s?)?")
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_SPREAD = re.compile(
    r"\b(?:rang(?:e|es|ing)|var(?:y|ies|ying)|scal(?:e|es|ing)|sizes?|spann?ing|anywhere)\s+(?:\w+\s+)?from\s+$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_OR_MORE = re.compile(r"\s+or\s+(more|higher|above|greater|less|lower|below|fewer)\b")
_GROWS = re.compile(r"\bby\s+(?:an?\s+|the\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_CHANGED = re.compile(
    r"\s(?:[\w@-]+\s){0,3}?(?:improvements?|gains?|increases?|reductions?|decreases?|drops?|boosts?|savings?|speed-?ups?|faster|"
    r"slower|better|worse|higher|lower|fewer|less|more|smaller|larger|cheaper)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\brelative\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\babsolute\b", re.IGNORECASE)
_LONGEST_LIST = 12
_RATIO_UNITS = frozenset({"x", "orders of magnitude"})
_BOUNDS = frozenset({QuantityKind.UPPER_BOUND, QuantityKind.LOWER_BOUND})


def find_quantities(text: str) -> tuple[FoundQuantity, ...]:
    """All quantities, in order, not overlapping.

    >>> [(f.quantity.text, f.quantity.kind.value) for f in find_quantities("Up to 83.2 percentage points at 10x less.")]
    [('Up to 83.2 percentage points', 'upper bound'), ('10x', 'ratio')]
    """
    found: list[FoundQuantity] = []
    for batch in (_complexities(text), _slashed(text), _wordy(text), _plain(text)):
        taken = [item.span for item in found]
        found += [item for item in batch if not any(item.span.overlaps(span) for span in taken)]
    return tuple(sorted(found, key=lambda item: item.span))


def interpret(value: str, context: str = "") -> Quantity | None:
    """The quantity that a claim's value stands for; None where it holds no number ("state-of-the-art").

    `context` is the sentence; where the value stands in it, the words around decide between a level and a change.

    >>> interpret("15.0%", "cuts the error by 15.0% relative").relative
    True
    >>> interpret("state-of-the-art") is None
    True
    """
    at = context.find(value) if value else -1
    if at >= 0:
        for found in find_quantities(context):
            if found.span.start <= at and at + len(value) <= found.span.end:
                return replace(found.quantity, text=value)
    alone = find_quantities(value)
    return replace(alone[0].quantity, text=value) if alone else None


def _made(
    text: str, start: int, end: int, kind: QuantityKind, low: float | None, high: float | None, unit: str | None,
    *, base: float | None = None, tolerance: float | None = None,
) -> FoundQuantity:  # fmt: skip
    relative: bool | None = None
    if unit in ("points", "percentage points"):
        relative = False
    elif unit == "%":
        around = text[max(0, start - 30) : start].rpartition(",")[2], text[end : end + 24].partition(",")[0]
        if any(map(_ABSOLUTE.search, around)):
            relative = False
        elif any(map(_RELATIVE.search, around)):
            relative = True
    quantity = Quantity(
        text=text[start:end],
        kind=kind,
        low=low,
        high=high,
        unit=unit,
        base=base,
        relative=relative,
        tolerance=tolerance,
    )
    return FoundQuantity(span=Span(start=start, end=end), quantity=quantity)


def _limited(text: str, start: int, end: int, limit: QuantityKind | None, value: float, unit: str | None,
             tolerance: float | None = None, signed: bool = False) -> FoundQuantity:  # fmt: skip
    """A single number: a bound if it has one, a ratio by its unit, a change by the words around it, or a level."""
    changed = signed or bool(_GROWS.search(text[max(0, start - 24) : start]) or _CHANGED.match(text[end : end + 50]))
    if limit in _BOUNDS:
        kind = limit
    elif unit in _RATIO_UNITS:
        kind = QuantityKind.RATIO
    elif limit is None and changed and (unit or signed or value % 1 or _GROWS.search(text[max(0, start - 24) : start])):
        kind = QuantityKind.CHANGE
    else:
        kind = limit or QuantityKind.EXACT
    low = None if kind is QuantityKind.UPPER_BOUND else value
    high = None if kind is QuantityKind.LOWER_BOUND else value
    return _made(text, start, end, kind, low, high, unit, tolerance=tolerance)


def _complexities(text: str) -> list[FoundQuantity]:
    return [
        _made(text, m.start(), m.end(), QuantityKind.COMPLEXITY, None, None, None) for m in _COMPLEXITY.finditer(text)
    ]


def _plain(text: str) -> list[FoundQuantity]:
    """Numbers in digits, joined to ranges and changes where they are."""
    items = list(numerals(text))
    found: list[FoundQuantity] = []
    index = 0
    while index < len(items):
        first = items[index]
        second = items[index + 1] if index + 1 < len(items) else None
        joined = _joined(text, first, second) if second is not None else None
        if joined is not None:
            found.append(joined)
            index += 2
            continue
        unit = first.unit or _shared_unit(text, items, index)
        end, limit = first.end, first.limit
        if more := _OR_MORE.match(text, end):
            end = more.end()
            limit = (
                QuantityKind.LOWER_BOUND
                if more.group(1) in ("more", "higher", "above", "greater")
                else QuantityKind.UPPER_BOUND
            )
        found.append(_limited(text, first.start, end, limit, first.value, unit, first.tolerance, first.signed))
        index += 1
    return found


def _joined(text: str, first: Numeral, second: Numeral) -> FoundQuantity | None:
    """A range or a change, if the two are joined to one."""
    join = _JOIN.fullmatch(text, first.end, second.core)
    if join is None or second.start != second.core:
        return None
    sign, before = join.group(1), text[max(0, first.start - 40) : first.start]
    between = _BETWEEN.search(before)
    if sign == "," or (sign == "and" and not between) or (sign in "-–—−" and first.end < join.start(1) and first.unit):
        return None
    low = first.value * (second.scale if first.scale == 1.0 and second.scale > 1.0 and sign != "to" else 1.0)
    unit = second.unit or first.unit
    origin = _FROM.search(before)
    if origin and sign == "to" and not _SPREAD.search(before):
        start = first.start - len(before) + origin.start()
        return _made(text, start, second.end, QuantityKind.CHANGE, second.value, second.value, unit, base=low)
    pair = sorted((low, second.value))
    return _made(text, first.start, second.end, QuantityKind.RANGE, pair[0], pair[1], unit)


def _shared_unit(text: str, items: list[Numeral], index: int) -> str | None:
    """The unit that a list shares: "1.7 and 2.3 points" gives the first its unit too."""
    for left, right in pairwise(items[index : index + _LONGEST_LIST]):
        join = _JOIN.fullmatch(text, left.end, right.start)
        if join is None or join.group(1) not in ("and", ","):
            return None
        if right.unit:
            return right.unit
    return None


def _wordy(text: str) -> list[FoundQuantity]:
    """Numbers in words, where a unit makes them quantities: "three orders of magnitude", "twice", "two thirds of"."""
    found = []
    for match in _WORDY.finditer(text):
        start, limit = limit_before(text, match.start())
        if match["once"]:
            found.append(_limited(text, start, match.end(), limit, _fraction(match), "x"))
            continue
        word, unit = match["word"].lower(), unit_of(" " + match["unit"].lower())
        if word in ("a", "an") and unit != "orders of magnitude":
            continue
        limit = QuantityKind.LOWER_BOUND if word in _MANY else limit
        value = _MANY.get(word, NUMBER_WORDS.get(word, 1.0))
        found.append(_limited(text, start, match.end(), limit, value, unit))
    return found


def _fraction(match: re.Match[str]) -> float:
    if match["up"]:
        return float(match["up"]) / max(1.0, float(match["down"]))
    if match["part"]:
        return NUMBER_WORDS[match["part"].lower()] / _PARTS[match["of"].lower().removesuffix("s")]
    return {"twice": 2.0, "thrice": 3.0}.get(match["once"].lower(), 0.5)


def _slashed(text: str) -> list[FoundQuantity]:
    """Lists such as 50.3/61.2: one quantity each where at least one has a decimal or a percent sign."""
    found = []
    for match in _SLASHED.finditer(text):
        if "." not in match.group() and "%" not in match.group():
            continue
        unit = "%" if "%" in match.group() else None
        for item in _SLASH_ITEM.finditer(text, match.start(), match.end()):
            value = float(item.group(1).replace(",", ""))
            found.append(_limited(text, item.start(), item.end(), None, value, unit))
    return found
