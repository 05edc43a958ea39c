"""The sentences behind a fact: evidence back to the words that a person reads.

In: a graph and its evidence. Out: `Quote`s, each the whole sentence that holds the evidence, with its paper. A
mention's evidence is the mention alone; its quote is the sentence it stands in. The texts are kept compressed (about
0.7 KB a paper), read once, so that a hundred thousand papers fit in memory and no quote goes back to the folder.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from kg.domain import Evidence, Span
from kg.graph.contribution import Contribution
from kg.graph.model import Graph

__all__ = ["Quote", "Quotes", "sentence_around", "strongest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence and the paper it is in. `evidence` is what it was found by; `text` is empty for an authority's."""

    evidence: Evidence
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    node: str
    year: int | None
    texts: bytes
    bounds: array[int]


def sentence_around(sentences: Iterable[tuple[int, int]], start: int, end: int) -> Span:
    """[start, end) widened to the sentence or sentences that it touches; as it is where it touches none.

    >>> sentence_around([(0, 10), (11, 20)], 12, 15)
    Span(start=11, end=20)
    """
    touched = [span for span in sentences if span[0] < end and start < span[1]]
    if not touched:
        return Span(start=start, end=end)
    return Span(start=min(start, touched[0][0]), end=max(end, touched[-1][1]))


def strongest(evidence: Iterable[Evidence], limit: int) -> tuple[Evidence, ...]:
    """Up to `limit` pieces of evidence to show first: the surest of each paper before a second one of any.

    Evidence without words (an authority's) is left out. Ties go by paper and place.
    """
    ranked = sorted((item for item in evidence if item.part != "none"), key=lambda item: (-item.score, item))
    seen: dict[str, int] = {}
    turns = []
    for place, item in enumerate(ranked):
        seen[item.paper] = seen.get(item.paper, 0) + 1
        turns.append((seen[item.paper], place, item))
    return tuple(item for _, _, item in sorted(turns)[:limit])


class Quotes:
    """The texts of all papers of a graph, to quote from, with their nodes and years."""

    def __init__(self, graph: Graph) -> None:
        self._sources = {c.paper.id: _source(c) for c in graph.contributions()}

    def node(self, paper_id: str) -> str:
        """The node of a paper. Raises KeyError for a paper that is not in the graph."""
        return self._sources[paper_id].node

    def year(self, paper_id: str) -> int | None:
        """The year of a paper, if it is known."""
        source = self._sources.get(paper_id)
        return source.year if source else None

    def quote(self, evidence: Evidence) -> Quote:
        """The sentence that holds the evidence; the whole title for what was found there.

        A mention in a text whose sentences are not known is quoted with the whole text.
        """
        source = self._sources.get(evidence.paper)
        if source is None or evidence.part == "none":
            return Quote(evidence=evidence, text="")
        title, _, text = zlib.decompress(source.texts).decode("utf-8", "surrogatepass").partition("\0")
        if evidence.part == "title":
            return Quote(evidence=evidence, text=title)
        bounds = source.bounds
        if not bounds and evidence.stage == "mentions":
            return Quote(evidence=evidence, text=text)
        pairs = zip(bounds[::2], bounds[1::2], strict=True)
        return Quote(evidence=evidence, text=sentence_around(pairs, evidence.start, evidence.end).of(text))


def _source(contribution: Contribution) -> _Source:
    paper = contribution.paper
    both = f"{paper.title.replace(chr(0), ' ')}\0{paper.text}"
    return _Source(
        node=contribution.node,
        year=paper.year,
        texts=zlib.compress(both.encode("utf-8", "surrogatepass"), 1),
        bounds=array("I", (bound for span in contribution.sentences for bound in (span.start, span.end))),
    )
