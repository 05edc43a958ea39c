"""The rule extractor: the contract, and what it must find in a plain abstract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.domain import ClaimKind, EntityType, Paper, Record, RelationType
from kg.extract import Extractor, load
from kg.extract.rules import read_paper
from tests.extract import contract


@pytest.fixture(scope="module")
def rules() -> Iterator[Extractor]:
    yield load("rules")


@pytest.fixture(scope="module")
def leaf(rules: Extractor) -> Record:
    (record,) = rules.extract(contract.PAPERS[:1])
    return record


def test_contract(rules: Extractor) -> None:
    """It keeps what every extractor keeps."""
    contract.check(rules)


def test_entities(leaf: Record) -> None:
    """Names, long forms with their abbreviation, datasets and metrics are found with their types."""
    types = {entity.name: entity.type for entity in leaf.entities}
    assert types["LeafNet"] is EntityType.ARCH
    assert types["convolutional neural network"] is EntityType.ARCH
    assert types["ResNet-50"] is EntityType.ARCH
    assert types["accuracy"] is EntityType.METRIC
    assert leaf.introduced == ("LeafNet",)
    network = leaf.entity("convolutional neural network")
    assert network is not None and {"CNN", "CNNs"} <= set(network.aliases)


def test_relations(leaf: Record) -> None:
    """A task it is for, and a baseline that it beats."""
    found = {(r.head, r.type, r.tail) for r in leaf.relations}
    assert ("LeafNet", RelationType.OUTPERFORMS, "ResNet-50") in found


def test_claims(leaf: Record) -> None:
    """The contribution is the network; the numbers are values of the paper's own thing."""
    kinds = {claim.kind for claim in leaf.claims}
    assert ClaimKind.CONTRIBUTION in kinds
    values = {claim.value: claim for claim in leaf.claims if claim.value}
    assert {"95.2%", "3.1 points"} <= set(values)
    assert values["95.2%"].subject == "LeafNet" and values["95.2%"].metric == "accuracy"
    quantity = values["95.2%"].quantity
    assert quantity is not None and quantity.low == 95.2 and quantity.unit == "%"


def test_title_mentions(rules: Extractor) -> None:
    """What a title names is kept with offsets into the title, each by its name; entities are those of the abstract."""
    paper = Paper(
        id="t", title="Dropout for GPT-2", text="We study a thing that nobody has ever studied before this day."
    )
    (record,) = rules.extract([paper])
    assert {m.text for m in record.title_mentions} == {"Dropout", "GPT-2"}
    assert {m.entity for m in record.title_mentions} == {"Dropout", "GPT-2"}


def test_given_sentences_are_kept() -> None:
    """Reading in given sentences, as training does, splits nothing anew."""
    paper = contract.PAPERS[0]
    whole = read_paper(paper)
    halves = read_paper(paper, sentences=whole.sentences[:2])
    assert halves.sentences == whole.sentences[:2]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text(rules: Extractor, text: str) -> None:
    """No text makes it fail or break the contract."""
    (record,) = rules.extract([Paper(id="x", title=text[:40], text=text)])
    contract.check_record(record)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "We",
                "propose",
                "ResNet-50",
                "(CNN)",
                ",",
                "a",
                "network",
                ".",
                "outperforms",
                "3.5%",
                "to",
                "$x^2$",
                "$",
                "(",
                ")",
                "[",
                "]",
                "e.g.",
                "et",
                "al.",
                "on",
                "ImageNet",
                "than",
                "±",
                "10x",
                "state-of-the-art",
                "O(n)",
                "and",
                "/",
                "1/2",
                "our",
                "method",
                "achieves",
                "-",
                "–",
                "~",
                "\n\n",
                "accuracy",
                "?",
                "!",
                "“",
                "”",
                "\\emph{",
                "}",
                ":",
            ]
        ),
        max_size=60,
    )
)
def test_any_words(rules: Extractor, words: list[str]) -> None:
    """Nor does any heap of the words and signs that its rules look for."""
    (record,) = rules.extract([Paper(id="x", title="", text=" ".join(words))])
    contract.check_record(record)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "(",
        "$",
        "1,",
        "1/",
        "A",
        "We propose a ",
        "GPT-2 ",
        "(CNN) ",
        "3.5% to ",
        ". ",
        "e.g. ",
        "x-",
        "\\",
        "5 and ",
    ],
)
def test_long_texts_take_linear_time(rules: Extractor, piece: str) -> None:
    """Thirty thousand characters of anything are read in seconds, not minutes."""
    import time

    text = "We propose a network. " + piece * (30_000 // len(piece))
    begin = time.process_time()
    (record,) = rules.extract([Paper(id="x", title="", text=text)])
    assert time.process_time() - begin < 20.0
    contract.check_record(record)
