"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.staging import Staging


def test_nothing_is_there_before_all_is(tmp_path: Path) -> None:
    """Two files appear together, when the block ends; readable by others as the user's own rules say."""
    (tmp_path / "one").write_text("before")
    with Staging(tmp_path) as files:
        with files.text("one") as out:
            out.write("line\r\n")
        assert (tmp_path / "one").read_text() == "before"
        with files.binary("two") as raw:
            raw.write(b"\x00")
        assert files.names == ("one", "two")
    assert (tmp_path / "one").read_bytes() == b"line\r\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o666 & ~mask


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    """The error itself comes through."""
    (tmp_path / "one").write_text("before")
    with pytest.raises(KeyError), Staging(tmp_path) as files, files.text("one") as out:
        out.write("half")
        raise KeyError
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    """Parts of processes that are no more go; those of one that lives stay."""
    process = subprocess.Popen(["true"])
    process.wait()
    (tmp_path / f".graph.gexf.{process.pid}.kg-part").write_text("half")
    alive = tmp_path / f".graph.gexf.{os.getppid()}.kg-part"
    alive.write_text("half")
    with Staging(tmp_path), Staging(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [alive.name]


def test_a_killed_writer_leaves_no_file_under_its_name(tmp_path: Path) -> None:
    """Killed in the midst of writing, from outside: the name is not there; the next one clears up."""
    code = (
        "import os, pathlib, signal, sys\n"
        "from kg.staging import Staging\n"
        "with Staging(pathlib.Path(sys.argv[1])) as files, files.text('one') as out:\n"
        "    out.write('half'); out.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    assert done.returncode == -9
    assert not (tmp_path / "one").exists()
    assert len(list(tmp_path.iterdir())) == 1
    with Staging(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be(tmp_path: Path) -> None:
    """Says what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="choose a directory"), Staging(tmp_path / "file" / "below"):
        pass
