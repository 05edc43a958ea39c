"""The README's commands run as they stand, in a folder where `kg demo` was run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.arguments import COMMANDS

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^([ ]*)```(sh|python)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
_THINGS_TO_DO = 10


def _blocks() -> list[tuple[str, str]]:
    """(language, code) of each block under 'Ten things to do next', unindented."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    part = text.split("## Ten things to do next")[1].split("\n## ")[0]
    return [
        (match[2], "\n".join(line.removeprefix(match[1]) for line in match[3].splitlines()))
        for match in _BLOCK.finditer(part)
    ]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the demo's graph and two small inputs."""
    folder = tmp_path_factory.mktemp("readme")
    sample = (ROOT / "kg" / "sample" / "papers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "papers.jsonl").write_text("".join(sample[:4]), encoding="utf-8")
    entry = "@article{new2020, title={A New Net}, year={2020}, abstract={We propose NewNet. It is evaluated on MNIST.}}"
    (folder / "more.bib").write_text(entry, encoding="utf-8")
    _run("kg demo", folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _environment() -> dict[str, str]:
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _run(command: str, folder: Path) -> str:
    done = subprocess.run(
        command, shell=True, cwd=folder, env=_environment(), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_there_are_ten_things_to_do() -> None:
    """One block each."""
    assert len(_blocks()) == _THINGS_TO_DO


def test_they_all_run(place: Path) -> None:
    """In order, each command by itself; the server is asked and stopped."""
    for language, code in _blocks():
        if language == "python":
            script = place / "readme.py"
            script.write_text(code, encoding="utf-8")
            assert "outperforms" in _run(f"{sys.executable} readme.py", place)
            continue
        for command in code.splitlines():
            if command.startswith("kg serve"):
                _serve(command, place)
            else:
                _run(command, place)
    for made in ("graph", "page.html", "out", "small", "records.jsonl", "things.jsonl"):
        assert (place / made).exists(), made


def _serve(command: str, folder: Path) -> None:
    server = subprocess.Popen(
        command.split(), cwd=folder, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    port = command.rsplit(" ", 1)[1]
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                    assert answer.status == 200
                return
            except OSError:
                assert server.poll() is None, "the server stopped"
                assert time.monotonic() < deadline, "the server did not answer"
                time.sleep(0.2)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def test_every_command_stands_in_the_readme() -> None:
    """A command that nobody is told of is not there."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"kg {command}" not in text] == []


def test_links_lead_somewhere() -> None:
    """Every relative link and picture of the README is in the tree."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
