"""Fixtures: the graph of the invented papers, and a store of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import RdfFormat, Store

from kg.graph import MemoryGraph
from kg.rdf.quads import lines
from kg.rdf.query import load
from tests.rdf import corpus

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def graph() -> MemoryGraph:
    """The graph of the invented papers."""
    return corpus.graph()


@pytest.fixture(scope="session")
def store(graph: MemoryGraph) -> Store:
    """The same, to be asked."""
    return load(graph)


@pytest.fixture(scope="session")
def place(graph: MemoryGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, on disk and closed."""
    path = tmp_path_factory.mktemp("triples")
    store = Store(str(path))
    store.bulk_load(input="\n".join(lines(graph)).encode(), format=RdfFormat.N_QUADS)
    store.flush()
    del store
    return path
