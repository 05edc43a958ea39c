"""Cells of CSV: text always in quotes, numbers never, what is unknown empty (RFC 4180, lines end in a line feed).

A spreadsheet takes a text that starts with = + - @ for a formula and runs it; see `FORMULA` for what is done.
"""

from __future__ import annotations

from kg.graph.columns import Scalar

__all__ = ["FORMULA", "cell", "line"]

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A text that starts with one of these (or its full-width twin) gets a mark before it: an apostrophe in tables for
people, a blank in files for a program that trims. Source: OWASP, CSV Injection."""


def cell(value: Scalar, guard: str = "'") -> str:
    """A value as a cell; `guard` stands before what would be a formula.

    >>> print(cell("=1+1"), cell("so-called"), cell(-0.5), cell(None))
    "'=1+1" "so-called" -0.5
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    mark = guard if value.startswith(FORMULA) else ""
    return f'"{mark}' + value.replace('"', '""') + '"'


def line(values: tuple[Scalar, ...], guard: str = "'") -> str:
    """A row."""
    return ",".join(cell(value, guard) for value in values) + "\n"
