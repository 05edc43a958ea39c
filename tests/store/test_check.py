"""Every kind of damage is found, and each finding says what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import check
from kg.store.database import DATABASE


def _sql(statement: str) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        connection = sqlite3.connect(folder / DATABASE)
        with connection:
            connection.executescript(statement)
        connection.close()

    return damage


def _flip(folder: Path) -> None:
    """One byte of the largest table file."""
    file = max(folder.glob("triples-*/*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def _scribble(folder: Path) -> None:
    """A page of the database overwritten."""
    with (folder / DATABASE).open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a lost manifest": (lambda folder: (folder / "manifest.json").unlink(), "is missing"),
    "a scribbled manifest": (lambda folder: (folder / "manifest.json").write_text("[]"), "not a manifest"),
    "a flipped byte of triples": (_flip, "is not what was published"),
    "lost triples": (
        lambda folder: shutil.rmtree(next(folder.glob("triples-*"))),
        "triples of the last build are missing",
    ),
    "a lost file of triples": (lambda folder: next(folder.glob("triples-*/*.sst")).unlink(), "is missing"),
    "a scribbled page": (_scribble, "damaged"),
    "a lost paper": (_sql("DELETE FROM papers WHERE id = 'p1'"), "names a paper that is not there"),
    "a lost thing": (_sql("DELETE FROM things WHERE id = 'thing/quicknet'"), "names a thing that is not there"),
    "a changed thing": (
        _sql("UPDATE things SET label = 'SlowerNet' WHERE id = 'thing/slownet'"),
        "not what was published",
    ),
    "a changed entry": (_sql("UPDATE entries SET body = zeroblob(9) WHERE id = 'p1'"), "not what was read"),
    "a changed record": (_sql("UPDATE records SET body = zeroblob(9)"), "cannot be read"),
    "a lost record": (_sql("DELETE FROM records"), "a paper has no record"),
    "a lost claim": (_sql("DELETE FROM claims"), "nodes"),
    "a lost text": (_sql("DELETE FROM worded"), "has no owner"),
    "a lost index": (_sql("DELETE FROM worded; DELETE FROM words"), "not in the search index"),
}


def test_a_sound_folder_has_no_findings(folder: Path) -> None:
    """Nothing is made up."""
    assert check(folder) == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_told(folder: Path, name: str) -> None:
    """What, where, and what to do."""
    damage, expected = DAMAGES[name]
    damage(folder)
    findings = check(folder)
    assert any(expected in finding.what for finding in findings), findings
    assert all(finding.to_do and finding.where for finding in findings)


def test_what_is_no_folder_cannot_be_checked(tmp_path: Path) -> None:
    """That is the user's error, not damage."""
    with pytest.raises(StoreError, match="not a graph folder"):
        check(tmp_path)
