"""A graph to any SPARQL 1.1 server, by the Graph Store HTTP Protocol, in batches that can be taken up again.

In: a graph folder and the address of the server's graph store. Out: the same triples there, in the same two named
graphs. The first batch of a graph replaces what the server had under that name (PUT), the others add to it (POST);
there are no blank nodes, so a batch that is sent twice does no harm. What was accepted is noted in a small file, and a
push that is started again goes on after it, as long as the folder's state is the same.

Source: SPARQL 1.1 Graph Store HTTP Protocol, W3C Recommendation of 21 March 2013, sections 4 and 5.
What it cannot do: make the whole change visible at once; readers of the server see a graph that grows.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from kg.errors import StoreError, UsageError, Where
from kg.flow.progress import Progress, quiet
from kg.rdf.quads import lines
from kg.store import Folder

__all__ = ["Pushed", "push"]

_BATCH = 20_000
_TRIES = 5
_TIMEOUT_S = 300.0
_PAUSE_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """How many triples the graph has, in how many batches, and how many of these a push before had sent already."""

    triples: int
    batches: int
    skipped: int


def push(
    folder: str | Path,
    store: str,
    *,
    batch: int = _BATCH,
    headers: Mapping[str, str] | None = None,
    notes: str | Path | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """Send the published state of `folder` to the graph store at `store`, such as http://host:7878/store.

    batch    triples a request, ≥ 1
    headers  sent with every request: {"Authorization": "Basic …"}
    notes    where the number of accepted batches is kept; None for a file beside the folder, named after the address

    Raises UsageError for an address that is none, StoreError where the server refuses or does not answer.
    """
    if urlsplit(store).scheme not in ("http", "https") or batch < 1:
        raise UsageError(f"cannot push {batch} triples at a time to {store!r}", to_do="give an http address")
    told = progress or quiet
    with Folder.open(folder) as opened:
        total = int(opened.manifest.counts.get("triples", 0))
        about = {
            "store": store,
            "batch": batch,
            "digests": dict(opened.manifest.digests),
            "shape": opened.manifest.shape,
        }
        note = _Note.read(Path(notes) if notes is not None else _beside(Path(folder), store), about)
        skipped = note.done
        sent = number = 0
        told("push", 0, total)
        begun: set[str] = set()
        for number, (graph, block) in enumerate(_batches(lines(opened.graph), batch), 1):
            if number > note.done:
                _send(store, graph, block, first=graph not in begun, headers=headers or {})
                note.write(number)
            begun.add(graph)
            sent += len(block)
            told("push", sent, total)
        note.forget()
    return Pushed(triples=sent, batches=number, skipped=skipped)


def _batches(quads: Iterator[str], size: int) -> Iterator[tuple[str, list[str]]]:
    """(graph's IRI, N-Triples) of at most `size` triples each, in one order for one state of the graph."""
    waiting: dict[str, list[str]] = {}
    for line in quads:
        triple, _, graph = line.removesuffix(" .").rpartition(" ")
        block = waiting.setdefault(graph, [])
        block.append(f"{triple} .")
        if len(block) == size:
            yield graph[1:-1], waiting.pop(graph)
    for graph in sorted(waiting):
        yield graph[1:-1], waiting[graph]


def _send(store: str, graph: str, block: list[str], *, first: bool, headers: Mapping[str, str]) -> None:
    """One request, tried again while the server or the network is at fault."""
    mark = "&" if urlsplit(store).query else "?"
    request = Request(  # noqa: S310 - the scheme was checked
        f"{store}{mark}graph={quote(graph, safe='')}",
        data="\n".join((*block, "")).encode(),
        headers={"Content-Type": "application/n-triples", **headers},
        method="PUT" if first else "POST",
    )
    where = Where(file=store)
    for attempt in range(_TRIES):
        try:
            with urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310 - the scheme was checked
                return
        except HTTPError as error:
            if error.code < 500 or attempt + 1 == _TRIES:
                said = error.read(200).decode("utf-8", "replace").strip()
                to_do = "check the address and the rights; what was accepted is not sent again"
                raise StoreError(f"refused with status {error.code}: {said}", where=where, to_do=to_do) from error
        except (URLError, HTTPException, OSError) as error:
            if attempt + 1 == _TRIES:
                to_do = "push again when it answers: it goes on where it stopped"
                raise StoreError(f"does not answer: {error}", where=where, to_do=to_do) from error
        time.sleep(_PAUSE_S * 2**attempt)


def _beside(folder: Path, store: str) -> Path:
    digest = hashlib.sha256(store.encode()).hexdigest()[:8]
    return folder.with_name(f"{folder.name}.push-{digest}.json")


@dataclass(slots=True)
class _Note:
    """How many batches of one push were accepted, in a file that is replaced whole."""

    path: Path
    about: Mapping[str, object]
    done: int = 0

    @classmethod
    def read(cls, path: Path, about: Mapping[str, object]) -> _Note:
        """The note of an earlier push of the same state to the same place, else a new one."""
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            done = int(said["done"]) if said["about"] == about else 0
        except (OSError, ValueError, KeyError, TypeError):
            done = 0
        return cls(path, about, done)

    def write(self, done: int) -> None:
        self.done = done
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.write_text(json.dumps({"about": self.about, "done": done}, sort_keys=True), encoding="utf-8")
        beside.replace(self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
