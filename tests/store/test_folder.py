"""Opening, and what a reader sees while another process writes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import FolderVersion, StoreError
from kg.store import Folder, Writer, is_folder
from kg.store.database import DATABASE
from tests.samples import records, things
from tests.store.states import publish


def test_what_is_no_folder_is_said_so(tmp_path: Path) -> None:
    """No traceback, and what to do."""
    assert not is_folder(tmp_path)
    with pytest.raises(StoreError, match="not a graph folder"):
        Folder.open(tmp_path)


def test_a_folder_without_a_finished_build_says_so(tmp_path: Path) -> None:
    """The first build was killed before it published."""
    Writer.open(tmp_path / "graph").close()
    with pytest.raises(StoreError, match="no finished build"):
        Folder.open(tmp_path / "graph")


def test_a_later_form_is_refused_by_reader_and_writer(folder: Path) -> None:
    """An older program does not touch what it does not know."""
    with sqlite3.connect(folder / DATABASE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FolderVersion, match="form 99"):
        Folder.open(folder)
    with pytest.raises(FolderVersion, match="form 99"):
        Writer.open(folder)


def test_a_reader_keeps_its_state_while_another_is_published(folder: Path) -> None:
    """Rows and triples both stay what they were; whoever opens anew sees the new state; the old triples go later."""
    with Folder.open(folder) as before:
        papers, triples = before.stats()["papers"], len(before.triples)
        publish(folder, records()[:0], things(records()))
        old_place = before.triples_path
        assert (3, triples) == (len(list(before.graph.papers())), len(before.triples))
        assert papers == 3
        assert old_place.is_dir()
        with Folder.open(folder) as after:
            assert before.manifest.generation + 1 == after.manifest.generation
    with Writer.open(folder):
        assert not old_place.exists()


def test_a_closed_folder_says_so(folder: Path) -> None:
    """Not a crash of the library below."""
    opened = Folder.open(folder)
    opened.close()
    with pytest.raises(StoreError, match="closed"):
        opened.triples  # noqa: B018 - the property itself raises


def test_a_folder_can_be_read_where_nothing_can_be_written(folder: Path) -> None:
    """A folder on a read-only medium is still a graph."""
    for place in (folder, *folder.rglob("*")):
        place.chmod(place.stat().st_mode & ~0o222)
    try:
        with Folder.open(folder) as opened:
            assert len(list(opened.graph.papers())) == 3
    finally:
        for place in (folder, *folder.rglob("*")):
            place.chmod(place.stat().st_mode | 0o200)
