"""The rule extractor: the floor that the trained model has to beat, and what is used where no weights are installed.

In: papers. Out: records, each made by the pipeline of `kg.extract.pipeline`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.domain import Paper, Record, Span
from kg.extract import fingerprint_of
from kg.extract.language import why_not
from kg.extract.pages import in_pages

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.reading import Reading

__all__ = ["RuleExtractor", "empty_record", "read_paper", "record_of"]


class RuleExtractor:
    """Extracts by rules alone; see `kg.extract.Extractor`."""

    def __init__(self) -> None:
        from kg.extract.pipeline import build_pipeline

        self._nlp = build_pipeline()

    @property
    def name(self) -> str:
        """Always "rules"."""
        return "rules"

    @property
    def fingerprint(self) -> str:
        """The hash of this package's code and word lists."""
        return fingerprint_of("rules")

    def extract(self, papers: Iterable[Paper]) -> Iterator[Record]:
        """One record a paper, in order.

        >>> paper = Paper(id="1", title="", text="We propose FooNet, a network for image classification.")
        >>> [record.introduced for record in RuleExtractor().extract([paper])]
        [('FooNet',)]
        """
        from kg.extract.pipeline import read_doc

        for paper in papers:
            reason = why_not(paper.text)
            if reason is not None:
                yield empty_record(paper, self.fingerprint, reason)
            else:
                yield in_pages(paper, lambda page: record_of(read_doc(self._nlp, page), self.fingerprint))


def empty_record(paper: Paper, extractor: str, note: str) -> Record:
    """The record of a paper that cannot be extracted, with the reason."""
    return Record(paper=paper, extractor=extractor, notes=(note,))


def record_of(doc: Doc, extractor: str) -> Record:
    """The record that a Doc of the pipeline holds. Its entities are those of the abstract (the guidelines' ENTITIES section);
    what only the title names stands in `title_mentions` alone, by its name there.
    """
    reading: Reading = doc._.reading
    named = {mention.entity for mention in reading.mentions}
    return Record(
        paper=reading.paper,
        mentions=reading.mentions,
        title_mentions=reading.title_mentions,
        entities=tuple(entity for entity in reading.entities if entity.name in named),
        introduced=reading.introduced,
        relations=reading.relations,
        claims=doc._.claims,
        sentences=reading.sentences,
        extractor=extractor,
    )


def read_paper(paper: Paper, sentences: Sequence[Span] = ()) -> Reading:
    """What the rules find before the claims; in `sentences` if they are given, as fitting on annotated ones needs."""
    from kg.extract.pipeline import read_doc
    from kg.extract.reading import Reading

    start = Reading(paper=paper, sentences=tuple(sentences))
    found: Reading = read_doc(_reader(given=bool(sentences)), paper, start)._.reading
    return found


@cache
def _reader(*, given: bool) -> Language:
    from kg.extract.pipeline import RULES, build_pipeline

    left_out = {"kg_claims", "kg_sentences"} if given else {"kg_claims"}
    return build_pipeline([name for name in RULES if name not in left_out])
