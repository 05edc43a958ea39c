"""What is not sure enough goes, and nothing is left that refers to it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.flow.threshold import above
from tests.samples import records

RECORD = records()[0]


def test_nothing_goes_at_zero() -> None:
    """The record itself, not a copy."""
    assert above(RECORD, 0.0) is RECORD


def test_an_entity_goes_with_its_last_mention() -> None:
    """And its relations, and its place among the introduced; one without mentions stays."""
    unsure = replace(
        RECORD, mentions=tuple(replace(m, score=0.2) if m.entity == "QuickNet" else m for m in RECORD.mentions)
    )
    kept = above(unsure, 0.5)
    assert "QuickNet" not in {entity.name for entity in kept.entities}
    assert (kept.introduced, kept.relations) == ((), ())
    bare = replace(RECORD, mentions=())
    assert bare.entities == above(bare, 0.5).entities


@settings(deadline=None)
@given(
    scores=st.lists(st.floats(0, 1), min_size=len(RECORD.mentions), max_size=len(RECORD.mentions)),
    least=st.floats(0, 1),
)
def test_what_stays_stands_by_itself(scores: list[float], least: float) -> None:
    """Every kept relation and introduction names a kept entity, every kept mention's entity is kept."""
    given_scores = tuple(replace(m, score=score) for m, score in zip(RECORD.mentions, scores, strict=True))
    kept = above(replace(RECORD, mentions=given_scores), least)
    names = {entity.name for entity in kept.entities}
    assert {mention.entity for mention in kept.mentions} <= names
    assert set(kept.introduced) <= names
    assert all({relation.head, relation.tail} <= names for relation in kept.relations)
    scores_left = [item.score for kind in (kept.mentions, kept.relations, kept.claims) for item in kind]
    assert min(scores_left, default=1.0) >= least
