"""The components of the pipeline: each takes a Doc and gives it back with what it found.

In and out of each: `doc._.reading`, a `kg.extract.reading.Reading`, which it replaces by one that knows more; and spaCy's own places (sentence starts,
groups of spans). What each assigns and requires stands in `kg.extract.pipeline`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

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
    from spacy.tokens import Doc

__all__ = [
    "abbreviations",
    "claims",
    "discourse",
    "entities",
    "introduced",
    "mentions",
    "quantities",
    "relations",
    "sentences",
    "set_spans",
]


def sentences(doc: Doc) -> Doc:
    """Sentence boundaries by `kg.extract.sentences`."""
    spans = sentence_spans(doc.text)
    starts = {span.start for span in spans}
    marks = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    if marks:
        column: Any = np.array(marks, dtype=np.int64).astype(np.uint64).reshape(-1, 1)
        doc.from_array(["SENT_START"], column)
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
    set_spans(doc, "quantities", [(q.span.start, q.span.end, q.quantity.kind.value) for q in found])
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
    things, placed, titled = group_entities(
        reading.mentions, reading.title_mentions, reading.abbreviations, text=doc.text, sentences=reading.sentences
    )
    doc._.reading = replace(reading, entities=things, mentions=placed, title_mentions=titled)
    set_spans(doc, "mentions", [(m.start, m.end, m.type.value) for m in placed])
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
    set_spans(doc, "relations", [(x.evidence.start, x.evidence.end, x.type.value) for x in found if x.evidence])
    return doc


def claims(doc: Doc) -> Doc:
    """Claims by `kg.extract.roles` and `kg.extract.claims`; the spans are their sentences."""
    reading: Reading = doc._.reading
    doc._.claims = find_claims(reading, roles_of(facts_of(reading)))
    set_spans(doc, "claims", [(c.sentence.start, c.sentence.end, c.kind.value) for c in doc._.claims])
    return doc


def set_spans(doc: Doc, key: str, found: list[tuple[int, int, str]]) -> None:
    """Set a group of spans; one that ends inside a token is widened to it, the exact offsets stay in the reading."""
    spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in found]
    doc.spans[key] = [span for span in spans if span is not None]
