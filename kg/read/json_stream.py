"""JSON of any shape to its objects: JSON Lines, arrays, pages of results, pretty-printed or on one line.

    head ──▶ lines or document ──▶ objects ──first flavour that fits──▶ Entry

Line mode reads one object a line and goes on after any bad line. Document mode (`kg.read.json_document`) finds the
array of results and gives its elements one at a time, so that an array of any size is read in constant memory.
Line mode is chosen where most lines of the head are whole objects, else document mode.
What it cannot do: comments, single quotes, trailing commas; those entries are rejected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from kg.errors import ReadError
from kg.read.entry import Entry, Fault
from kg.read.feed import Feed, undecoded
from kg.read.format import Flavour
from kg.read.json_document import PAGES, Element, elements, json_reason

__all__ = ["json_entries", "json_sign"]

_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]]|[\[{]\s*\Z)")
_OBJECT_LINE = re.compile(r"[ \t,\[]*\{\s*\".*\}[ \t,\]]*")
_KEY_LINE = re.compile(r"\s*\"[\w .-]{1,60}\"\s*:")
_BLANKS = re.compile(r"\s*")
_OPENED_LINE = re.compile(r"\{\s*\"")


def json_sign(head: str) -> int | None:
    """Where JSON begins: at its start if it is an object or an array, or where half of the lines are objects or more.

    >>> json_sign('{"id": 1'), json_sign("[1] A. Author, A title"), json_sign('oops\\n{"id": 1}')
    (0, None, 5)
    """
    if _START.match(head):
        return len(head) - len(head.lstrip())
    lines = [line for line in head.split("\n")[:50] if line.strip()]
    opened = [line for line in lines if _OPENED_LINE.match(line)]
    if opened and 2 * len(opened) >= len(lines):
        return head.index(opened[0])
    keys = sum(bool(_KEY_LINE.match(line)) for line in lines)
    return 0 if lines and lines[0].lstrip()[0] in "[{" and keys > 2 and 3 * keys >= len(lines) else None


def json_entries(feed: Feed, flavours: Sequence[Flavour]) -> Iterator[Entry | Fault]:
    """Every object of a feed through the first of the flavours that fits it."""
    for element in _line_elements(feed) if _in_lines(feed.head) else elements(feed):
        if isinstance(element, Fault):
            yield element
        else:
            yield _entry(element, flavours)


def _in_lines(head: str) -> bool:
    """Whether most of the first lines are whole objects. One line that does not end in the head is one, too."""
    lines = [line.strip() for line in head.split("\n")[:50] if line.strip()]
    if not lines or lines[0].startswith("["):
        return False
    if len(lines) == 1:
        return not any(f'"{key}"' in lines[0][:2000] for key in PAGES)
    whole = sum(bool(_OBJECT_LINE.fullmatch(line)) for line in lines[:-1])
    return 2 * whole >= len(lines) - 1 or all(_OPENED_LINE.match(line) for line in lines)


def _line_elements(feed: Feed) -> Iterator[Element | Fault]:
    for number, line, whole in feed.lines():
        if not whole:
            yield Fault(reason=f"a line of more than {feed.max_entry:,} characters", line=number, quoted=line)
            continue
        if not line or line.isspace():
            continue
        if broken := undecoded(line):
            to_do = "JSON is UTF-8: convert the line"
            yield Fault(reason=f"not JSON: {broken}", line=number, quoted=line, to_do=to_do)
            continue
        try:
            yield from _unwrapped(json.loads(line), number, line)
        except (ValueError, RecursionError) as error:
            yield from _joined(error, number, line)


def _joined(error: Exception, number: int, line: str) -> Iterator[Element | Fault]:
    """Objects that stand on one line one after the other, up to the first that is none; or why there is none."""
    position = 0
    decoder = json.JSONDecoder()
    if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
        while position < len(line):
            try:
                value, position = decoder.raw_decode(line, position)
            except (ValueError, RecursionError) as later:
                error = later
                break
            yield from _unwrapped(value, number, line)
            position = _BLANKS.match(line, position).end()  # type: ignore[union-attr] # it matches the empty text
        else:
            return
    place = f", character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
    yield Fault(reason=f"not JSON: {json_reason(error)}{place}", line=number, quoted=line[position:])


def _unwrapped(value: object, number: int, line: str) -> Iterator[Element]:
    """The value of a line; of an array of objects or a page of results each of them."""
    inside = value
    if isinstance(value, dict) and "title" not in value and "abstract" not in value:
        page = value.get("message", value)
        inside = (
            next((page[key] for key in PAGES if isinstance(page.get(key), list)), value)
            if isinstance(page, dict)
            else value
        )
    if isinstance(inside, list) and inside and all(isinstance(item, dict) for item in inside):
        for item in inside:
            yield Element(item, number, json.dumps(item)[:500])
    else:
        yield Element(value, number, line)


def _entry(element: Element, flavours: Sequence[Flavour]) -> Entry | Fault:
    value = element.value
    if not isinstance(value, dict):
        reason = f"not an object but {_kind(value)}"
        return Fault(reason=reason, line=element.line, quoted=element.quoted, to_do="give one object a paper")
    flavour = next((flavour for flavour in flavours if flavour.fits(value)), None)
    if flavour is None:
        keys = ", ".join(sorted(value)[:8])
        wanted = " or ".join(flavour.told_by for flavour in flavours) if len(flavours) == 1 else "title and abstract"
        reason = f"an object without {wanted}; its fields are: {keys or 'none'}"
        return Fault(reason=reason, line=element.line, quoted=element.quoted)
    try:
        return flavour.entry(value, element.line)
    except ReadError as error:
        return Fault.of(error, line=element.line, quoted=element.quoted)


def _kind(value: object) -> str:
    names = {list: "an array", str: "a string", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
