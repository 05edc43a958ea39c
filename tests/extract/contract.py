"""What every extractor must hold to; each extractor's own test module runs it on its own instance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from kg import codec
from kg.domain import Paper, Record
from kg.extract import EXTRACTORS, Extractor

Item = TypeVar("Item")

PAPERS: tuple[Paper, ...] = (
    Paper(
        id="net",
        title="LeafNet: a network for leaf counting",
        text=(
            "Counting leaves is hard, e.g. in dense canopies. We propose LeafNet, a convolutional neural network (CNN) for leaf counting. "
            "LeafNet is trained on PlantSet and uses batch normalization. On LeafBench our model achieves an accuracy of 95.2%, "
            "outperforming ResNet-50 by 3.1 points. We show that deeper CNNs do not help."
        ),
    ),
    Paper(
        id="theory",
        title="On the depth of trees",
        text="We prove that decision trees of depth O(log n) suffice. Our bound holds for random forests (RFs) too. Code will follow.",
    ),
    Paper(id="empty", title="Only a title", text=""),
    Paper(id="signs", title="", text="42 … !!! 3.14"),
    Paper(
        id="german",
        title="Ein Netz",
        text="Wir stellen ein neues Verfahren vor, das auf einem neuronalen Netz beruht und auf allen Daten die besten Ergebnisse erzielt hat.",
    ),
    Paper(
        id="odd",
        title="<script>alert(1)</script>",
        text='We introduce \U0001d53dlow\u0301Net\u200b, a "flow" model; </script> it gains $2.5\\%$ on A\u00adB-Bench\u2026 (see [1]) \u2013 a 10\u00d7 speedup, cf. Fig. 2.',
    ),
)
"""Ordinary, theoretical, empty, wordless, foreign and hostile papers, in our own words."""


def check(extractor: Extractor) -> None:
    """All of the contract, on the papers above."""
    assert extractor.name in EXTRACTORS
    assert extractor.fingerprint and "\n" not in extractor.fingerprint
    records = list(extractor.extract(PAPERS))
    assert [record.paper for record in records] == list(PAPERS)
    for record in records:
        check_record(record)
        assert record.extractor == extractor.fingerprint
    assert all(records[i].notes and not records[i].mentions for i in (2, 3, 4))
    assert records[0].mentions and records[0].claims and not records[0].notes
    backwards = list(extractor.extract(reversed(PAPERS)))
    assert list(reversed(backwards)) == records
    assert [record for paper in PAPERS for record in extractor.extract([paper])] == records
    assert list(extractor.extract(())) == []


def check_record(record: Record) -> None:
    """Offsets slice back, names resolve, evidence is a sentence, scores round-trip."""
    text, title = record.paper.text, record.paper.title
    _check_spans(record, text, title)
    names = [entity.name for entity in record.entities]
    assert len(names) == len(set(names))
    forms = {form for entity in record.entities for form in entity.forms}
    for mention in record.mentions:
        assert mention.entity in names and mention.text in forms
    for mention in (*record.mentions, *record.title_mentions):
        assert mention.entity
        assert mention.type == next((e.type for e in record.entities if e.name == mention.entity), mention.type)
    assert set(record.introduced) <= set(names)
    assert len(record.introduced) == len(set(record.introduced))
    keys = [(r.head, r.type, r.tail) for r in record.relations]
    assert len(keys) == len(set(keys))
    for relation in record.relations:
        assert relation.head in names and relation.tail in names and relation.head != relation.tail
        assert relation.evidence in record.sentences
    for claim in record.claims:
        assert claim.sentence in record.sentences
        assert claim.value is None or claim.value in text
        assert claim.predicate
    scores = [m.score for m in (*record.mentions, *record.title_mentions)]
    scores += [r.score for r in record.relations] + [c.score for c in record.claims]
    assert all(0.0 <= score <= 1.0 and score == round(score, 4) for score in scores)
    assert codec.loads(codec.dumps(record)) == record
    assert json.loads(codec.dumps(record))["id"] == record.paper.id


def _check_spans(record: Record, text: str, title: str) -> None:
    for mentions, whole in ((record.mentions, text), (record.title_mentions, title)):
        assert all(m.start < m.end and whole[m.start : m.end] == m.text for m in mentions)
        assert all(left.end <= right.start for left, right in _pairs(mentions))
    assert all(span.of(text).strip() == span.of(text) != "" for span in record.sentences)
    assert all(left.end <= right.start for left, right in _pairs(record.sentences))


def _pairs(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    return list(pairwise(items))
