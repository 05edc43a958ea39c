"""The spaCy pipelines of our own components, on a blank English pipeline: no model is downloaded.

`build_pipeline(RULES)` and `build_pipeline(MODEL)` register the components and put them together; nothing depends on which module was imported first.
What a component finds goes to `doc._.reading` (a `kg.extract.reading.Reading`) and to spaCy's own places:

    component         assigns                                  requires
    kg_sentences      doc.sents, reading.sentences             doc._.reading
    kg_abbreviations  reading.abbreviations                    reading.sentences
    kg_quantities     doc.spans["quantities"]                  doc._.reading
    kg_mentions       reading.mentions                         reading.sentences, reading.abbreviations
    kg_entities       doc.spans["mentions"], reading.entities  reading.mentions, reading.abbreviations
    kg_introduced     reading.introduced                       reading.entities
    kg_discourse      reading.references                       reading.introduced
    kg_relations      doc.spans["relations"]                   reading.references
    kg_claims         doc._.claims, doc.spans["claims"]        reading.relations, reading.quantities
    kg_model          all of the last six                      reading.sentences
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.domain import Paper
from kg.extract import components
from kg.extract.reading import Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["COMPONENTS", "MODEL", "RULES", "build_pipeline", "read_doc", "register"]

Component = Callable[["Doc"], "Doc"]
_LONGEST = 10**9
_OWN = ["doc._.reading"]
COMPONENTS: tuple[tuple[str, Component, list[str], list[str]], ...] = (
    ("kg_sentences", components.sentences, ["doc.sents", "token.is_sent_start", *_OWN], []),
    ("kg_abbreviations", components.abbreviations, _OWN, ["doc.sents", *_OWN]),
    ("kg_quantities", components.quantities, ["doc.spans", *_OWN], []),
    ("kg_mentions", components.mentions, _OWN, ["doc.sents", *_OWN]),
    ("kg_entities", components.entities, ["doc.spans", *_OWN], _OWN),
    ("kg_introduced", components.introduced, _OWN, ["doc.sents", "doc.spans", *_OWN]),
    ("kg_discourse", components.discourse, _OWN, ["doc.spans", *_OWN]),
    ("kg_relations", components.relations, ["doc.spans", *_OWN], ["doc.spans", *_OWN]),
    ("kg_claims", components.claims, ["doc._.claims", "doc.spans"], ["doc.spans", *_OWN]),
)
"""Name, component, what it assigns, what it requires."""

RULES: tuple[str, ...] = tuple(name for name, *_ in COMPONENTS)
"""The pipeline of the rule extractor."""

MODEL: tuple[str, ...] = ("kg_sentences", "kg_model")
"""The pipeline of the trained extractors; the model's own assembling asks for abbreviations and quantities where it needs them."""


def register() -> None:
    """Make the components known to spaCy, and the attributes they set. Doing it twice changes nothing."""
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.model import make_component

    for name, default in (("paper", None), ("reading", None), ("claims", ())):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, component, assigns, requires in COMPONENTS:
        if not Language.has_factory(name):
            Language.component(name, func=component, assigns=assigns, requires=requires)
    if not Language.has_factory("kg_model"):
        Language.factory(
            "kg_model",
            default_config={"weights": "model", "threads": 1, "folder": None},
            assigns=["doc._.claims", "doc.spans", *_OWN],
            requires=["doc.sents", *_OWN],
            func=make_component,
        )


def build_pipeline(
    names: Sequence[str] = RULES, config: Mapping[str, Mapping[str, str | int | None]] | None = None
) -> Language:
    """A new pipeline of these components; `config` by component. Raises ModelError for weights that are not installed.

    >>> build_pipeline().pipe_names[:2]
    ['kg_sentences', 'kg_abbreviations']
    """
    import spacy

    from kg.extract.tokenizer import WordTokenizer

    register()
    nlp = spacy.blank("en")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = _LONGEST
    for name in names:
        nlp.add_pipe(name, config=dict((config or {}).get(name, {})))
    return nlp


def read_doc(nlp: Language, paper: Paper, reading: Reading | None = None) -> Doc:
    """A paper's abstract as a Doc that went through the pipeline; `reading` is what is known of it before, if anything."""
    doc = nlp.make_doc(paper.text)
    doc._.paper = paper
    doc._.reading = reading or Reading(paper=paper)
    return nlp(doc)
