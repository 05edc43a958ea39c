"""The sentences behind what a picture shows, cut at what they mention, so that a page can mark it without counting.

In: evidence. Out: `Shown` sentences, each once, with their papers: a list of plain texts and of named things in turn.
Python counts code points and JavaScript UTF-16 units; cut here, no offset travels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from kg.domain import Evidence, Paper, Span
from kg.graph.columns import safe_characters, safe_text
from kg.graph.contribution import Contribution, LinkedMention
from kg.graph.model import Graph
from kg.graph.quotes import sentence_around
from kg.graph.rules import CLASS_NAMES

__all__ = ["Sentences", "Shown"]

_RECENT = 2_048


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence in pieces: plain text as it is, mentions as (text, class, id of the thing)."""

    paper: int
    pieces: tuple[str | tuple[str, str, str], ...]


class Sentences:
    """Sentences and papers in the order in which they were asked for, each once."""

    def __init__(self, graph: Graph) -> None:
        self._contribution = lru_cache(maxsize=_RECENT)(graph.contribution)
        self._places: dict[tuple[str, str, int, int], int] = {}
        self._papers: dict[str, int] = {}
        self.shown: list[Shown] = []
        self.papers: list[dict[str, Any]] = []

    def places(self, evidence: Iterable[Evidence]) -> list[int]:
        """Where in `shown` the sentences of this evidence stand; two in one sentence are one place."""
        found = (self._place(item) for item in evidence)
        return list(dict.fromkeys(place for place in found if place is not None))

    def _place(self, evidence: Evidence) -> int | None:
        contribution = self._contribution(evidence.paper) if evidence.part != "none" else None
        if contribution is None:
            return None
        span = _around(contribution, evidence)
        key = (evidence.paper, evidence.part, span.start, span.end)
        if key not in self._places:
            self._places[key] = len(self.shown)
            pieces = tuple(_pieces(contribution, evidence.part, span))
            self.shown.append(Shown(self.paper(contribution.paper), pieces))
        return self._places[key]

    def paper(self, paper: Paper) -> int:
        """Where in `papers` this one stands."""
        if paper.id not in self._papers:
            self._papers[paper.id] = len(self.papers)
            self.papers.append(
                {
                    "title": safe_text(paper.title) or safe_text(paper.id),
                    "year": paper.year,
                    "venue": safe_text(paper.venue or "") or None,
                    "url": _web(paper),
                }
            )
        return self._papers[paper.id]


def _web(paper: Paper) -> str | None:
    """An address to read the paper at: only what is surely of the web."""
    if paper.url and paper.url.lower().startswith(("https://", "http://")):
        return safe_text(paper.url)
    if paper.arxiv:
        return f"https://arxiv.org/abs/{quote(safe_text(paper.arxiv), safe='/')}"
    return f"https://doi.org/{quote(safe_text(paper.doi), safe='/')}" if paper.doi else None


def _around(contribution: Contribution, evidence: Evidence) -> Span:
    paper = contribution.paper
    if evidence.part == "title":
        return Span(start=0, end=len(paper.title))
    if not contribution.sentences and evidence.stage == "mentions":
        return Span(start=0, end=len(paper.text))
    bounds = ((span.start, span.end) for span in contribution.sentences)
    return sentence_around(bounds, evidence.start, evidence.end)


def _pieces(contribution: Contribution, part: str, span: Span) -> Iterable[str | tuple[str, str, str]]:
    """The stretch cut at its mentions; of two that overlap, the first and longer one is marked."""
    text = contribution.paper.title if part == "title" else contribution.paper.text
    at = span.start
    for linked in sorted(contribution.mentions, key=_by_place):
        start, end = linked.mention.start, linked.mention.end
        if linked.part != part or start < at or end > span.end or start == end:
            continue
        if start > at:
            yield safe_characters(text[at:start])
        yield safe_characters(text[start:end]), CLASS_NAMES[linked.mention.type], linked.thing
        at = end
    if at < span.end:
        yield safe_characters(text[at : span.end])


def _by_place(linked: LinkedMention) -> tuple[int, int, str]:
    return linked.mention.start, -linked.mention.end, linked.thing
