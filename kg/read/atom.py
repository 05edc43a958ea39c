"""arXiv's API answers: an Atom feed with one entry a paper.

Manual: https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed
from kg.read.format import Format
from kg.read.locators import arxiv_id
from kg.read.xml_chunks import chunks, text_at

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["FORMAT"]

_SIGNATURE = re.compile(r"<(?:[\w.-]{1,40}:)?feed[\s>]")


def sign(head: str) -> int | None:
    """Where the feed's tag stands in the head."""
    found = _SIGNATURE.search(head)
    return found.start() if found else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The entries of a feed, in its order."""
    for found in chunks(feed, "entry", holding="summary"):
        if isinstance(found, Fault):
            yield found
        else:
            line, record = found
            yield _entry(record, line)


def _entry(record: _Element, line: int) -> Entry:
    address = text_at(record, "id")
    name = arxiv_id(address)
    authors = (text_at(author, "name") for author in record.iterchildren("{*}author"))
    return Entry(
        format="arxiv-atom",
        line=line,
        id=name or address,
        title=text_at(record, "title"),
        text=text_at(record, "summary"),
        date=text_at(record, "published"),
        venue=text_at(record, "journal_ref"),
        authors=tuple(author for author in authors if author),
        url=f"https://arxiv.org/abs/{name}" if name else address,
        doi=text_at(record, "doi"),
        arxiv=name,
    )


FORMAT = Format(
    name="arxiv-atom",
    description="arXiv API answers, Atom XML",
    told_by="the tag feed",
    extensions=("xml", "atom"),
    sign=sign,
    entries=entries,
)
