"""Short forms: each paper's own meaning first, then what nearly all papers mean, then the authority."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.domain import EntityType
from kg.link import Concept
from kg.link.abbreviation import LEAST_PART, stands_for
from tests.link.given import authority, ids_by_entity, name

_SPIKING = Concept(iri="c:snn", label="spiking neural network", type=EntityType.ARCH, others=("SNN",))


def test_an_unexpanded_short_form_joins_the_only_long_form() -> None:
    """One paper defines LSTM, another just says it."""
    ids = ids_by_entity([name("a", "long short-term memory", "ARCH", "LSTM"), name("b", "LSTM", "ARCH")])
    assert ids["LSTM"] == ids["long short-term memory"] == {"thing/long-short-term-memory"}


def test_a_short_form_with_two_senses_keeps_to_itself() -> None:
    """Neither sense holds nine tenths of the papers that define it."""
    found = [
        name("a", "sparse neural network", "ARCH", "SNN"),
        name("b", "Siamese neural network", "ARCH", "SNN"),
        name("c", "SNN", "ARCH"),
    ]
    assert ids_by_entity(found)["SNN"] == {"thing/snn"}


def test_one_odd_paper_among_many_does_not_count() -> None:
    """Nineteen of twenty are enough."""
    found = [name(f"p{n}", "convolutional neural network", "ARCH", "CNN") for n in range(19)]
    found += [name("q", "cellular neural network", "ARCH", "CNN"), name("r", "CNN", "ARCH")]
    ids = ids_by_entity(found)
    assert ids["CNN"] == ids["convolutional neural network"] != ids["cellular neural network"]


def test_writings_of_the_long_form_vote_together() -> None:
    """Nine tenths of the papers, however they write it."""
    found = [
        name("a", "state space model", "ARCH", "SSM"),
        name("b", "State-Space Models", "ARCH", "SSM"),
        name("c", "SSM", "ARCH"),
    ]
    assert len({frozenset(ids) for ids in ids_by_entity(found).values()}) == 1


def test_the_authority_stands_where_no_paper_says_otherwise() -> None:
    """Also where no paper has the long form at all; and every short form of the concept joins the same thing."""
    assert ids_by_entity([name("a", "SNN", "ARCH")], authority(_SPIKING))["SNN"] == {"thing/spiking-neural-network"}


def test_a_paper_that_means_something_else_leaves_the_short_form_alone() -> None:
    """Three against one is less than nine tenths."""
    found = [name("a", "sparse neural network", "ARCH", "SNN"), name("b", "SNN", "ARCH")]
    assert ids_by_entity(found, authority(_SPIKING))["SNN"] == {"thing/snn"}


def test_a_metric_and_a_method_of_one_short_form_stay_apart() -> None:
    """Only definitions of the same kind count."""
    found = [name("a", "mean average precision", "METRIC", "MAP"), name("b", "MAP", "METHOD")]
    ids = ids_by_entity(found)
    assert ids["MAP"] != ids["mean average precision"]


def test_other_numbers_are_no_abbreviation() -> None:
    """What a paper calls one thing may still not be joined across papers by it."""
    found = [name("a", "residual network of 50 layers", "ARCH", "RN5L"), name("b", "RN5L", "ARCH")]
    ids = ids_by_entity(found)
    assert ids["RN5L"] != ids["residual network of 50 layers"]


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 40)), st.none() | st.sampled_from("abcd"))
def test_the_winner_holds_nine_tenths(defined: dict[str, int], known: str | None) -> None:
    """And there is never more than one."""
    found = stands_for(defined, known)
    if found is not None:
        target, part = found
        assert part >= LEAST_PART
        assert target == known or target in defined
        assert stands_for(dict(reversed(defined.items())), known) == found
