"""Counting names, and parting a key by type."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.domain import EntityType
from kg.link.tally import Kind, Tally, count_names, kind_of, part_by_type
from tests.link.given import name

_KINDS = st.sampled_from(EntityType)


def _tally(count: int, form: str) -> Tally:
    return Tally(names=count, forms={form: count})


def _parts(form: str, **counts: int) -> list[str]:
    tallies = {EntityType(kind): _tally(count, form) for kind, count in counts.items()}
    return [node.part for node in part_by_type(form.lower(), tallies)]


def test_methods_architectures_and_tasks_are_never_parted() -> None:
    """Papers type one thing differently."""
    assert _parts("transfer learning", METHOD=5, TASK=5, ARCH=5) == [""]


def test_an_abbreviation_can_be_a_metric_and_a_method() -> None:
    """MAP is both, once both are seen often enough."""
    assert _parts("MAP", METRIC=4, METHOD=3) == ["making", "metric"]
    assert _parts("MAP", METRIC=4, METHOD=1) == [""]


def test_an_ordinary_name_is_parted_only_into_dataset_and_metric() -> None:
    """Tasks and metrics are easily taken for each other."""
    assert _parts("robustness", METRIC=4, TASK=4) == [""]
    assert _parts("spider", DATASET=4, METRIC=4) == ["dataset", "metric"]


def test_an_authority_that_knows_both_parts_them_at_once() -> None:
    """One name of each is enough then."""
    tallies = {EntityType.METRIC: _tally(1, "MAP"), EntityType.METHOD: _tally(1, "MAP")}
    known = frozenset({Kind.METRIC, Kind.MAKING})
    assert [node.part for node in part_by_type("map", tallies, known)] == ["making", "metric"]


@given(st.dictionaries(_KINDS, st.integers(1, 6), min_size=1), st.booleans())
def test_no_name_is_lost_by_parting(counts: dict[EntityType, int], short: bool) -> None:
    """The nodes of a key have all its names, each once, and different parts."""
    form = "ABC" if short else "plain name"
    nodes = part_by_type("k", {kind: _tally(count, form) for kind, count in counts.items()})
    assert sum(node.names for node in nodes) == sum(counts.values())
    assert len({node.part for node in nodes}) == len(nodes)
    assert sorted(kind for node in nodes for kind, _ in node.types) == sorted(counts)


@given(st.lists(st.sampled_from(["CNN", "cnn", "Adam", "GAN"]), max_size=12), st.integers(0, 12))
def test_shards_can_be_counted_apart(found: list[str], cut: int) -> None:
    """Two sums added are the sum of both."""
    every = [name(f"p{number}", entity) for number, entity in enumerate(found)]
    left, right = count_names(every[:cut]), count_names(every[cut:])
    for key, by_type in right.items():
        for kind, tally in by_type.items():
            left.setdefault(key, {}).setdefault(kind, Tally()).add(tally)
    assert left == count_names(every)


def test_kinds() -> None:
    """Three kinds for five types."""
    assert [kind_of(kind) for kind in EntityType] == [
        Kind.MAKING,
        Kind.MAKING,
        Kind.DATASET,
        Kind.MAKING,
        Kind.METRIC,
    ]
