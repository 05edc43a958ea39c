"""Indexes that are kept between starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.serve import kept
from kg.store import Folder
from tests.samples import records, things
from tests.serve.server import running
from tests.store.states import publish


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """A graph folder of the sample papers, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    publish(tmp_path / "graph", records(), things(records()), hierarchy=[("thing/quicknet", "thing/slownet")])
    with Folder.open(tmp_path / "graph") as opened:
        yield opened


def test_made_once(folder: Folder) -> None:
    """The second start reads what the first one made."""
    first = kept.index_of(folder)
    made = first.path.stat().st_ino
    assert first.path.parent == kept.cache_folder()
    assert kept.index_of(folder).path.stat().st_ino == made
    assert first.number("SELECT count(*) FROM papers") == 3
    assert sorted(path.suffix for path in kept.cache_folder().iterdir()) == [".sqlite"]


def test_same_as_in_memory(folder: Folder) -> None:
    """The stored graph gives the same links as any graph, the authority's among them."""
    rows = kept.index_of(folder).rows(
        """SELECT s.id, predicate, o.id FROM links JOIN things s ON s.n = subject JOIN things o ON o.n = object"""
    )
    expected = [f for f in folder.graph.facts() if f.subject.startswith("thing/")]
    assert {tuple(row) for row in rows} == {(f.subject, f.predicate, f.object) for f in expected}
    assert ("thing/quicknet", "isA", "thing/slownet") in {tuple(row) for row in rows}


def test_a_cache_that_cannot_be_written(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the index is made aside, and all works."""
    (tmp_path / "taken").write_text("a file where the cache should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    index = kept.index_of(folder)
    assert index.number("SELECT count(*) FROM papers") == 3
    index.close()


def test_a_folder_is_served(folder: Folder) -> None:
    """The whole way over a folder, and the folder stays as it is."""
    before = {path.name: path.stat().st_mtime_ns for path in folder.path.iterdir()}
    with running(folder.path) as found:
        assert found.client.get("/api/thing/quicknet").json()["thing"]["label"] == "QuickNet"
        assert found.client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    assert {path.name: path.stat().st_mtime_ns for path in folder.path.iterdir()} == before
