"""What the user names, and the files behind it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.read import find_inputs


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files in folders, with the working folder at their root."""
    for name in ("b.txt", "a.txt", "deep/er/c.bib.gz", "deep/d.csv", ".hidden", ".git/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*inputs: str | Path) -> list[str]:
    return [source.name for source in find_inputs(inputs)]


def test_folders_are_walked_in_sorted_order_without_hidden_files(tree: Path) -> None:
    """The members stand under the folder as it was named."""
    assert names(".") == ["a.txt", "b.txt", "deep/d.csv", "deep/er/c.bib.gz"]
    assert names("deep") == ["deep/d.csv", "deep/er/c.bib.gz"]


def test_absolute_paths_leave_no_trace_of_the_machine(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the working folder they are relative to it, elsewhere only the last part stays; talk has the whole path."""
    assert names(tree / "deep") == ["deep/d.csv", "deep/er/c.bib.gz"]
    monkeypatch.chdir(tree / "deep")
    (source, *_) = find_inputs([tree / "a.txt"])
    assert (source.name, source.given) == ("a.txt", str(tree / "a.txt"))
    assert names(tree)[:2] == [f"{tree.name}/a.txt", f"{tree.name}/b.txt"]


def test_patterns(tree: Path) -> None:
    """Sorted, with ** for any depth; a name that exists is no pattern."""
    assert names("*.txt") == ["a.txt", "b.txt"]
    assert names("**/*.csv") == ["deep/d.csv"]
    Path("a[1].txt").write_text("x")
    assert names("a[1].txt") == ["a[1].txt"]


def test_a_file_that_is_named_twice_is_read_once(tree: Path) -> None:
    """By its first name in alphabetical order, whatever the order of the arguments."""
    assert names("deep/../a.txt", "a.txt") == names("a.txt", "deep/../a.txt") == ["a.txt"]
    assert names("a.txt", ".") == ["a.txt", "b.txt", "deep/d.csv", "deep/er/c.bib.gz"]


def test_links_to_folders_make_no_cycles(tree: Path) -> None:
    """They are not followed."""
    (tree / "deep" / "loop").symlink_to(tree)
    assert names("deep") == ["deep/d.csv", "deep/er/c.bib.gz"]


@pytest.mark.parametrize("name", ["nowhere.txt", "no/*.txt", "a.txt/b", "\0", "x" * 5000])
def test_what_does_not_exist_is_the_users_error_and_is_named(tree: Path, name: str) -> None:
    """At once, before anything is read."""
    with pytest.raises(UsageError) as raised:
        find_inputs(["a.txt", name])
    assert raised.value.where.file == name


def test_an_empty_folder_and_no_input_are_errors(tree: Path) -> None:
    """Nothing to read is never a success."""
    Path("void").mkdir()
    for inputs in (["void"], []):
        with pytest.raises(UsageError):
            find_inputs(inputs)


def test_the_extension_is_that_under_the_compression(tree: Path) -> None:
    """c.bib.gz is BibTeX."""
    assert [source.extension for source in find_inputs(["deep"])] == ["csv", "bib"]


def test_files_of_one_name_from_two_places_are_told_apart(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By as much of their paths as it takes, in any order of the arguments."""
    for year in ("2023", "2024"):
        (tree / year / "in").mkdir(parents=True)
        (tree / year / "in" / "papers.jsonl").write_text("x")
    monkeypatch.chdir(tree / "deep")
    both = [tree / "2023" / "in" / "papers.jsonl", tree / "2024" / "in" / "papers.jsonl"]
    assert names(*both) == ["2023/in/papers.jsonl", "2024/in/papers.jsonl"]
    assert names(*reversed(both)) == ["2024/in/papers.jsonl", "2023/in/papers.jsonl"]
    assert names(both[0]) == ["papers.jsonl"]


def test_names_that_are_no_text_are_shown_as_escapes(tree: Path) -> None:
    """They are printed and stored, and the file is read all the same."""
    folder = os.fsencode(tree / "odd")
    os.mkdir(folder)  # noqa: PTH102 - a name in bytes
    with open(folder + b"/caf\xe9.txt", "wb"):  # noqa: PTH123 - a name in bytes
        pass
    (source,) = find_inputs(["odd"])
    assert source.name == "odd/caf\\udce9.txt"
    assert source.path is not None and source.path.exists()
