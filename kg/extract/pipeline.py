"""The spaCy pipeline of our own components, on a blank English pipeline: no model is downloaded.

`build_pipeline()` registers the components and puts them together; nothing depends on which module was imported first. Every component takes
a Doc and gives it back; what it found goes to `doc._.reading` (a `Reading`, which it replaces), and in spaCy's own terms:

    component         assigns                                  requires
    kg_sentences      doc.sents, reading.sentences             doc._.paper
    kg_abbreviations  reading.abbreviations                    reading.sentences
    kg_quantities     doc.spans["quantities"]                  doc._.paper
    kg_mentions       reading.mentions                         reading.sentences, reading.abbreviations
    kg_entities       doc.spans["mentions"], reading.entities  reading.mentions, reading.abbreviations
    kg_introduced     reading.introduced                       reading.entities
    kg_discourse      reading.references                       reading.introduced
    kg_relations      doc.spans["relations"]                   reading.references
    kg_claims         doc._.claims, doc.spans["claims"]        reading.relations, reading.quantities
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kg.domain import Paper
from kg.extract.abbreviations import find_abbreviations
from kg.extract.claims import find_claims
from kg.extract.discourse import find_references
from kg.extract.entities import group_entities
from kg.extract.introduced import find_introduced
from kg.extract.mentions import find_mentions
from kg.extract.quantities import find_quantities
from kg.extract.reading import Reading, facts_of
from kg.extract.relations import find_relations
from kg.extract.roles import roles_of
from kg.extract.sentences import sentence_spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["COMPONENTS", "build_pipeline", "read_doc", "register"]

Component = Callable[["Doc"], "Doc"]
_LONGEST = 10**9


def sentences(doc: Doc) -> Doc:
    """Sentence boundaries by `kg.extract.sentences`."""
    spans = sentence_spans(doc.text)
    starts = {span.start for span in spans}
    marks = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    if marks:
        doc.from_array(["SENT_START"], np.array(marks, dtype=np.int64).astype(np.uint64).reshape(-1, 1))
    doc._.reading = replace(doc._.reading, sentences=spans)
    return doc


def abbreviations(doc: Doc) -> Doc:
    """Definitions by `kg.extract.abbreviations`."""
    doc._.reading = replace(doc._.reading, abbreviations=find_abbreviations(doc.text, doc._.reading.sentences))
    return doc


def quantities(doc: Doc) -> Doc:
    """Quantities by `kg.extract.quantities`."""
    found = find_quantities(doc.text)
    doc._.reading = replace(doc._.reading, quantities=found)
    _spans(doc, "quantities", [(q.span.start, q.span.end, q.quantity.kind.value) for q in found])
    return doc


def mentions(doc: Doc) -> Doc:
    """Mentions of abstract and title by the rules of `kg.extract.mentions`."""
    reading: Reading = doc._.reading
    title = reading.paper.title
    found = find_mentions(doc.text, reading.sentences, reading.abbreviations, title=title)
    titled = find_mentions(title, sentence_spans(title)) if title else ()
    doc._.reading = replace(reading, mentions=found, title_mentions=titled)
    return doc


def entities(doc: Doc) -> Doc:
    """Entities by `kg.extract.entities`; mentions get the name of theirs."""
    reading: Reading = doc._.reading
    things, placed, titled = group_entities(reading.mentions, reading.title_mentions, reading.abbreviations)
    doc._.reading = replace(reading, entities=things, mentions=placed, title_mentions=titled)
    _spans(doc, "mentions", [(m.start, m.end, m.type.value) for m in placed])
    return doc


def introduced(doc: Doc) -> Doc:
    """What the paper presents as new, by `kg.extract.introduced`."""
    reading: Reading = doc._.reading
    names = find_introduced(reading.paper.title, doc.text, reading.sentences, reading.mentions)
    doc._.reading = replace(reading, introduced=names)
    return doc


def discourse(doc: Doc) -> Doc:
    """References such as "our method", by `kg.extract.discourse`."""
    reading: Reading = doc._.reading
    found = find_references(doc.text, reading.sentences, reading.entities, reading.mentions, reading.introduced)
    doc._.reading = replace(reading, references=found)
    return doc


def relations(doc: Doc) -> Doc:
    """Relations by `kg.extract.relations`; the spans are the sentences that say so."""
    r: Reading = doc._.reading
    found = find_relations(doc.text, r.sentences, r.entities, r.mentions, r.references, r.introduced)
    doc._.reading = replace(r, relations=found)
    _spans(doc, "relations", [(x.evidence.start, x.evidence.end, x.type.value) for x in found if x.evidence])
    return doc


def claims(doc: Doc) -> Doc:
    """Claims by `kg.extract.roles` and `kg.extract.claims`; the spans are their sentences."""
    reading: Reading = doc._.reading
    doc._.claims = find_claims(reading, roles_of(facts_of(reading)))
    _spans(doc, "claims", [(c.sentence.start, c.sentence.end, c.kind.value) for c in doc._.claims])
    return doc


_OWN = ["doc._.reading"]
COMPONENTS: tuple[tuple[str, Component, list[str], list[str]], ...] = (
    ("kg_sentences", sentences, ["doc.sents", "token.is_sent_start", *_OWN], []),
    ("kg_abbreviations", abbreviations, _OWN, ["doc.sents", *_OWN]),
    ("kg_quantities", quantities, ["doc.spans", *_OWN], []),
    ("kg_mentions", mentions, _OWN, ["doc.sents", *_OWN]),
    ("kg_entities", entities, ["doc.spans", *_OWN], _OWN),
    ("kg_introduced", introduced, _OWN, ["doc.sents", "doc.spans", *_OWN]),
    ("kg_discourse", discourse, _OWN, ["doc.spans", *_OWN]),
    ("kg_relations", relations, ["doc.spans", *_OWN], ["doc.spans", *_OWN]),
    ("kg_claims", claims, ["doc._.claims", "doc.spans"], ["doc.spans", *_OWN]),
)
"""Name, component, what it assigns, what it requires; in the order in which they run."""


def register() -> None:
    """Make the components known to spaCy, and the attributes they set. Doing it twice changes nothing."""
    from spacy.language import Language
    from spacy.tokens import Doc

    for name in ("paper", "reading"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    if not Doc.has_extension("claims"):
        Doc.set_extension("claims", default=())
    for name, component, assigns, requires in COMPONENTS:
        if not Language.has_factory(name):
            Language.component(name, func=component, assigns=assigns, requires=requires)


def build_pipeline(without: tuple[str, ...] = ()) -> Language:
    """A new pipeline of all components but those named.

    >>> build_pipeline().pipe_names[:2]
    ['kg_sentences', 'kg_abbreviations']
    """
    import spacy

    register()
    from kg.extract.tokenizer import WordTokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = _LONGEST
    for name, *_ in COMPONENTS:
        if name not in without:
            nlp.add_pipe(name)
    return nlp


def read_doc(nlp: Language, paper: Paper) -> Doc:
    """A paper's abstract as a Doc that went through the pipeline."""
    doc = nlp.make_doc(paper.text)
    doc._.paper = paper
    doc._.reading = Reading(paper=paper)
    return nlp(doc)


def _spans(doc: Doc, key: str, found: list[tuple[int, int, str]]) -> None:
    """Set a group of spans; one that ends inside a token is widened to it, the exact offsets stay in the reading."""
    spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in found]
    doc.spans[key] = [span for span in spans if span is not None]
