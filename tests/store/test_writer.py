"""One writer at a time, and nothing published by halves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import FolderLocked, FolderVersion, StoreError
from kg.store import Folder, Writer, read_manifest, schema
from kg.store.lock import LOCK, holder
from tests.store.states import quads_of

_HOLD = "import sys, time\nfrom kg.store import Writer\nwith Writer.open(sys.argv[1]):\n print('held', flush=True)\n time.sleep(60)"


def test_the_second_writer_is_told_who_holds_it(folder: Path) -> None:
    """Process, host and time; and when that process is killed, the lock is gone with it."""
    other = subprocess.Popen([sys.executable, "-c", _HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FolderLocked, match=f"process {other.pid} on ") as caught:
            Writer.open(folder)
        assert "wait" in str(caught.value)
        assert len(list(Folder.open(folder).graph.papers())) == 3, "readers are not locked out"
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert other.stdout is not None
        other.stdout.close()
    Writer.open(folder).close()


def test_a_holder_that_nobody_can_name(tmp_path: Path) -> None:
    """A lock file that says nothing gives words, not an error."""
    (tmp_path / LOCK).write_text("{")
    assert holder(tmp_path) == "another process"


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """No graph is made among a person's files, nor in the place of one."""
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(StoreError, match=r"holds thesis\.tex"):
        Writer.open(tmp_path)
    with pytest.raises(StoreError, match="is a file"):
        Writer.open(tmp_path / "thesis.tex")
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_folder_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    """`remove` on a mistyped name makes no folder."""
    with pytest.raises(StoreError, match="not a graph folder"):
        Writer.open(tmp_path / "grahp", create=False)
    assert not (tmp_path / "grahp").exists()


def test_what_raises_is_not_published(folder: Path) -> None:
    """An error in the middle of the publishing transaction leaves the state before."""
    before = quads_of(folder)
    with Writer.open(folder) as writer, pytest.raises(ZeroDivisionError), writer.publishing():
        writer.connection.execute("DELETE FROM papers")
        writer.triples_path(2).mkdir()
        raise ZeroDivisionError
    with Folder.open(folder) as opened:
        assert len(list(opened.graph.papers())) == 3
    assert before == quads_of(folder)
    with Writer.open(folder) as writer:
        assert not writer.triples_path(2).exists(), "what the failed one left is cleared away"


def test_publishing_without_a_word_is_an_error(folder: Path) -> None:
    """A state without a manifest cannot be."""
    with Writer.open(folder) as writer, pytest.raises(StoreError, match="nothing was published"), writer.publishing():
        pass


def test_a_manifest_that_was_not_written_is_written_by_the_next(folder: Path) -> None:
    """The kill came between the commit and the rename."""
    said = read_manifest(folder)
    (folder / "manifest.json").write_text(json.dumps({"format": 1}))
    Writer.open(folder).close()
    assert said == read_manifest(folder)


def test_an_older_form_is_brought_up_to_date_or_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the statements that lead from one form to the next; without them, with a sentence."""
    from kg.store import writer

    later = schema.FORMAT + 1
    monkeypatch.setattr(writer, "FORMAT", later)
    with pytest.raises(FolderVersion, match="cannot be brought up to date"):
        Writer.open(folder)
    monkeypatch.setattr(writer, "MIGRATIONS", {schema.FORMAT: ("CREATE TABLE news(x)",)})
    monkeypatch.setattr("kg.store.folder.FORMAT", later)
    with Writer.open(folder) as opened:
        assert opened.connection.execute("PRAGMA user_version").fetchone() == (later,)
        assert opened.connection.execute("SELECT count(*) FROM news").fetchone() == (0,)
