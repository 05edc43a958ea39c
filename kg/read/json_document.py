"""The elements of a JSON document too large to hold: found one at a time in a window that slides over the text.

In: a feed whose text is an array of objects, a page that holds one under a known name ("results", "items", ...), or
objects one after the other. Out: each element with the line it begins on. A damaged element is a fault, and reading
goes on at the next place where a whole object follows a comma, a bracket or a line end.
What it cannot do: tell where a paper ends if quotes or braces are lost; what is skipped is said in the fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.read.entry import Fault
from kg.read.feed import Feed, undecoded

__all__ = ["PAGES", "Element", "elements", "json_reason"]

PAGES = ("results", "items", "data", "papers", "works", "entries", "records", "recommendedPapers", "hits")
"""Names under which services put the list of papers (OpenAlex, Crossref, Semantic Scholar, ours)."""

_BLOCK = 1 << 18
_PAGE = re.compile(r'"(?:' + "|".join(PAGES) + r')"\s*:\s*\[')
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]"]', re.DOTALL)
_CONTENT = re.compile(r"[^\s,]")
_RESTART = re.compile(r"[\n,\[]\s*(?=\{\s*\")")
_TEXTS = frozenset({"abstract", "abstract_inverted_index", "summary", "text", "paper"})
"""Fields that show that an object inside a damaged stretch is a paper, not a part of one."""
_TOKENS = 2_000_000
_PATIENCE = 1 << 27
"""Characters decoded in vain after damage before the rest of the window is given up."""


class Element(NamedTuple):
    """A decoded value, the line it begins on, and how its text begins."""

    value: Any
    line: int
    quoted: str


class _Window:
    """The part of the text that is being looked at. `line` is the line of its first character."""

    def __init__(self, feed: Feed) -> None:
        self._blocks = feed.blocks(_BLOCK)
        self.text = ""
        self.line = feed.first_line
        self.ended = False
        self.limit = feed.max_entry

    def grow(self) -> bool:
        """Take about as much again as is there; False at the end of the text."""
        wanted = max(_BLOCK, len(self.text))
        pieces = [self.text]
        while wanted > 0:
            block = next(self._blocks, "")
            if not block:
                self.ended = True
                break
            pieces.append(block)
            wanted -= len(block)
        grown = len(pieces) > 1
        self.text = "".join(pieces)
        return grown

    def skip_blanks(self) -> bool:
        """Drop leading blanks and separators; whether any text is left."""
        while True:
            content = _CONTENT.search(self.text)
            self.drop(content.start() if content else len(self.text))
            if self.text or not self.grow():
                return bool(self.text)

    def drop(self, end: int) -> None:
        """Leave the first characters behind."""
        self.line += self.text.count("\n", 0, end)
        self.text = self.text[end:]

    def line_at(self, position: int) -> int:
        """The line of a position in the window."""
        return self.line + self.text.count("\n", 0, position)


def json_reason(error: Exception) -> str:
    """What is wrong with a JSON text, in a few words."""
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return error.msg.removesuffix(" at")
    return str(error).partition(";")[0]  # a number of more than 4,300 digits


def elements(feed: Feed) -> Iterator[Element | Fault]:
    """Each element of the document's arrays of papers; the objects themselves where there is no array."""
    window = _Window(feed)
    while window.skip_blanks():
        yield from _inside(window, _enter(window))


def _enter(window: _Window) -> str:
    """Move to the first element; what it stands in: an "array", the array of a "page", or nothing ("objects")."""
    if window.text.startswith("["):
        window.drop(1)
        return "array"
    page = _page(window)
    if page is None:
        return "objects"
    window.drop(page)
    return "page"


def _page(window: _Window) -> int | None:
    """Where the list of papers of a page begins, or None if the text is no page.

    The name must stand outside strings and not below another list: a paper's own list of references is none.
    """
    while True:
        depth = 0
        for token in _STRUCTURE.finditer(window.text):
            mark = token[0]
            if mark in "{[":
                depth += 1
            elif mark in "}]":
                depth -= 1
                if depth <= 0:
                    return None
            elif mark == '"':
                break
            elif depth <= 2 and (found := _PAGE.match(window.text, token.start())):
                return found.end()
        if len(window.text) > 4 * _BLOCK or not window.grow():
            return None


def _inside(window: _Window, kind: str) -> Iterator[Element | Fault]:
    """The elements from here on, up to the end of the array."""
    decoder = json.JSONDecoder()
    position = 0
    lost = False
    while True:
        position = _after_separators(window.text, position)
        if position > _BLOCK or position == len(window.text):
            window.drop(position)
            position = 0
            if not window.text and not window.grow():
                return
        elif window.text[position] == "]" and kind != "objects":
            window.drop(position + 1)
            position = 0
            if kind == "array":
                return
            if (page := _next_page(window)) is None:
                return
            window.drop(page)
        else:
            scrap = lost and window.text[position] not in "{["
            element, position = _element(window, position, decoder)
            lost = isinstance(element, Fault)
            if not (lost and scrap):  # the rest of what was told already
                yield element


def _after_separators(text: str, position: int) -> int:
    found = _CONTENT.search(text, position)
    return found.start() if found else len(text)


def _next_page(window: _Window) -> int | None:
    """Where a further list of papers begins, for pages that were joined one after the other."""
    while True:
        if found := _PAGE.search(window.text):
            return found.end()
        window.drop(max(0, len(window.text) - 64))
        if not window.grow():
            window.drop(len(window.text))
            return None


def _element(window: _Window, position: int, decoder: json.JSONDecoder) -> tuple[Element | Fault, int]:
    """The value at a position and where it ends; grows the window until the value is whole, or too long."""
    while True:
        text = window.text
        try:
            value, end = decoder.raw_decode(text, position)
            if end < len(text) or text[end - 1] in '}]"' or not window.grow():
                return _sound(window, position, value, end)
            continue  # a number that may go on
        except (ValueError, RecursionError) as error:
            at = window.line_at(error.pos) if isinstance(error, json.JSONDecodeError) else None
            reason = json_reason(error) + (f", line {at}" if at else "")
        if text[position] not in "{[":
            break
        closed = _closing(text, position)
        if closed is not None:
            return _fault(window, position, reason), _restart(window, position, closed, decoder)
        if len(text) - position > window.limit:
            reason = f"an entry of more than {window.limit:,} characters, or one that is not closed"
            break
        if not window.grow():
            break
    return _fault(window, position, reason), _restart(window, position, len(window.text), decoder)


def _fault(window: _Window, position: int, reason: str) -> Fault:
    quoted = window.text[position : position + 500]
    return Fault(reason=f"not JSON: {reason}", line=window.line_at(position), quoted=quoted)


def _sound(window: _Window, position: int, value: Any, end: int) -> tuple[Element | Fault, int]:
    line, quoted = window.line_at(position), window.text[position : position + 500]
    if broken := undecoded(window.text[position:end]):
        return Fault(reason=f"not JSON: {broken}", line=line, quoted=quoted, to_do="convert the file to UTF-8"), end
    return Element(value, line, quoted), end


def _closing(text: str, position: int) -> int | None:
    """Where the object or array at a position closes, or None if it does not in this window."""
    depth = 0
    for count, token in enumerate(_STRUCTURE.finditer(text, position)):
        mark = token[0]
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
        if depth <= 0:
            return token.end()
        if mark == '"' or count > _TOKENS:
            return None  # a string that does not end here, or no paper at all
    return None


def _restart(window: _Window, position: int, end: int, decoder: json.JSONDecoder) -> int:
    """Where reading goes on after damage: at the next object that is a paper, at the latest at `end`.

    An object that begins on a line of its own, as far to the right as the damaged one, is the next element too.
    """
    text = window.text
    indent = _indent(text, position)
    cost = 0
    for found in _RESTART.finditer(text, position, end):
        start = found.end()
        if start == position:
            continue
        if indent is not None and _indent(text, start) == indent:
            return start
        try:
            value, _ = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            cost += error.pos - start
        except (ValueError, RecursionError):
            cost += _BLOCK
        else:
            if isinstance(value, dict) and not _TEXTS.isdisjoint(value):
                return start
        if cost > _PATIENCE:
            break
    return max(end, position + 1)


def _indent(text: str, position: int) -> str | None:
    """The blanks before a position on its line, or None if anything else stands there."""
    before = text[text.rfind("\n", 0, position) + 1 : position]
    return before if not before.strip() else None
