"""Generations of triples: made, changed and cleared without disturbing who reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import triples
from kg.store.database import told


def _line(number: int) -> str:
    return f'<http://example.org/{number}> <http://example.org/p> "{number}" <http://example.org/g> .'


def test_many_lines_are_loaded_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slice's length changes nothing; a quad given twice is one."""
    monkeypatch.setattr(triples, "_SLICE", 7)
    assert triples.load(tmp_path / "t", [*map(_line, range(40)), "\n".join(map(_line, range(40, 50))), _line(3)]) == 50


def test_a_changed_clone_leaves_its_source_alone(tmp_path: Path) -> None:
    """Table files are shared, contents are not."""
    place, copy = tmp_path / "triples-000001", tmp_path / "triples-000002"
    triples.load(place, map(_line, range(20)))
    before = triples.file_digests(place, {})
    triples.clone(place, copy)
    changes = [([_line(1), _line(2)], [_line(100)]), ([], [_line(101), _line(102)])]
    assert triples.replace(copy, changes) == 1
    assert before == triples.file_digests(place, {})
    held = triples.hold(tmp_path, 1)
    assert len(held.store) == 20
    held.close()


def test_what_is_read_is_not_cleared(tmp_path: Path) -> None:
    """A generation goes when its last reader has gone."""
    for number in (1, 2):
        triples.load(tmp_path / triples.name_of(number), [_line(number)])
    held = triples.hold(tmp_path, 1)
    triples.clear_old(tmp_path, keep=2)
    assert (tmp_path / triples.name_of(1)).is_dir()
    held.close()
    triples.clear_old(tmp_path, keep=2)
    assert not (tmp_path / triples.name_of(1)).exists()
    assert (tmp_path / triples.name_of(2)).is_dir()


def test_a_bad_line_makes_no_generation(tmp_path: Path) -> None:
    """The loader's error reaches the caller."""
    with pytest.raises(SyntaxError):
        triples.load(tmp_path / "t", [_line(1), "nonsense"])


def test_an_error_of_the_source_reaches_the_caller(tmp_path: Path) -> None:
    """Lines are made while they are loaded; what goes wrong there is not lost in the loader."""

    def lines() -> object:
        yield _line(1)
        raise StoreError("the source broke")

    with pytest.raises(StoreError, match="the source broke"), told(tmp_path):
        triples.load(tmp_path / "t", lines())  # type: ignore[arg-type]  # an iterator that is told as any object
