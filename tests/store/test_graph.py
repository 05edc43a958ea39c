"""The stored graph says what the graph in memory says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import MemoryGraph
from kg.rdf.quads import quads
from kg.store import Folder
from tests.samples import records, things
from tests.store.states import quads_of

MEMORY = MemoryGraph.of(records(), things(records()), hierarchy=[("thing/quicknet", "thing/slownet")])


@pytest.mark.parametrize("name", ["papers", "things", "claims", "facts", "contributions"])
def test_every_stream_is_that_of_the_graph_in_memory(folder: Path, name: str) -> None:
    """Same values, same order."""
    with Folder.open(folder) as opened:
        assert list(getattr(MEMORY, name)()) == list(getattr(opened.graph, name)())


def test_lookups_and_counts_agree(folder: Path) -> None:
    """One paper, one thing, what is not there, and how much there is."""
    with Folder.open(folder) as opened:
        graph = opened.graph
        assert MEMORY.contribution("p1") == graph.contribution("p1")
        assert graph.contribution("nobody") is None
        assert MEMORY.thing("thing/quicknet") == graph.thing("thing/quicknet")
        assert graph.thing("thing/nothing") is None
        assert MEMORY.counts() == graph.counts()
        assert sum(fact.subject == "thing/quicknet" for fact in MEMORY.facts()) == len(
            list(graph.links_from("thing/quicknet"))
        )


def test_triples_are_those_of_the_graph(folder: Path) -> None:
    """What SPARQL sees is the graph, no quad more or less."""
    assert {str(quad) for quad in quads(MEMORY)} == quads_of(folder)


def test_records_come_back_whole(folder: Path) -> None:
    """What was kept without its paper is put together again."""
    with Folder.open(folder) as opened:
        assert list(records()) == list(opened.graph.records())
