"""Markdown: an entry is a heading with text under it.

    # Reading list                     a heading with no text of its own, above deeper ones: a section, passed over
    ## [A title](https://arxiv.org/abs/1706.03762)
    DOI: 10.1234/x                     facts as in plain text
    The abstract, in paragraphs.
    ### Abstract                       a heading that says only this gives its text to the heading above

A heading that has neither text nor deeper headings is rejected. Front matter and code blocks are passed over; links,
emphasis and code marks become their text, formulae stay. What it cannot do: lists and tables of papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed, Line
from kg.read.format import Format
from kg.read.paragraphs import Titled, blocks_of
from kg.read.plain import entry_of, with_facts

__all__ = ["FORMAT"]

_HEADING = re.compile(r"#{1,6}(?=[ \t]+\S)")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_ABSTRACT = re.compile(r"\**(?:abstract|summary|tl;?dr)\**[:.]?\**", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]{1,1000})\]\(\s*<?([^\s()<>]{0,1000})>?(?:\s+\"[^\"]{0,200}\")?\s*\)")
_STRONG = re.compile(r"(?<![\w*])(\*\*|__|\*)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_FORMULA = re.compile(r"(\$\$?[^$]{1,5000}\$\$?)")


@dataclass(slots=True)
class _Section:
    """A heading, its depth, and the lines under it up to the next heading."""

    line: int
    depth: int
    title: str
    lines: list[Line] = field(default_factory=list)
    size: int = 0


def sign(head: str) -> int | None:
    """Where the first heading stands, if it is at the beginning or there are several."""
    lines = [line for line in head.split("\n") if line.strip()]
    headings = [number for number, line in enumerate(lines) if _HEADING.match(line)]
    shown = bool(headings) and (headings[0] == 0 or len(headings) > 1 or lines[0].strip() == "---")
    return head.index(lines[headings[0]]) if shown else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The entries of a text, in its order."""
    waiting: _Section | None = None
    for section in _sections(feed):
        if waiting is not None and _ABSTRACT.fullmatch(section.title) and not _has_text(waiting):
            waiting.lines += section.lines
            waiting.size += section.size
            continue
        if waiting is not None:
            yield from _entries(feed, waiting, deeper=section.depth > waiting.depth)
        waiting = section
    if waiting is not None:
        yield from _entries(feed, waiting, deeper=False)


def _sections(feed: Feed) -> Iterator[_Section]:
    section = _Section(line=1, depth=0, title="")
    fenced = False
    matter = False
    for line in feed.lines():
        if line.number == 1 and line.text.strip() == "---":
            matter = True
        elif matter:
            matter = line.text.strip() not in ("---", "...")
        elif _FENCE.match(line.text):
            fenced = not fenced
        elif not fenced and (found := _HEADING.match(line.text)):
            yield section
            title = line.text[found.end() :].strip()
            section = _Section(line=line.number, depth=len(found[0]), title=title.rstrip("#").rstrip() or title)
        elif not fenced and section.size <= feed.max_entry:
            section.lines.append(line)
            section.size += len(line.text) if line.whole else feed.max_entry + 1
    yield section


def _has_text(section: _Section) -> bool:
    return any(line.text.strip() for line in section.lines)


def _entries(feed: Feed, section: _Section, *, deeper: bool) -> Iterator[Entry | Fault]:
    if section.size > feed.max_entry:
        reason = f"an entry of more than {feed.max_entry:,} characters"
        yield Fault(reason=reason, line=section.line, quoted=section.title)
        return
    if (not section.title or deeper) and not _has_text(section):
        return
    blocks = [
        with_facts(block) for block in blocks_of(section.lines, limit=feed.max_entry) if not isinstance(block, Fault)
    ]
    facts = tuple(fact for block in blocks for fact in block.facts)
    link = _LINK.search(section.title)
    found = Titled(
        line=section.line,
        title=_unmarked(section.title),
        paragraphs=tuple(_unmarked(block.text) for block in blocks if block.text),
        facts=(*facts, ("url", link[2])) if link else facts,
    )
    yield entry_of("markdown", found)


def _unmarked(text: str) -> str:
    """The text without the marks of links, emphasis and code; formulae are left alone.

    >>> _unmarked("A **bold** [link](https://example.org) and $a_{*}b*$")
    'A bold link and $a_{*}b*$'
    """
    parts = _FORMULA.split(text)
    for number in range(0, len(parts), 2):
        parts[number] = _CODE.sub(r"\1", _STRONG.sub(r"\2", _LINK.sub(r"\1", parts[number])))
    return "".join(parts)


FORMAT = Format(
    name="markdown",
    description="Markdown: headings with abstracts under them",
    told_by="a heading (#) on the first line, or several",
    extensions=("md", "markdown"),
    sign=sign,
    entries=entries,
)
