"""The trained extractor: one reading by the encoder a paper, everything around it shared with the rules.

In: papers. Out: records. The model says where mentions, relations, new things and claims are; sentences, abbreviations, quantities and the fine
predicates of claims come from the exact part that both extractors share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.domain import Claim, Entity, Mention, Paper, Record, Span
from kg.errors import ModelError
from kg.extract.entities import group_entities
from kg.extract.extractor import code_fingerprint
from kg.extract.language import why_not
from kg.extract.predicates import polarity_of, predicate_of
from kg.extract.quantities import interpret
from kg.extract.rules import empty_record
from kg.extract.sentences import sentence_spans
from kg.extract.weights import weights_folder

if TYPE_CHECKING:
    from kg.extract.neural.assemble import Pieces

__all__ = ["ModelExtractor"]

_SCORE_DIGITS = 4


class ModelExtractor:
    """Extracts by the trained model; see `kg.extract.Extractor`.

    `name` is "model" or "accurate"; `folder` another folder of weights, as training uses it. Raises ModelError where there are none.
    """

    def __init__(self, name: str = "model", *, threads: int = 1, folder: Path | None = None) -> None:
        from kg.extract.neural.predict import Model

        where = folder or weights_folder(name)
        if where is None:
            raise ModelError(
                f"the weights of the extractor {name!r} are not installed",
                to_do="install them, or use --extractor rules",
            )
        self._name = name
        self._model = Model.load(where, threads=threads)

    @property
    def name(self) -> str:
        """The name it was loaded by."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The version of the weights and the hash of this package's code and word lists."""
        return f"{self._name}-{self._model.version}-{code_fingerprint()}"

    def extract(self, papers: Iterable[Paper]) -> Iterator[Record]:
        """One record a paper, in order."""
        for paper in papers:
            reason = why_not(paper.text)
            yield empty_record(paper, self.fingerprint, reason) if reason else self._record(paper)

    def _record(self, paper: Paper) -> Record:
        from kg.extract.neural.assemble import assemble, group
        from kg.extract.neural.tokens import Prepared

        sentences = sentence_spans(paper.text)
        prepared = Prepared(
            text=paper.text, title=paper.title, sentences=tuple((span.start, span.end) for span in sentences)
        )
        (prediction,) = self._model.predict([prepared], group)
        pieces = assemble(prepared, prediction, self._model.calibration)
        return _finished(paper, sentences, pieces, self.fingerprint)


def _finished(paper: Paper, sentences: tuple[Span, ...], pieces: Pieces, extractor: str) -> Record:
    """The record: entities of the title joined in, claims with predicate, polarity and quantity, scores rounded."""
    entities, titled = _with_title(pieces.entities, pieces.title_mentions)
    return Record(
        paper=paper,
        mentions=tuple(_rounded(mention) for mention in pieces.mentions),
        title_mentions=tuple(_rounded(mention) for mention in titled),
        entities=entities,
        introduced=pieces.introduced,
        relations=tuple(replace(r, score=round(r.score, _SCORE_DIGITS)) for r in pieces.relations),
        claims=tuple(dict.fromkeys(_worded(paper.text, claim) for claim in pieces.claims)),
        sentences=sentences,
        extractor=extractor,
    )


def _rounded(mention: Mention) -> Mention:
    return replace(mention, score=round(mention.score, _SCORE_DIGITS))


def _with_title(
    entities: tuple[Entity, ...], titled: tuple[Mention, ...]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities of the abstract and of the title: a title's mention joins the entity that shares a form with it."""
    from kg.extract.entities import fold

    known = {fold(form): entity for entity in reversed(entities) for form in entity.forms}
    free = [mention for mention in titled if fold(mention.text) not in known]
    new, _, _ = group_entities((), free)
    known |= {fold(form): entity for entity in new for form in entity.forms}
    placed = tuple(replace(m, entity=known[fold(m.text)].name, type=known[fold(m.text)].type) for m in titled)
    aliases: dict[str, list[str]] = {}
    for mention in placed:
        aliases.setdefault(str(mention.entity), []).append(mention.text)
    joined = tuple(
        replace(e, aliases=tuple(dict.fromkeys((*e.aliases, *(f for f in aliases.get(e.name, ()) if f != e.name)))))
        for e in (*entities, *new)
    )
    return joined, placed


def _worded(text: str, claim: Claim) -> Claim:
    part = claim.sentence.of(text)
    predicate = predicate_of(claim.kind, part)
    return replace(
        claim,
        predicate=predicate,
        polarity=polarity_of(claim.kind, predicate, part),
        quantity=interpret(claim.value, part) if claim.value else None,
        score=round(claim.score, _SCORE_DIGITS),
    )
