"""Plain text: titles and abstracts, apart by blank lines; the format of last resort.

    A title on a paragraph of its own            [An id, DOI, arXiv id, year, venue, url, authors: "DOI: 10.1234/x"]

    The abstract, in one paragraph or more.      [Or said outright: "Title: ..." and "Abstract: ..."]
    ---

A new entry begins at each paragraph that reads as a title (see `kg.read.paragraphs`) and has prose after it, and
always after a line of dashes, equal signs or asterisks, or after two blank lines. There the title may also stand on
the line directly above its abstract. Lines of the form "Key: value" with a known key belong to the entry they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed, Line
from kg.read.format import Format
from kg.read.paragraphs import Block, Titled, blocks_of, titled
from kg.read.people import names_in

__all__ = ["FORMAT", "entry_of", "with_facts"]

_RULE = re.compile(r"\s*([-=*_])(?:\s*\1){2,}\s*")
_FACT = re.compile(
    r"(?P<key>id|doi|arxiv(?: id)?|url|link|year|date|published|authors?|venue|journal|conference|code)"
    r"\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?P<key>title|abstract|summary)\s*:\s*(?P<value>\S.*)", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"(?:abstract|summary)\s*[:.]?", re.IGNORECASE)
_FIELDS = {"arxiv id": "arxiv", "link": "url", "published": "date", "author": "authors", "journal": "venue",
           "conference": "venue"}  # fmt: skip
_BINARY = re.compile("[\x00-\x08\x0e-\x1a]")


def sign(head: str) -> int | None:
    """The beginning, if the head is text at all and holds a paragraph of prose."""
    if not head.strip() or len(_BINARY.findall(head)) * 100 > len(head):
        return None
    blocks = [block for block in blocks_of(_lines(head), limit=len(head)) if isinstance(block, Block)]
    return 0 if any(block.kind != "title" for block in blocks) else None


def _lines(text: str) -> Iterator[Line]:
    return (Line(number, line) for number, line in enumerate(text.split("\n"), 1))


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The entries of a text, in its order."""
    faults: list[Fault] = []
    for found in titled(_blocks(feed, faults)):
        yield from faults
        faults.clear()
        yield entry_of("text", found)
    yield from faults


def _blocks(feed: Feed, faults: list[Fault]) -> Iterator[Block]:
    """The blocks with breaks between, facts taken out, and titles parted from what stands right under them."""
    next_line = 0
    starts = True
    for block in blocks_of(feed.lines(), limit=feed.max_entry):
        if isinstance(block, Fault):
            faults.append(block)
            continue
        rule = _is_rule(block.text)
        if rule or block.line - next_line > 2:
            yield Block(line=block.line, text="", role="break")
            starts = True
        next_line = block.line + block.text.count("\n")
        if rule:
            continue
        for piece in _pieces(block, starts=starts):
            yield with_facts(piece)
        starts = False


def _is_rule(text: str) -> bool:
    return len(text) < 200 and bool(_RULE.fullmatch(text))


def _pieces(block: Block, *, starts: bool) -> Iterator[Block]:
    """A block at rules inside it, and, where an entry starts, at the end of a title with prose right under it."""
    lines = block.text.split("\n")
    first = 0
    for number, line in enumerate(lines):
        if not _is_rule(line):
            continue
        above = Block(line=block.line + first, text="\n".join(lines[first:number]).strip())
        if number - first == 1 and line.strip()[0] in "=-":
            yield replace(above, role="title")
            starts = False
        else:
            yield from _parted(above, starts=starts)
            yield Block(line=block.line + number, text="", role="break")
            starts = True
        first = number + 1
    yield from _parted(Block(line=block.line + first, text="\n".join(lines[first:]).strip()), starts=starts)


def _parted(block: Block, *, starts: bool) -> Iterator[Block]:
    """A block that starts an entry, as title and prose if the title stands on the line above."""
    title, _, under = block.text.partition("\n")
    head = Block(line=block.line, text=title)
    if starts and head.kind == "title" and under[:1].isupper() and block.kind != "title":
        yield head
        yield Block(line=block.line + 1, text=under)
    elif block.text:
        yield block


def with_facts(block: Block) -> Block:
    """A block whose "Key: value" lines are its facts, and whose text is what is left; "Title:" and "Abstract:" too.

    >>> with_facts(Block(line=1, text="DOI: 10.1234/x")).facts
    (('doi', '10.1234/x'),)
    """
    facts: list[tuple[str, str]] = []
    rest: list[str] = []
    for line in block.text.split("\n"):
        if found := _FACT.fullmatch(line.strip()):
            key = found["key"].lower()
            facts.append((_FIELDS.get(key, key), found["value"]))
        else:
            rest.append(line)
    text, role = "\n".join(rest).strip(), block.role
    if said := _SAID.fullmatch(text):
        text, role = said["value"].strip(), "title" if said["key"].lower() == "title" else "prose"
    elif _HEADING.fullmatch(text):
        text = ""
    return replace(block, text=text, role=role, facts=tuple(facts))


def entry_of(name: str, found: Titled) -> Entry | Fault:
    """The entry in a title, its paragraphs and its facts."""
    facts = dict(reversed(found.facts))  # the first of a key counts
    if not found.paragraphs:
        return Fault(reason="no abstract", line=found.line, quoted=found.title, to_do="add the text under the title")
    if not found.title and "id" not in facts:
        reason = "text without a title above it"
        return Fault(reason=reason, line=found.line, quoted=found.text, to_do="put the title on a line above")
    return Entry(
        format=name,
        line=found.line,
        id=facts.get("id"),
        title=found.title,
        text=found.text,
        year=facts.get("year"),
        date=facts.get("date"),
        venue=facts.get("venue"),
        authors=names_in(facts["authors"]) if "authors" in facts else (),
        url=facts.get("url"),
        doi=facts.get("doi"),
        arxiv=facts.get("arxiv") or facts.get("url"),
        code=(facts["code"],) if facts.get("code", "").startswith("http") else (),
    )


FORMAT = Format(
    name="text",
    description="plain text: titles and abstracts apart by blank lines",
    told_by="text that no other format recognises, with at least one paragraph of prose",
    extensions=("txt", "text"),
    sign=sign,
    entries=entries,
)
