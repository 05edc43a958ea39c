"""Claims: roles of sentences, slots, predicates, polarity, values."""

from __future__ import annotations

import pytest

from kg.domain import Claim, ClaimKind, Paper, Polarity
from kg.extract.claims import find_claims
from kg.extract.predicates import polarity_of, predicate_of
from kg.extract.roles import SentenceFacts, features_of, roles_of
from kg.extract.rules import read_paper
from kg.extract.sentences import sentence_spans
from kg.extract.values import values_in

TEXT = (
    "Counting leaves has become popular in recent years. We propose LeafNet, a network for leaf counting. "
    "LeafNet achieves 95.2% accuracy on CIFAR-10 and 71.0% accuracy on ImageNet. "
    "It outperforms ResNet-50 by 3.1 points. We show that depth does not help."
)


def claims(kind: ClaimKind) -> list[Claim]:
    reading = read_paper(Paper(id="x", title="LeafNet: leaf counting", text=TEXT))
    roles = [
        ((kind, 0.9),) if wanted else ()
        for wanted in (
            False,
            kind is ClaimKind.CONTRIBUTION,
            kind is ClaimKind.RESULT,
            kind is ClaimKind.COMPARISON,
            kind is ClaimKind.FINDING,
        )
    ]
    return list(find_claims(reading, roles))


def test_contribution() -> None:
    """The object is what is introduced; nobody is the subject."""
    (claim,) = claims(ClaimKind.CONTRIBUTION)
    assert (claim.subject, claim.predicate, claim.object) == (None, "introduces", "LeafNet")


def test_result_has_a_line_for_each_value() -> None:
    """Every value has its own claim, with the dataset that follows it and the metric nearest to it."""
    found = {claim.value: claim for claim in claims(ClaimKind.RESULT)}
    assert set(found) == {"95.2%", "71.0%"}
    assert (found["95.2%"].dataset, found["71.0%"].dataset) == ("CIFAR-10", "ImageNet")
    assert {claim.metric for claim in found.values()} == {"accuracy"}
    assert {claim.subject for claim in found.values()} == {"LeafNet"}


def test_comparison() -> None:
    """The object is the rival, the subject the paper's own thing where the sentence has none."""
    (claim,) = claims(ClaimKind.COMPARISON)
    assert (claim.subject, claim.predicate, claim.object, claim.value) == (
        "LeafNet",
        "outperforms",
        "ResNet-50",
        "3.1 points",
    )


def test_finding() -> None:
    """The object is the clause after "that"; a denial is negative."""
    (claim,) = claims(ClaimKind.FINDING)
    assert claim.object is not None and "depth does not help" in claim.object
    assert claim.polarity is Polarity.NEGATIVE


def test_roles_of_a_plain_abstract() -> None:
    """Background claims nothing; proposing, achieving, beating and showing are told apart."""
    facts = [SentenceFacts(text=span.of(TEXT)) for span in sentence_spans(TEXT)]
    best = [roles[0][0] if roles else None for roles in roles_of(facts)]
    assert best[0] is None and best[1] is ClaimKind.CONTRIBUTION
    assert best[3] is ClaimKind.COMPARISON and best[4] is ClaimKind.FINDING
    assert all(0.0 <= score <= 1.0 for roles in roles_of(facts) for _, score in roles)


def test_features_are_of_the_sentence_and_its_place() -> None:
    """Cues by name, and where the paper begins to speak of itself."""
    first, second = features_of(
        [SentenceFacts(text="Leaves are green."), SentenceFacts(text="We count them.", own=True)]
    )
    assert {"first", "before", "bias"} <= set(first)
    assert {"begins", "we", "own", "last"} <= set(second)


@pytest.mark.parametrize(
    ("kind", "sentence", "predicate", "polarity"),
    [
        (ClaimKind.RESULT, "It reduces the cost.", "reduces", Polarity.POSITIVE),
        (ClaimKind.RESULT, "It improves accuracy.", "improves", Polarity.POSITIVE),
        (ClaimKind.RESULT, "It reaches 95%.", "achieves", Polarity.POSITIVE),
        (ClaimKind.COMPARISON, "It is on par with ResNet.", "matches", Polarity.NEUTRAL),
        (ClaimKind.COMPARISON, "It is worse than ResNet.", "underperforms", Polarity.NEGATIVE),
        (ClaimKind.CONTRIBUTION, "We survey the field.", "surveys", Polarity.POSITIVE),
        (ClaimKind.CONTRIBUTION, "We release the data.", "releases", Polarity.POSITIVE),
        (ClaimKind.FINDING, "We prove a bound.", "proves", Polarity.POSITIVE),
        (ClaimKind.LIMITATION, "It needs labels.", "lacks", Polarity.NEGATIVE),
    ],
)
def test_predicates(kind: ClaimKind, sentence: str, predicate: str, polarity: Polarity) -> None:
    """The guidelines' predicates by cue words, and the polarity."""
    assert predicate_of(kind, sentence) == predicate
    assert polarity_of(kind, predicate, sentence) is polarity


def test_values() -> None:
    """Outcomes and the state of the art are values; small counts are not, nor are the methods that hold the state of the art."""
    from kg.extract.quantities import find_quantities

    text = "We obtain state-of-the-art results on 3 datasets, 95.2% here, beating state-of-the-art methods in 2 cases."
    (span,) = sentence_spans(text)
    assert [value.text for value in values_in(text, span, find_quantities(text))] == ["state-of-the-art", "95.2%"]
