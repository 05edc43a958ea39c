"""Names of authors, as sources list them, to a tuple of names in reading order.

In: a list, or one string with the names joined in one of the usual ways. Out: names such as "Ada Lovelace"; the order
of the source is kept. What it cannot do: tell persons apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["names_in", "names_of", "straight"]

_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_MOST = 5_000


def names_in(text: str) -> tuple[str, ...]:
    """The names in one string: apart by ";" or newlines, by "and", or by commas where no part is a lone surname.

    >>> names_in("Lovelace, Ada and Babbage, Charles")
    ('Ada Lovelace', 'Charles Babbage')
    >>> names_in("Ada Lovelace, Charles Babbage and Luigi Menabrea")
    ('Ada Lovelace', 'Charles Babbage', 'Luigi Menabrea')
    """
    if ";" in text or "\n" in text.strip():
        parts = re.split(r"[;\n]", text)
    else:
        parts = [part for group in _AND.split(text) for part in _by_commas(group)]
    return tuple(name for part in parts[:_MOST] if (name := straight(part)))


def names_of(value: object) -> tuple[str, ...]:
    """The names in what a JSON source has: a string, strings, objects with a name, or with family and given.

    >>> names_of([{"family": "Lovelace", "given": "Ada"}, {"name": "C. Babbage"}, "L. Menabrea"])
    ('Ada Lovelace', 'C. Babbage', 'L. Menabrea')
    """
    if isinstance(value, str):
        return names_in(value)
    if not isinstance(value, Sequence):
        return ()
    return tuple(name for item in value[:_MOST] if (name := _name(item)))


def straight(name: str) -> str:
    """A name in reading order.

    >>> straight("van Rossum, Guido"), straight("King, Jr., Martin")
    ('Guido van Rossum', 'Martin King, Jr.')
    """
    if "," not in name:
        return " ".join(name.split())
    parts = [part for part in (" ".join(part.split()) for part in name.split(",")) if part]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]}, {parts[1]}"
    return ", ".join(parts)


def _by_commas(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    whole = all(" " in part for part in parts if part)
    return parts if len(parts) > 1 and whole else [text]


def _name(item: object) -> str:
    if isinstance(item, str):
        return straight(item)
    if not isinstance(item, Mapping):
        return ""
    family, given = (item.get(key) for key in ("family", "given"))
    if isinstance(family, str):
        return " ".join(part for part in ((given if isinstance(given, str) else ""), family) if part)
    for key in ("name", "literal", "display_name", "fullname"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""
