"""A graph is pushed to a real SPARQL 1.1 server, in batches that are taken up again."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.cli import DONE, main
from kg.cluster import push as module
from kg.cluster.push import push
from kg.errors import StoreError, UsageError
from tests.samples import records, things
from tests.store.states import publish, quads_of

OXIGRAPH = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The three sample papers."""
    publish(tmp_path / "graph", records(), things(records()))
    return tmp_path / "graph"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Oxigraph's own server, on loopback; its address."""
    if OXIGRAPH is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [OXIGRAPH, "serve", "--location", str(tmp_path / "server"), "--bind", f"127.0.0.1:{port}"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/query?query=ASK%7B%7D", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield address
    finally:
        running.kill()
        running.wait()


def _there(address: str) -> set[str]:
    request = urllib.request.Request(f"{address}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return {str(quad) for quad in pyoxigraph.parse(input=answer.read(), format=pyoxigraph.RdfFormat.N_QUADS)}


def test_the_server_holds_what_the_folder_holds(folder: Path, server: str) -> None:
    """Also when it held another state before."""
    first = push(folder, f"{server}/store", batch=50)
    assert quads_of(folder) == _there(server)
    assert (len(quads_of(folder)), 0) == (first.triples, first.skipped)
    publish(folder, records()[:0], things(records()))
    push(folder, f"{server}/store", batch=50)
    assert quads_of(folder) == _there(server)


def test_a_push_that_broke_off_goes_on(folder: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was accepted is not sent again; the end is the same."""
    send = module._send
    sent: list[str] = []

    def breaking(*arguments: object, **named: object) -> None:
        if len(sent) == 3:
            sent.append("broken")
            raise StoreError("the network went away")
        sent.append("sent")
        send(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(module, "_send", breaking)
    with pytest.raises(StoreError, match="went away"):
        push(folder, f"{server}/store", batch=40)
    again = push(folder, f"{server}/store", batch=40)
    assert again.skipped == 3
    assert again.batches == sent.count("sent")
    assert quads_of(folder) == _there(server)
    assert not list(folder.parent.glob("*.push-*")), "the note is gone when all is done"


def test_the_command_sends_and_says_so(
    folder: Path, server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a header from a file, out of sight of other users of the machine."""
    (tmp_path / "secret").write_text("Bearer abc\n")
    store = f"{server}/store"
    command = ["push", str(folder), store, "--batch", "50", "--header", f"Authorization: @{tmp_path / 'secret'}"]
    assert main([*command, "--json", "--quiet"]) == DONE
    assert json.loads(capsys.readouterr().out)["triples"] == len(quads_of(folder)) == len(_there(server))
    assert main(command) == DONE
    said = capsys.readouterr()
    assert "triples in" in said.out
    assert "push" in said.err


def test_a_refusal_is_told(folder: Path, server: str) -> None:
    """A wrong path is the server's 404, not a traceback."""
    with pytest.raises(StoreError, match="refused with status 4"):
        push(folder, f"{server}/nowhere")


def test_a_server_that_does_not_answer_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some tries."""
    monkeypatch.setattr(module, "_PAUSE_S", 0.0)
    with pytest.raises(StoreError, match="does not answer"):
        push(folder, "http://127.0.0.1:9/store")


def test_an_address_that_is_none(folder: Path) -> None:
    """Before anything is read."""
    with pytest.raises(UsageError, match="cannot push"):
        push(folder, "file:///etc/passwd")
