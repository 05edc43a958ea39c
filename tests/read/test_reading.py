"""Reading as a whole: many inputs, standard input, compression, options, rejects of whole files."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
import zstandard

from kg.errors import UsageError
from kg.read import FORMATS, Reject, read
from tests.read.conftest import ReadAs, outcome_of


def fail(reject: Reject) -> None:
    raise AssertionError(str(reject))


def line(name: str) -> str:
    return json.dumps({"id": name, "title": f"Paper {name}", "abstract": "We do."}) + "\n"


def test_many_files_of_many_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders with compressed members; one source each, named as the user would."""
    monkeypatch.chdir(tmp_path)
    folder = Path("in")
    (folder / "sub").mkdir(parents=True)
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(line("a").encode()))
    (folder / "sub" / "b.zst").write_bytes(zstandard.ZstdCompressor().compress(line("b").encode()))
    (folder / "c.bib").write_text("@article{c, title={C}, abstract={We do}}")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    rejects: list[Reject] = []

    papers = list(read(["in"], on_reject=rejects.append))

    assert [(paper.id, paper.sources[0].file) for paper in papers] == [
        ("a", "in/a.jsonl.gz"),
        ("c", "in/c.bib"),
        ("b", "in/sub/b.zst"),
    ]
    (reject,) = rejects
    assert reject.where.file == "in/picture.png"
    assert reject.reason.startswith("the format cannot be told")
    assert all(name in (reject.to_do or "") for name in FORMATS)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named -, compressed or not, and left open."""
    for data in (line("a").encode(), gzip.compress(line("a").encode())):
        stdin = io.TextIOWrapper(io.BytesIO(data))
        monkeypatch.setattr(sys, "stdin", stdin)
        (paper,) = read(["-"], on_reject=fail)
        assert (paper.id, paper.sources[0].file) == ("a", "-")
        assert not stdin.buffer.closed


@pytest.mark.parametrize("options", [{"format": "docx"}, {"encoding": "klingon"}, {"max_bytes": 0}])
def test_options_that_cannot_be_are_told_before_reading(tmp_path: Path, options: dict[str, object]) -> None:
    """When `read` is called, not when the first paper is asked for."""
    path = tmp_path / "a.jsonl"
    path.write_text(line("a"))
    with pytest.raises(UsageError):
        read([path], on_reject=fail, **options)  # type: ignore[arg-type] # wrong on purpose


def test_a_path_that_does_not_exist_is_told_before_reading() -> None:
    """By its name."""
    with pytest.raises(UsageError, match="nowhere"):
        read(["nowhere.bib"], on_reject=fail)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "nothing in it"),
        (b" \n\n", "nothing in it"),
        (b"%PDF-1.7\n", "a PDF, not a format that is read"),
        (b"PK\x03\x04....", "a zip archive or an office document"),
        (b"<!DOCTYPE html><html><p>We do. You do.</p></html>", "the format cannot be told: an HTML page"),
        (b"<mods><title>T</title></mods>", "the format cannot be told: XML of another kind"),
        (b"[]", "no entries in it, read as json"),
        (b"just a few words", "the format cannot be told: it begins with «just a few words»"),
        (b"\x00\x01\x02" * 50, "the format cannot be told"),
    ],
)
def test_files_that_are_no_input_are_rejected_as_a_whole(read_as: ReadAs, content: bytes, reason: str) -> None:
    """With what was seen."""
    outcome = read_as(content)

    assert not outcome.papers
    assert outcome.reasons[0].startswith(reason)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Unreadable ones among them."""
    for name in "abc":
        (tmp_path / name).write_text(line(name))
    (tmp_path / "b").write_bytes(b"%PDF-1.7")
    outcome = outcome_of(tmp_path)
    assert [paper.id for paper in outcome.papers] == ["a", "c"]
    assert len(outcome.rejects) == 1


def test_a_device_without_data_is_rejected(tmp_path: Path) -> None:
    """A link to nothing, say."""
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a").write_text(line("a"))
    outcome = outcome_of(tmp_path)
    assert [paper.id for paper in outcome.papers] == ["a"]
    assert outcome.reasons == ["cannot be opened: No such file or directory"]


def test_entries_are_numbered_good_and_bad_alike(read_as: ReadAs) -> None:
    """So that a source and a reject of one file never share a number."""
    outcome = read_as(line("a") + "{}\n" + line("b"))

    assert [paper.sources[0].entry for paper in outcome.papers] == [1, 3]
    assert [reject.where.entry for reject in outcome.rejects] == [2]


def test_many_blank_lines_before_the_text_are_counted(read_as: ReadAs) -> None:
    """More than the head that the format is told by."""
    outcome = read_as("\n" * 200_000 + line("a"))

    assert outcome.paper.sources[0].line == 200_001


def test_addresses_are_read_by_fsspec() -> None:
    """Files, folders and patterns, compressed or not; named by their address."""
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.pipe({"/box/a.jsonl": line("a").encode(), "/box/deep/b.jsonl.gz": gzip.compress(line("b").encode())})

    def ids(address: str) -> list[str]:
        return [paper.id for paper in read([address], on_reject=fail)]

    assert ids("memory://box") == ["a", "b"]
    assert ids("memory://box/*.jsonl") == ["a"]
    (paper,) = read(["memory://box/deep/b.jsonl.gz"], on_reject=fail)
    assert paper.sources[0].file == "memory:///box/deep/b.jsonl.gz"
    for address in ("memory://nowhere", "klingon://box"):
        with pytest.raises(UsageError, match=address):
            read([address], on_reject=fail)
