"""The trained extractor: one reading by the encoder a paper, as a component of the same pipeline that the rules use.

In: papers. Out: records. The model says where mentions, relations, new things and claims are; sentences, abbreviations, quantities and the fine
predicates of claims come from the exact part that both extractors share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.domain import Claim, Entity, Mention, Paper, Record
from kg.extract.entities import fold, group_entities
from kg.extract.extractor import trained_fingerprint
from kg.extract.language import why_not
from kg.extract.pages import in_pages
from kg.extract.predicates import polarity_of, predicate_of
from kg.extract.quantities import interpret
from kg.extract.rules import empty_record, record_of
from kg.extract.weights import installed_weights

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.neural.predict import Model
    from kg.extract.reading import Reading

__all__ = ["ModelComponent", "ModelExtractor", "make_component"]

_SCORE_DIGITS = 4


class ModelExtractor:
    """Extracts by the trained model; see `kg.extract.Extractor`.

    `name` is "model" or "accurate"; `folder` is another folder of weights, as training uses it. Raises ModelError where there are none.
    """

    def __init__(self, name: str = "model", *, threads: int = 1, folder: Path | None = None) -> None:
        from kg.extract.pipeline import MODEL, build_pipeline

        chosen: dict[str, str | int | None] = {
            "weights": name,
            "threads": threads,
            "folder": None if folder is None else str(folder),
        }
        self._name = name
        self._nlp = build_pipeline(MODEL, {"kg_model": chosen})
        component = self._nlp.get_pipe("kg_model")
        assert isinstance(component, ModelComponent)
        self._version = component.model.version

    @property
    def name(self) -> str:
        """The name it was loaded by."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The version of the weights and the hash of this package's code and word lists."""
        return trained_fingerprint(self._name, self._version)

    def extract(self, papers: Iterable[Paper]) -> Iterator[Record]:
        """One record a paper, in order."""
        from kg.extract.pipeline import read_doc

        for paper in papers:
            reason = why_not(paper.text)
            if reason is not None:
                yield empty_record(paper, self.fingerprint, reason)
            else:
                yield in_pages(paper, lambda page: record_of(read_doc(self._nlp, page), self.fingerprint))


def make_component(nlp: Language, name: str, weights: str, threads: int, folder: str | None) -> ModelComponent:
    """The factory "kg_model": loads the weights by name, or from a folder. Raises ModelError where there are none."""
    from kg.extract.neural.predict import Model

    where = installed_weights(weights) if folder is None else Path(folder)
    return ModelComponent(Model.load(where, threads=threads))


class ModelComponent:
    """Sets mentions, entities, introduced, relations and claims of a Doc by the trained model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with what the model says of it."""
        from kg.extract.components import set_spans
        from kg.extract.neural.assemble import assemble, group
        from kg.extract.neural.tokens import Prepared

        reading: Reading = doc._.reading
        spans = tuple((span.start, span.end) for span in reading.sentences)
        prepared = Prepared(text=doc.text, title=reading.paper.title, sentences=spans)
        (prediction,) = self.model.predict([prepared], group)
        pieces = assemble(prepared, prediction, self.model.calibration)
        entities, titled = _with_title(pieces.entities, pieces.title_mentions)
        doc._.reading = replace(
            reading,
            mentions=tuple(_rounded(mention) for mention in pieces.mentions),
            title_mentions=tuple(_rounded(mention) for mention in titled),
            entities=entities,
            introduced=pieces.introduced,
            relations=tuple(replace(r, score=round(r.score, _SCORE_DIGITS)) for r in pieces.relations),
        )
        doc._.claims = tuple(dict.fromkeys(_worded(prepared.text, claim) for claim in pieces.claims))
        set_spans(doc, "mentions", [(m.start, m.end, m.type.value) for m in pieces.mentions])
        said = [(r.evidence.start, r.evidence.end, r.type.value) for r in pieces.relations if r.evidence is not None]
        set_spans(doc, "relations", said)
        set_spans(doc, "claims", [(c.sentence.start, c.sentence.end, c.kind.value) for c in doc._.claims])
        return doc


def _rounded(mention: Mention) -> Mention:
    return replace(mention, score=round(mention.score, _SCORE_DIGITS))


def _with_title(
    entities: tuple[Entity, ...], titled: tuple[Mention, ...]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities of the abstract and of the title: a title's mention joins the entity that shares a form with it."""
    known = {fold(form): entity for entity in reversed(entities) for form in entity.forms}
    names = {entity.name for entity in entities}
    free = [mention for mention in titled if fold(mention.text) not in known]
    new = tuple(entity for entity in group_entities((), free)[0] if entity.name not in names)
    known |= {fold(form): entity for entity in new for form in entity.forms}
    placed = tuple(
        replace(m, entity=known[fold(m.text)].name, type=known[fold(m.text)].type)
        for m in titled
        if fold(m.text) in known
    )
    forms: dict[str, list[str]] = {}
    for mention in placed:
        forms.setdefault(str(mention.entity), []).append(mention.text)
    joined = tuple(
        replace(e, aliases=tuple(dict.fromkeys((*e.aliases, *(f for f in forms.get(e.name, ()) if f != e.name)))))
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
