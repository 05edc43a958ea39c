"""Large XML files of many records, cut into their records, each parsed alone by lxml with entities off.

A record is cut out by its tags, so a damaged one costs itself alone, memory is bounded by one record, and a document
type is never seen by the parser: no entity bomb, no external entity, no network. The namespaces declared before the
first record are put around each. What it cannot do: records whose tag also stands in a comment or a CDATA section,
or has a prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from kg.read.entry import Fault
from kg.read.feed import Feed, undecoded
from kg.read.markup import superscript

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["chunks", "first", "text_at", "words"]

_BLOCK = 1 << 18
_LONGEST_TAG = 200
_NAMESPACE = re.compile(r"\sxmlns(?::[A-Za-z_][\w.-]{0,40})?\s*=\s*(?:\"[^\"<]{0,300}\"|'[^'<]{0,300}')")
_POSITION = re.compile(r",? line [0-9]+.*", re.DOTALL)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_ENTITIES = frozenset({"lt;", "gt;", "amp;", "quot;", "apos;"})


def chunks(feed: Feed, *tags: str, holding: str) -> Iterator[tuple[int, _Element] | Fault]:
    """Each record of one of the tags: its line and its parsed element, or why it does not parse.

    A record that is not closed before the next one begins is a fault, and the next one is read. So is text between the
    records in which the tag `holding` stands, which only a record has.
    """
    names = "|".join(re.escape(tag) for tag in tags)
    mark = re.compile(rf"<(?:/(?:{names})\s*>|(?:{names})(?=[\s>]))")
    begun = mark.search(feed.head)
    namespaces = "".join(dict.fromkeys(_NAMESPACE.findall(feed.head, 0, begun.start() if begun else 0)))
    text = _Text(feed)
    while text.grow():
        while begin := mark.search(text.held, text.position):
            opened = not begin[0].startswith("</")
            between = text.held[text.position : begin.start() if opened else begin.end()]
            if not opened or f"<{holding}" in between:
                yield _stray(between, text.line)
            text.move(begin.start() if opened else begin.end())
            if not opened:
                continue
            end = mark.search(text.held, max(begin.end(), text.searched))
            if end is None and not text.ended and len(text.held) - text.position <= feed.max_entry:
                text.searched = len(text.held) - _LONGEST_TAG
                break
            at, start = text.line, text.position
            if end is not None and end[0].startswith("</"):
                text.move(end.end())
                yield _parsed(text.held[start : end.end()], at, namespaces)
            else:
                text.move(end.start() if end else len(text.held))
                yield Fault(reason="a record that is not closed", line=at, quoted=text.held[start : start + 500])
        else:
            if text.ended and f"<{holding}" in text.held[text.position :]:
                yield _stray(text.held[text.position :], text.line)
            elif len(text.held) - text.position > feed.max_entry:
                text.move(len(text.held) - _LONGEST_TAG)


class _Text:
    """The stretch of text that is being looked at: `line` is the line of `position`, all before it is done with.

    What stands before `searched` has been searched for the end of the record at `position`.
    """

    def __init__(self, feed: Feed) -> None:
        self._blocks = feed.blocks(_BLOCK)
        self.held = ""
        self.position = 0
        self.searched = 0
        self.line = feed.first_line
        self.ended = False

    def grow(self) -> bool:
        """Leave what is done with and take more; False once the end was reached and looked at."""
        if self.ended:
            return False
        block = next(self._blocks, "")
        self.ended = not block
        self.held = self.held[self.position :] + block
        self.searched = max(0, self.searched - self.position)
        self.position = 0
        return True

    def move(self, position: int) -> None:
        """Be done with what stands before a position."""
        self.line += self.held.count("\n", self.position, position)
        self.position = position
        self.searched = 0


def _stray(between: str, line: int) -> Fault:
    reason = "a record whose opening or closing tag is damaged"
    skipped = len(between) - len(between.lstrip())
    return Fault(reason=reason, line=line + between.count("\n", 0, skipped), quoted=between[skipped : skipped + 500])


def _parsed(chunk: str, line: int, namespaces: str) -> tuple[int, _Element] | Fault:
    from lxml import etree

    if broken := undecoded(chunk):
        return Fault(reason=f"not XML: {broken}", line=line, quoted=chunk[:500], to_do="convert the file to UTF-8")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(f"<r{namespaces}>{_NAMED.sub(_character, chunk)}</r>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        what = _POSITION.sub("", str(error))[:200]
        return Fault(reason=f"not XML: {what}", line=line, quoted=chunk[:500])
    return line, root[0]


def _character(found: re.Match[str]) -> str:
    """A named character of HTML, which XML without its document type does not know; others stay and are an error."""
    name = found[1]
    return found[0] if name in _XML_ENTITIES else html5.get(name, found[0])


def first(element: _Element, *path: str) -> _Element | None:
    """The first descendant down a path of local names, one child a step, whatever their namespace."""
    here: _Element | None = element
    for name in path:
        if here is None:
            return None
        here = next(iter(here.iterchildren(f"{{*}}{name}")), None)
    return here


def text_at(element: _Element, *path: str) -> str | None:
    """The text of the first element down a path, or None if there is none or it is blank."""
    found = first(element, *path)
    return (words(found).strip() or None) if found is not None else None


def words(element: _Element) -> str:
    """All text in an element; inline tags leave their text, powers get a caret."""
    parts = [element.text or ""]
    for part in element:
        if not isinstance(part.tag, str):  # an entity that was not resolved
            inside = ""
        else:
            inside = words(part)
            if part.tag.rpartition("}")[2].lower() == "sup":
                inside = superscript(parts[-1], inside)
        parts += [inside, part.tail or ""]
    return "".join(parts)
