"""A long text is read in pages: the work grows with its length, and what comes out is one record like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.domain import Claim, ClaimKind, Entity, EntityType, Mention, Paper, Record, Relation, RelationType, Span
from kg.extract import relations
from kg.extract.pages import PAGE, in_pages, pages_of
from kg.extract.rules import RuleExtractor
from tests.extract.contract import check_record

_SENTENCES = (
    "We propose LeafNet{n}, a convolutional neural network (CNN) for leaf counting.",
    "LeafNet{n} outperforms ResNet-50 by {n}.5 points of accuracy on PlantSet{n}.",
    "We train CNNs on CIFAR-10 with dropout and report the F1 score.",
)


def _long(characters: int) -> str:
    made: list[str] = []
    size = 0
    while size < characters:
        number = len(made) // len(_SENTENCES)
        made.append(_SENTENCES[len(made) % len(_SENTENCES)].format(n=number))
        size += len(made[-1]) + 1
    return " ".join(made)


def test_pages_hold_every_sentence_and_are_no_longer_than_a_page() -> None:
    """Cut at sentences; nothing but white space lies between two pages."""
    text = _long(5 * PAGE)
    pages = pages_of(text)
    assert len(pages) >= 5
    assert all(0 < page.end - page.start <= PAGE for page in pages)
    assert "".join(page.of(text) for page in pages).replace(" ", "") == text.replace(" ", "")
    assert all(page.of(text).endswith(".") for page in pages)


@pytest.mark.parametrize("text", ["word " * PAGE, "x" * (3 * PAGE), "(" * (2 * PAGE + 1)])
def test_a_sentence_longer_than_a_page_is_cut(text: str) -> None:
    """At a space where there is one, else anywhere."""
    pages = pages_of(text)
    assert all(0 < page.end - page.start <= PAGE for page in pages)
    assert "".join(page.of(text) for page in pages).strip() == text.strip()


def test_a_paper_of_one_page_is_read_as_it_is() -> None:
    """The record is the reader's own, not a copy that was put together."""
    paper = Paper(id="1", title="", text="x" * PAGE)
    made = Record(paper=paper)
    assert in_pages(paper, lambda page: made) is made


def test_a_long_record_keeps_the_contract() -> None:
    """Offsets slice back, names resolve, evidence is a sentence; every page gives its share."""
    text = _long(3 * PAGE)
    (record,) = RuleExtractor().extract([Paper(id="1", title="LeafNet0: counting leaves", text=text)])
    check_record(record)
    assert record.paper.text == text
    assert max(mention.end for mention in record.mentions) > len(text) - 200
    assert max(claim.sentence.end for claim in record.claims) > len(text) - 200
    names = [entity.name for entity in record.entities]
    assert sum("convolutional neural network" in name.lower() for name in names) == 1
    (whole,) = (entity for entity in record.entities if entity.name == "convolutional neural network")
    assert {"CNN", "CNNs"} <= set(whole.aliases)


def test_what_two_pages_name_alike_is_one_thing() -> None:
    """By any form; the type is the first page's, the surer evidence counts, and slots follow the name."""
    first, second = "A big net (BN) runs. " + "x " * PAGE, "BN wins on Toys."
    text = f"{first}{second}"
    shift = text.index(second)

    def read(page: Paper) -> Record:
        if page.text.startswith("A big"):
            things = (
                Entity(name="big net", type=EntityType.ARCH, aliases=("BN",)),
                Entity(name="Toys", type=EntityType.DATASET),
            )
            said = (_relation("big net", 0.3, 20),)
            return Record(paper=page, entities=things, relations=said, sentences=(Span(start=0, end=20),))
        if not page.text.endswith(second):
            return Record(paper=page)
        at = page.text.index("BN")
        end = len(page.text)
        found = (Mention(start=at, end=at + 2, text="BN", type=EntityType.METHOD, entity="BN"),)
        things = (Entity(name="BN", type=EntityType.METHOD), Entity(name="Toys", type=EntityType.DATASET))
        claims = (Claim(sentence=Span(start=at, end=end), kind=ClaimKind.RESULT, subject="BN", dataset="Toys"),)
        said = (replace(_relation("BN", 0.6, end), evidence=Span(start=at, end=end)),)
        return Record(paper=page, mentions=found, entities=things, relations=said, claims=claims, introduced=("BN",))

    record = in_pages(Paper(id="1", title="", text=text), read)
    assert [entity.name for entity in record.entities] == ["big net", "Toys"]
    (mention,) = record.mentions
    assert (mention.start, mention.entity, mention.type) == (shift, "big net", EntityType.ARCH)
    (relation,) = record.relations
    assert (relation.head, relation.score, relation.evidence) == ("big net", 0.6, Span(start=shift, end=len(text)))
    assert (record.claims[0].subject, record.claims[0].sentence.start) == ("big net", shift)
    assert record.introduced == ("big net",)


def _relation(head: str, score: float, end: int) -> Relation:
    evidence = Span(start=0, end=end)
    return Relation(head=head, type=RelationType.EVALUATED_ON, tail="Toys", evidence=evidence, score=score)


def test_work_grows_with_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the text is at most about four times the comparisons of two mentions; counted, not timed."""
    looked = 0
    fits = relations._fits

    def counting(kind: RelationType, head: EntityType, tail: EntityType) -> bool:
        nonlocal looked
        looked += 1
        return fits(kind, head, tail)

    monkeypatch.setattr(relations, "_fits", counting)
    extractor = RuleExtractor()
    work: list[int] = []
    for size in (2, 8):
        seen = looked
        longest = 0

        def read(page: Paper) -> Record:
            nonlocal longest
            longest = max(longest, len(page.text))
            (record,) = extractor.extract([page])
            return record

        in_pages(Paper(id="1", title="", text=_long(size * PAGE)), read)
        assert longest <= PAGE
        work.append(looked - seen)
    assert 3 * work[0] < work[1] < 5 * work[0]


def test_a_sentence_that_is_a_list_relates_nothing_by_presence() -> None:
    """Else a page of names would give as many relations as it has pairs."""
    names = ", ".join(f"LeafNet{n}, accuracy" for n in range(200))
    english = "It is one of the things that we have to do for all of them, and it is not so easy to do. " * 12
    text = f"{english}We compare the models with {names}."
    (record,) = RuleExtractor().extract([Paper(id="1", title="", text=text)])
    assert len(record.mentions) > 200
    assert len(record.relations) < 10 * len(record.mentions)
