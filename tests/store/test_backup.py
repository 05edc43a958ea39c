"""A backup is one published state, whole, of a folder that may be in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Writer, backup, check
from tests.store.states import quads_of


def test_a_live_folder_is_copied(folder: Path, tmp_path: Path) -> None:
    """While a writer holds it and has staged something; the copy is sound, the same, and can be built on."""
    target = tmp_path / "safe" / "copy"
    with Writer.open(folder) as writer:
        with writer.changing():
            writer.connection.execute("UPDATE entries SET state = 2")
        manifest = backup(folder, target)
    assert manifest.counts["papers"] == 3
    assert quads_of(folder) == quads_of(target)
    Writer.open(target).close()
    assert check(target) == ()


def test_nothing_is_overwritten(folder: Path, tmp_path: Path) -> None:
    """A backup never replaces what is there."""
    (tmp_path / "taken").mkdir()
    with pytest.raises(StoreError, match="is there already"):
        backup(folder, tmp_path / "taken")
