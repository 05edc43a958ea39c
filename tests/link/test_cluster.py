"""Groups of joins: no chain brings together what must stay apart."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kg.domain import Reason
from kg.link.cluster import Join, cluster
from kg.link.decide import forbidden
from kg.link.tally import NodeKey

_KEYS = ["cifar 10", "cifar 100", "cifar", "supervised learning", "unsupervised learning", "learning", "gan", "gcn"]


def _join(left: str, right: str, rule: str = "spelling", score: float = 1.0) -> Join:
    a, b = sorted((left, right))
    return Join(left=(a, ""), right=(b, ""), reason=Reason(rule=rule, left=a, right=b, score=score))


def _node(key: str) -> NodeKey:
    return key, ""


def test_a_chain_is_cut_where_it_would_join_never_merge_names() -> None:
    """The better join is taken, the other is not."""
    joins = [_join("backpropagation", "back propagation"), _join("backpropagation", "feed propagation", score=0.9)]
    nodes = [_node(key) for key in ("back propagation", "backpropagation", "feed propagation")]
    groups = cluster(nodes, joins, concepts={})
    assert [[key for key, _ in group.nodes] for group in groups] == [
        ["back propagation", "backpropagation"],
        ["feed propagation"],
    ]


def test_labels_of_one_concept_may_differ_in_everything() -> None:
    """The authority says so."""
    nodes = [_node("f measure"), _node("f1")]
    groups = cluster(nodes, [_join("f measure", "f1", "authority")], concepts=dict.fromkeys(nodes, "c:f1"))
    assert len(groups) == 1
    assert groups[0].concept == "c:f1"


def test_two_concepts_are_never_one_unless_a_person_says_so() -> None:
    """By spelling they stay apart, by hand they join."""
    nodes = [_node("a thing"), _node("athing")]
    concepts = {nodes[0]: "c:1", nodes[1]: "c:2"}
    assert len(cluster(nodes, [_join("a thing", "athing")], concepts=concepts)) == 2
    assert len(cluster(nodes, [_join("a thing", "athing", "curated")], concepts=concepts)) == 1


def test_a_person_can_part_what_everything_else_joins() -> None:
    """Never-same is stronger than the same key squashed."""
    nodes = [_node("a thing"), _node("athing")]
    assert len(cluster(nodes, [_join("a thing", "athing")], concepts={}, parted=lambda a, b: a != b)) == 2


@given(st.lists(st.tuples(st.sampled_from(_KEYS), st.sampled_from(_KEYS)), max_size=20))
def test_no_group_holds_a_forbidden_pair(pairs: list[tuple[str, str]]) -> None:
    """Whatever joins are proposed, in whatever order."""
    joins = [_join(left, right) for left, right in pairs if left != right]
    groups = cluster([_node(key) for key in _KEYS], joins, concepts={})
    for group in groups:
        for (left, _), (right, _) in itertools.combinations(group.nodes, 2):
            assert forbidden(left, right) is None
    assert groups == cluster([_node(key) for key in reversed(_KEYS)], joins[::-1], concepts={})
    assert sorted(node for group in groups for node in group.nodes) == sorted(_node(key) for key in _KEYS)
