"""Evidence back to the words that a person reads."""

from __future__ import annotations

import dataclasses

from kg.domain import Evidence
from kg.graph import MemoryGraph
from kg.graph.projection import Projection
from kg.graph.quotes import Quotes, sentence_around, strongest
from tests import samples


def test_a_mention_is_quoted_with_its_sentence() -> None:
    """The evidence of a mention is the name alone; the edge shows the sentence around it."""
    edges = {row.id: row for row in Projection(samples.graph()).edges()}
    edge = edges["paper/p1:mentions:thing/slownet"]
    assert edge.sentences == "On TinyImages QuickNet beats SlowNet by 2.5% accuracy."
    assert edges["thing/quicknet:outperforms:thing/slownet"].papers == 2


def test_quotes_without_sentences() -> None:
    """A mention in a text of unknown sentences is quoted with the text; other evidence is a sentence by itself."""
    first = dataclasses.replace(samples.records()[0], sentences=())
    quotes = Quotes(MemoryGraph.of((first,), samples.things((first,))))
    assert quotes.quote(Evidence(paper="p1", start=3, end=5, stage="mentions")).text == first.paper.text
    assert quotes.quote(Evidence(paper="p1", start=0, end=10, stage="claims")).text == first.paper.text[:10]
    assert quotes.quote(Evidence(paper="p1", start=0, end=5, part="title", stage="mentions")).text == "Paper number 1"
    assert quotes.quote(Evidence(paper="", start=0, end=0, part="none", stage="authority")).text == ""
    assert sentence_around([(0, 4), (5, 9)], 3, 6).end == 9


def test_the_strongest_evidence_comes_from_different_papers() -> None:
    """Another paper's best goes before the second best of one."""
    evidence = [
        Evidence(paper="a", start=0, end=1, stage="s", score=0.9),
        Evidence(paper="a", start=2, end=3, stage="s", score=0.8),
        Evidence(paper="b", start=0, end=1, stage="s", score=0.1),
    ]
    assert [(item.paper, item.start) for item in strongest(evidence, 2)] == [("a", 0), ("b", 0)]
