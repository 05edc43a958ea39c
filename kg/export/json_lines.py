"""One JSON document, written element by element: one element a line, so that it streams and can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

__all__ = ["dump", "write_list"]


def dump(value: Any) -> str:
    """JSON on one line, in characters as they are, keys in the order given.

    >>> dump({"a": "é"})
    '{"a":"é"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_list(out: TextIO, items: Iterable[Mapping[str, Any]]) -> int:
    """Write a JSON list, one item a line; how many there were."""
    count = 0
    out.write("[")
    for item in items:
        out.write(("\n" if count == 0 else ",\n") + dump(item))
        count += 1
    out.write("\n]")
    return count
