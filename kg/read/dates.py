"""Dates and years as sources write them, to ISO 8601 as exact as the source is. Nothing is guessed.

In: "Mar 3, 2022", "2022/03/03", [2022, 3], "11 March", ... Out: "2022-03-03", "2022-03", "2022", or "--03-11" where
no year is written (the form of xsd:gMonthDay). What it cannot do: tell 03/04/2022 from 04/03/2022; it takes neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["iso_date", "year_of"]

_FIRST_YEAR, _LAST_YEAR = 1600, 2100
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_LONG_NAMES = "january february march april may june july august september october november december"
_MONTHS = {"sept": 9} | {name: n for names in (_NAMES, _LONG_NAMES) for n, name in enumerate(names.split(), 1)}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = "(?P<month>[A-Za-z]{3,9})\\.?"
_DAY = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "(?P<year>[0-9]{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>[0-9]{4})(?:[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?)?(?:[T ][0-9:.Z+-]*)?/*",
        f"{_YEAR}[ -]{_MONTH}(?:[ -]{_DAY})?",
        rf"{_MONTH} {_DAY}(?:,? {_YEAR})?",
        rf"{_DAY} {_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH},? {_YEAR}",
        r"[A-Za-z]{3}, (?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3}) (?P<year>[0-9]{4}) [0-9:]{5,8}(?: [A-Z+0-9-]*)?",
        r"--(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    )
)
_YEAR_ALONE = re.compile(r"\(?([0-9]{4})(?:\.0)?\)?[a-z]?")


def iso_date(value: str | Sequence[object] | None) -> str | None:
    """The date in ISO 8601, or None if it is none.

    >>> [iso_date(text) for text in ("Mar 3, 2022", "2022/03", "Mar 11", "Feb 30, 2022", "soon")]
    ['2022-03-03', '2022-03', '--03-11', None, None]
    >>> iso_date([2017, 6])
    '2017-06'
    """
    if value is None:
        return None
    if not isinstance(value, str):
        return _from_numbers(value)
    text = " ".join(value[:80].split())
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            return _written(parts.get("year"), parts.get("month"), parts.get("day"))
    return None


def year_of(value: object) -> int | None:
    """The year in a number, a string or a date, between 1600 and 2100, or None.

    >>> year_of("2022"), year_of("2022-03-03"), year_of(2022.0), year_of("n.d."), year_of(True)
    (2022, 2022, 2022, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if _FIRST_YEAR <= value <= _LAST_YEAR and value == int(value) else None
    if not isinstance(value, str):
        return None
    alone = _YEAR_ALONE.fullmatch(value.strip()[:12])
    if alone:
        return int(alone[1]) if _FIRST_YEAR <= int(alone[1]) <= _LAST_YEAR else None
    date = iso_date(value)
    return int(date[:4]) if date and date[0] != "-" else None


def _from_numbers(parts: Sequence[object]) -> str | None:
    """Crossref's and CSL's date-parts: year, month, day, each may be a string or missing."""
    numbers = [str(part) for part in parts[:3] if isinstance(part, int | str) and not isinstance(part, bool)]
    if not numbers or len(numbers) != len(parts[:3]) or not all(n.isascii() and n.isdigit() for n in numbers):
        return None
    return _written(numbers[0], *numbers[1:]) if len(numbers[0]) == 4 else None


def _written(year: str | None, month: str | None = None, day: str | None = None) -> str | None:
    """Parts as ISO 8601; None for a month or day that the calendar does not have."""
    if year is not None and not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    if month is None:
        return year
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    if not 1 <= number <= 12:
        return None
    if day is None:
        return f"{year}-{number:02d}" if year else None
    if not 1 <= int(day) <= _DAYS[number - 1] - (number == 2 and year is not None and not _is_leap(int(year))):
        return None
    return f"{year or '-'}-{number:02d}-{int(day):02d}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
