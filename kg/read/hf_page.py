"""Saved text of Hugging Face paper pages: search results and the daily list, in two layouts.

    Title                                     Title

    Abstract.                                 Abstract.

    Title                                       • 3 authors
                                              ·
    Abstract.                                 Mar 3, 2022 1

The line under the number of authors is the paper's date, without a year in the current one, then the number of
comments. What stands above the line "by... and the research community", and the date under it, belong to the page.
Other furniture of the site (counts of upvotes, menus) is passed over. What it cannot do: names of authors; the page
has none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.read.dates import iso_date
from kg.read.entry import Entry, Fault
from kg.read.feed import Feed, Line
from kg.read.format import Format
from kg.read.paragraphs import Block, Titled, blocks_of, titled

__all__ = ["FORMAT"]

_COMMUNITY = re.compile(r"^by ?.{0,60}\band the research community$", re.IGNORECASE | re.MULTILINE)
_FURNITURE = re.compile(
    r"""new|get\ trending\ papers\ in\ your\ email\ inbox!?|subscribe|(?:daily|trending|weekly|monthly)\ papers
    |papers|search(?:\ papers)?(?:\ \.\.\.)?|submitted\ by.{0,60}|upvotes?|[0-9][0-9.,]{0,9}k?|[·•|]|previous|next
    |hugging\ face|models|datasets|spaces|docs|enterprise|pricing|log\ in|sign\ up|community|company|tos|privacy|about
    |careers|jobs|website|system\ theme|view\ (?:all\ )?(?:arxiv\ page|pdf|papers?|project\ page)|published\ on.{0,40}
    |add\ to\ collection""",
    re.IGNORECASE | re.VERBOSE,
)
_AUTHORS = re.compile(r"[•·*-]?\s*(?P<count>[0-9]{1,5}) authors?(?:\s*[·•]\s*(?P<rest>.+))?")
_DOT = re.compile(r"[·•]")
_DATED = re.compile(
    r"(?P<date>[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:, [0-9]{4})?)(?:\s+(?:[·•]\s*)?(?P<comments>[0-9]{1,6}))?"
)
_SIGNATURE = re.compile(
    r"^(?:Get trending papers in your email inbox!?|by.{0,60}and the research community)[ \t]*$", re.MULTILINE
)
_COUNTS = re.compile(r"^[ \t]*• [0-9]{1,5} authors?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What stands under an abstract."""

    author_count: int | None = None
    date: str | None = None
    comments: int | None = None


def sign(head: str) -> int | None:
    """Where the site's own lines stand in the text; a number of authors counts only if there is another."""
    counts = list(itertools.islice(_COUNTS.finditer(head), 2))
    found = _SIGNATURE.search(head) or (counts[0] if len(counts) > 1 else None)
    return found.start() if found else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The papers of a page, in its order."""
    page = _Page(feed)
    while not page.ended:
        held: list[Titled] = []
        for found in titled(page.run(), single=True):
            held.append(found)
            if len(held) > 2:
                yield _entry(held.pop(0), _Facts())
        facts = page.facts
        if facts.author_count is not None:
            held = _paired(held)
        for found in held[:-1]:
            yield _entry(found, _Facts())
        if held:
            yield _entry(held[-1], facts)
        elif facts.author_count is not None:
            yield Fault(reason="a number of authors without a title and an abstract", line=page.facts_line)
        yield from page.faults
        page.faults.clear()


class _Page:
    """The blocks of a page in runs, each up to the facts under an abstract."""

    def __init__(self, feed: Feed) -> None:
        self._blocks = blocks_of(_apart(feed), limit=feed.max_entry)
        self._in_head = bool(_COMMUNITY.search(feed.head))
        self.facts = _Facts()
        self.facts_line = 0
        self.faults: list[Fault] = []
        self.ended = False

    def run(self) -> Iterator[Block]:
        """The blocks up to the next facts, or to the end. Furniture is left out, faults are laid aside."""
        self.facts = _Facts()
        for block in self._blocks:
            if isinstance(block, Fault):
                self.faults.append(block)
                continue
            if self._in_head and len(block.text) < 300:
                self._in_head = not _COMMUNITY.fullmatch(block.text)
                continue
            self._in_head = False
            facts = _facts(block.text)
            if facts is not None:
                self.facts, self.facts_line = facts, block.line
                return
            if not _FURNITURE.fullmatch(block.text):
                yield block
        self.ended = True


def _paired(held: list[Titled]) -> list[Titled]:
    """Two last blocks that both read as titles are a title and its abstract, where facts close them."""
    if len(held) < 2 or held[-1].paragraphs or held[-2].paragraphs:
        return held
    title, abstract = held[-2:]
    return [*held[:-2], Titled(line=title.line, title=title.title, paragraphs=(abstract.title,))]


def _apart(feed: Feed) -> Iterator[Line]:
    """The lines, with an empty one before and after those that give facts, so that these are blocks of their own."""
    inside = False
    for line in feed.lines():
        text = line.text.strip()
        fact = len(text) < 80 and bool(_AUTHORS.fullmatch(text) or _DOT.fullmatch(text) or _DATED.fullmatch(text))
        if fact != inside:
            yield Line(line.number, "")
        inside = fact
        yield line


def _facts(text: str) -> _Facts | None:
    """The facts in a block, or None if any line of it is something else."""
    count = comments = None
    date: str | None = None
    for line in text.split("\n"):
        rest = line.strip()
        if found := _AUTHORS.fullmatch(rest):
            count = int(found["count"])
            rest = (found["rest"] or "").strip()
        if not rest or _DOT.fullmatch(rest):
            continue
        dated = _DATED.fullmatch(rest)
        written = iso_date(dated["date"]) if dated else None
        if dated is None or written is None:
            return None
        date = written
        comments = int(dated["comments"]) if dated["comments"] else None
    return _Facts(author_count=count, date=date, comments=comments)


def _entry(found: Titled, facts: _Facts) -> Entry | Fault:
    if not found.paragraphs:
        return Fault(reason="no abstract", line=found.line, quoted=found.title, to_do="add the text under the title")
    if not found.title:
        reason = "text without a title above it"
        return Fault(reason=reason, line=found.line, quoted=found.text, to_do="put the title on a line above")
    return Entry(
        format="hf-page",
        line=found.line,
        title=found.title,
        text=found.text,
        author_count=facts.author_count,
        date=facts.date,
        comments=facts.comments,
    )


FORMAT = Format(
    name="hf-page",
    description="saved text of Hugging Face paper pages, in both layouts",
    told_by="the site's own lines: the number of authors, the research community, the newsletter",
    extensions=("txt",),
    sign=sign,
    entries=entries,
)
