"""Titles and abstracts in running text: which paragraph is which, where nothing but blank lines says so.

A *block* is a paragraph. It reads as prose if it is long or ends in a full stop, as a title if it is short and does
not, and as either if it is short and does. An entry is a title with the prose blocks after it. Used for saved pages
and plain text alike. What it cannot do: recognise a short abstract without a full stop; it is rejected, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.read.entry import Fault
from kg.read.feed import Line

__all__ = ["Block", "Titled", "blocks_of", "titled"]

_LONG = 300
_EITHER = 160
_SENTENCES = re.compile(r"[a-z0-9)\]%$\"”'][.!?][\"”')\]]*\s+[\"“'(\[$]*[A-Z0-9$\\]")
_FULL_STOP = re.compile(r"[.…][\"”')\]]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph and the line it begins on.

    `role` is "title" or "prose" where the source says so itself, and "break" for a mark that ends an entry;
    `facts` are pairs of key and value that stood in it ("doi", "10.1234/x").
    """

    line: int
    text: str
    role: str | None = None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """ "title", "prose", or "either": short, with a full stop at its end.

        >>> Block(line=1, text="Pointer Networks").kind
        'title'
        """
        if self.role:
            return self.role
        if len(self.text) >= _LONG:
            return "prose"
        if _FULL_STOP.search(self.text):
            return "either" if len(self.text) <= _EITHER else "prose"
        return "prose" if len(self.text) > _EITHER and _SENTENCES.search(self.text) else "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """A title and its paragraphs; without paragraphs, a title that has no abstract; without title, stray prose."""

    line: int
    title: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The abstract: paragraphs with an empty line between."""
        return "\n\n".join(self.paragraphs)


def blocks_of(lines: Iterable[Line], *, limit: int) -> Iterator[Block | Fault]:
    """The paragraphs of lines; one longer than `limit` characters is a fault."""
    held: list[str] = []
    start = size = 0
    too_long = False
    for number, text, whole in lines:
        if not text or text.isspace():
            if held:
                yield _block(start, held, limit if too_long else None)
            held, size, too_long = [], 0, False
            continue
        if not held:
            start = number
        size += len(text)
        too_long = too_long or not whole or size > limit
        if not too_long or not held:
            held.append(text)
    if held:
        yield _block(start, held, limit if too_long else None)


def _block(line: int, held: list[str], over: int | None) -> Block | Fault:
    if over is not None:
        return Fault(reason=f"a paragraph of more than {over:,} characters", line=line, quoted=held[0])
    return Block(line=line, text="\n".join(held).strip())


def titled(blocks: Iterable[Block], *, single: bool = False) -> Iterator[Titled]:
    """Titles with their prose, in order; each is given when the next begins.

    A break ends an entry that has its abstract. What reads as either is prose, and after prose a title only where
    abstracts are known to be one paragraph (`single`), or where the first title of this text ends in a full stop too.
    """
    dotted: bool | None = True if single else None
    draft = _Draft()
    for block in blocks:
        if block.role == "break":
            if draft.paragraphs:
                yield draft.done()
                draft = _Draft()
            continue
        if block.text:
            kind = block.kind
            dotted = kind == "either" if dotted is None else dotted
            waits = draft.title is not None and not draft.paragraphs
            if kind == "title" or (kind == "either" and dotted and not waits):
                if draft.title is not None or draft.paragraphs:
                    yield draft.done()
                    draft = _Draft()
                draft.title, draft.line = block.text, block.line
            else:
                draft.line = draft.line or block.line
                draft.paragraphs.append(block.text)
        draft.facts.extend(block.facts)
    if draft.title is not None or draft.paragraphs:
        yield draft.done()


class _Draft:
    """An entry that is being put together."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.line = 0
        self.paragraphs: list[str] = []
        self.facts: list[tuple[str, str]] = []

    def done(self) -> Titled:
        title = " ".join((self.title or "").split())
        return Titled(line=self.line, title=title, paragraphs=tuple(self.paragraphs), facts=tuple(self.facts))
