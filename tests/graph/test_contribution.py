"""What one paper brings to the graph."""

from __future__ import annotations

from kg.domain import RelationType
from tests import samples


def test_every_fact_has_evidence_of_its_own_paper() -> None:
    """No fact without a reason, and no reason from elsewhere."""
    for contribution in samples.graph().contributions():
        for fact in contribution.facts:
            assert fact.evidence
            assert {item.paper for item in fact.evidence} == {contribution.paper.id}


def test_evidence_points_at_the_words() -> None:
    """The evidence of a mention is the mention itself; of a relation, its sentence."""
    graph = samples.graph()
    first = graph.contribution("p1")
    assert first is not None
    by_key = {(fact.subject, fact.predicate, fact.object): fact for fact in first.facts}
    used = by_key["thing/quicknet", "usedFor", "thing/image-sorting"]
    words = [first.paper.text[e.start : e.end] for e in used.evidence]
    assert words == ["We propose QuickNet for image sorting."]
    mentioned = by_key["paper/p1", "mentions", "thing/tinyimages"]
    assert [first.paper.text[e.start : e.end] for e in mentioned.evidence] == ["TinyImages"]


def test_a_comparison_claim_is_also_an_edge() -> None:
    """Subject outperforms object, with the claim's sentence as evidence."""
    first = samples.graph().contribution("p1")
    assert first is not None
    assert ("thing/quicknet", "outperforms", "thing/slownet") in {
        (f.subject, f.predicate, f.object) for f in first.facts
    }


def test_what_the_rules_do_not_allow_is_set_aside_and_told() -> None:
    """A dataset cannot outperform a network; the relation is counted with its reason."""
    third = samples.graph().contribution("p3")
    assert third is not None
    assert [(s.relation.type, s.why) for s in third.set_aside] == [
        (RelationType.OUTPERFORMS, "outperforms may not lead from DATASET to ARCH")
    ]


def test_symmetric_relations_are_kept_once() -> None:
    """comparedWith stands with the smaller id first, however it was written."""
    third = samples.graph().contribution("p3")
    assert third is not None
    compared = [(f.subject, f.object) for f in third.facts if f.predicate == "comparedWith"]
    assert compared == [("thing/quicknet", "thing/slownet")]


def test_introduces_points_at_the_contribution() -> None:
    """The evidence of `introduces` is the sentence that presents the thing."""
    first = samples.graph().contribution("p1")
    assert first is not None
    introduced = next(f for f in first.facts if f.predicate == "introduces")
    assert [first.paper.text[e.start : e.end] for e in introduced.evidence] == [
        "We propose QuickNet for image sorting."
    ]
