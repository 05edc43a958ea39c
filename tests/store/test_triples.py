"""Generations of triples: made, changed and cleared without disturbing who reads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import triples
from kg.store.database import told


def _line(number: int) -> str:
    return f'<http://example.org/{number}> <http://example.org/p> "{number}" <http://example.org/g> .'


def _block(*numbers: int) -> bytes:
    return "".join(f"{_line(number)}\n" for number in numbers).encode()


def test_many_lines_are_loaded_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slice's length changes nothing; a quad given twice is one."""
    monkeypatch.setattr(triples, "_SLICE", 7)
    assert triples.load(tmp_path / "t", [*map(_block, range(40)), _block(*range(40, 50)), _block(3)]) == 50


def test_something_else_is_done_while_slices_are_merged(tmp_path: Path) -> None:
    """Once, by the thread that asks for the generation, after the last line; what it raises is told."""
    done: list[tuple[threading.Thread, int]] = []
    asked: list[int] = []

    def blocks() -> Iterator[bytes]:
        for number in range(9):
            asked.append(number)
            yield _block(number)

    def aside() -> None:
        done.append((threading.current_thread(), len(asked)))

    assert triples.load(tmp_path / "t", blocks(), meanwhile=aside) == 9
    assert done == [(threading.current_thread(), 9)]

    def fails() -> None:
        raise ValueError("full")

    with pytest.raises(ValueError, match="full"):
        triples.load(tmp_path / "u", map(_block, range(9)), meanwhile=fails)


def test_slices_are_merged_when_all_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the twenty slices makes files of its own; what is published does not keep them."""
    triples.load(tmp_path / "one", map(_block, range(200)))
    monkeypatch.setattr(triples, "_SLICE", 10)
    assert triples.load(tmp_path / "many", map(_block, range(200))) == 200
    one, many = (len(list((tmp_path / name).glob("*.sst"))) for name in ("one", "many"))
    assert many < 2 * one


def test_a_slice_is_loaded_while_the_next_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are asked for as they are needed, from the thread that asks for the generation, and never all at once."""
    monkeypatch.setattr(triples, "_SLICE", 5)
    threads = set()

    def lines() -> Iterator[bytes]:
        for number in range(100):
            threads.add(threading.get_ident())
            yield _block(number)

    assert triples.load(tmp_path / "t", lines()) == 100
    assert threads == {threading.get_ident()}


def test_a_changed_clone_leaves_its_source_alone(tmp_path: Path) -> None:
    """Table files are shared, contents are not."""
    place, copy = tmp_path / "triples-000001", tmp_path / "triples-000002"
    triples.load(place, map(_block, range(20)))
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
        triples.load(tmp_path / triples.name_of(number), [_block(number)])
    held = triples.hold(tmp_path, 1)
    triples.clear_old(tmp_path, keep=2)
    assert (tmp_path / triples.name_of(1)).is_dir()
    held.close()
    triples.clear_old(tmp_path, keep=2)
    assert not (tmp_path / triples.name_of(1)).exists()
    assert (tmp_path / triples.name_of(2)).is_dir()


def test_a_bad_line_makes_no_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader's error reaches the caller, from the last slice or from one that others follow."""
    with pytest.raises(SyntaxError):
        triples.load(tmp_path / "t", [_block(1), b"nonsense\n"])
    monkeypatch.setattr(triples, "_SLICE", 1)
    with pytest.raises(SyntaxError):
        triples.load(tmp_path / "u", [b"nonsense\n", *map(_block, range(20))])


def test_an_error_of_the_source_reaches_the_caller(tmp_path: Path) -> None:
    """Lines are made while they are loaded; what goes wrong there is not lost in the loader."""

    def lines() -> object:
        yield _block(1)
        raise StoreError("the source broke")

    with pytest.raises(StoreError, match="the source broke"), told(tmp_path):
        triples.load(tmp_path / "t", lines())  # type: ignore[arg-type]  # an iterator that is told as any object
