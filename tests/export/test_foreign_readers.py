"""Every format, read by programs that are not ours: the same nodes, the same edges, the same values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.export import export
from kg.graph.projection import Projection
from tests import samples
from tests.export.corpora import gold_graph, hostile_graph, named_graph
from tests.export.loaded import expected
from tests.export.readers import READERS, Reader, graphml_networkx
from tests.export.table_readers import csv_python, json_networkx, parquet_arrow

_CASES = [
    pytest.param(name, reader, id=reader.__name__, marks=[getattr(pytest.mark, marker) for marker in markers])
    for name, reader, markers in READERS
]
_GRAPHS: dict[str, Any] = {"samples": samples.graph, "hostile": hostile_graph}


@pytest.mark.parametrize(("name", "reader"), _CASES)
@pytest.mark.parametrize("which", sorted(_GRAPHS))
def test_a_foreign_reader_finds_the_same(name: str, reader: Reader, which: str, tmp_path: Path) -> None:
    """All ids, all ends, all values of all columns, hostile ones too."""
    graph = _GRAPHS[which]()
    directory = tmp_path / "out"
    written = export(graph, [name], directory)
    wanted = expected(Projection(graph))
    assert {(item.nodes, item.edges) for item in written} == {(len(wanted.nodes), len(wanted.edges))}
    found = reader(directory)
    assert found.nodes.keys() == wanted.nodes.keys()
    assert found.edges.keys() == wanted.edges.keys()
    for node, row in wanted.nodes.items():
        assert found.nodes[node] == row
    for edge, row in wanted.edges.items():
        assert found.edges[edge] == row


@pytest.mark.slow
@pytest.mark.parametrize(("name", "reader"), _CASES)
def test_a_foreign_reader_finds_the_same_in_real_abstracts(name: str, reader: Reader, tmp_path: Path) -> None:
    """The same on some thousand nodes of annotated abstracts, where they are."""
    graph = gold_graph()
    directory = tmp_path / "out"
    export(graph, [name], directory)
    assert reader(directory) == expected(Projection(graph))


_NAME = st.text(st.integers(0, 0x10FFFF).map(chr), min_size=1, max_size=30).filter(lambda name: bool(name.strip()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_NAME, min_size=1, max_size=5, unique=True))
def test_any_name_survives(tmp_path: Path, names: list[str]) -> None:
    """Any code points at all, in every text field, come back as the projection has them."""
    graph = named_graph(tuple(names))
    wanted = expected(Projection(graph))
    readers = {"graphml": graphml_networkx, "json": json_networkx, "csv": csv_python, "parquet": parquet_arrow}
    export(graph, tuple(readers), tmp_path)
    for reader in readers.values():
        assert reader(tmp_path) == wanted
