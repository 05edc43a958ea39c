"""The triple store: one immutable pyoxigraph folder a generation.

A generation is built aside, then named by the commit of the database; nobody writes it afterwards, so readers open it
read-only without fear. The next one starts as hard links to the files of the last (RocksDB never changes a table file
that it has written), so a small change costs what it changes. A reader holds a shared lock on the generation it reads;
the writer removes old ones that nobody holds.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import FolderDamaged, Where
from kg.store.manifest import sync_folder

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["Held", "clear_old", "clone", "file_digests", "hold", "load", "name_of", "replace"]

_TABLE = ".sst"
_LINES = 20_000
_SLICE = 250_000
"""Quads loaded at a time by one thread: the loader holds them all to sort them, about a kilobyte each."""
_LOADERS = 2
_YIELD = 5
"""How much lower the priority of RocksDB's own threads is; see `_opened`."""


def name_of(generation: int) -> str:
    """The folder's name of a generation's triples."""
    return f"triples-{generation:06d}"


class Held:
    """A generation that is being read: the lock that keeps it from being removed, and the store, opened when asked for."""

    def __init__(self, place: Path, descriptor: int) -> None:
        self._place = place
        self._descriptor = descriptor
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The triples, read-only. Raises FolderDamaged where they cannot be opened."""
        from pyoxigraph import Store

        if self._store is None:
            try:
                self._store = Store.read_only(str(self._place))
            except (OSError, RuntimeError, ValueError) as error:
                to_do = f"delete {self._place.name} and run `kg build -o GRAPH`: it makes the triples again"
                where = Where(file=str(self._place))
                raise FolderDamaged(f"cannot be opened: {error}", where=where, to_do=to_do) from error
        return self._store

    def close(self) -> None:
        """Let go of it."""
        self._store = None
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def hold(folder: Path, generation: int) -> Held:
    """Keep a generation for reading. Raises FileNotFoundError where it is gone already."""
    place = folder / name_of(generation)
    descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not place.is_dir():
            raise FileNotFoundError(str(place))
    except BaseException:
        os.close(descriptor)
        raise
    return Held(place, descriptor)


def clear_old(folder: Path, keep: int) -> None:
    """Remove every generation but one, and what a killed build left; those that someone reads stay for the next time."""
    for place in sorted(folder.glob("triples-*")):
        if place.name == name_of(keep) or not place.is_dir():
            continue
        descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(place)
        finally:
            os.close(descriptor)


def clone(source: Path, target: Path) -> None:
    """Copy a closed store: table files by hard link where the file system can, the few small ones byte by byte."""
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    for file in sorted(source.iterdir()):
        linked = target / file.name
        if file.suffix == _TABLE:
            try:
                os.link(file, linked)
                continue
            except OSError:
                pass
        if file.name != "LOCK" and not file.name.startswith("LOG"):
            shutil.copyfile(file, linked)


def _opened(place: Path) -> Store:
    """A store to write, whose own threads give way to ours.

    RocksDB begins to merge what is there as soon as two slices are, and again with every slice that comes: the more there
    is, the more it writes anew, for nothing, because all is merged at the end. It cannot be told to wait, but on Linux its
    threads have the priority of the thread that opens the first store of a process.
    """
    from pyoxigraph import Store

    def open_humbly() -> Store:
        if sys.platform == "linux":
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _YIELD)
        return Store(str(place))

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(open_humbly).result()


def _write(place: Path, work: Callable[[Store], None], *, count: bool = False) -> int:
    """Let `work` change a store; the number of its quads, if asked for. It is flushed, closed and on disk when this returns."""
    store = _opened(place)
    work(store)
    store.flush()
    quads = len(store) if count else 0
    del store  # the last reference: RocksDB closes, and its files stand still
    for file in place.iterdir():
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    sync_folder(place)
    return quads


def _slices(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks of lines put together, about so many lines a slice; one slice is held."""
    held: list[bytes] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += block.count(b"\n")
        if count >= _SLICE:
            yield b"".join(held)
            held, count = [], 0
    if held:
        yield b"".join(held)


def _nothing() -> None:
    """What is to be done where nothing is."""


def load(place: Path, blocks: Iterable[bytes], *, meanwhile: Callable[[], None] = _nothing) -> int:
    """Make a generation of N-Quads as they come, whole lines with their ends; the number of distinct quads.

    Slices are loaded by threads, while the next one is made. Each becomes files of its own, which are merged once, when
    all are there; merging takes one core, so that another has time for what is to be done `meanwhile`. Lines are those of
    `kg.rdf.quads`, whose IRIs are made well-formed: they are not looked at again.
    """
    from pyoxigraph import RdfFormat

    if place.exists():
        shutil.rmtree(place)
    place.mkdir(parents=True)

    def fill(store: Store) -> None:
        loading: deque[Future[None]] = deque()
        with ThreadPoolExecutor(_LOADERS) as loaders:
            for quads in _slices(blocks):
                if len(loading) == _LOADERS:
                    loading.popleft().result()
                loading.append(loaders.submit(store.bulk_load, input=quads, format=RdfFormat.N_QUADS, lenient=True))
            for loaded in loading:
                loaded.result()
            merging = loaders.submit(store.optimize)
            meanwhile()
            merging.result()

    return _write(place, fill, count=True)


def replace(place: Path, changes: Iterable[tuple[Collection[str], Collection[str]]]) -> int:
    """Change a generation that is not published yet by (lines that go, lines that come); how many quads it gains.

    Lines that go must be there and lines that come must not, each named once: then nothing needs to be counted.
    """
    from pyoxigraph import RdfFormat, parse

    gain = 0

    def change(store: Store) -> None:
        nonlocal gain
        added: list[str] = []
        for going, coming in changes:
            gain += len(coming) - len(going)
            for quad in parse("\n".join(going), format=RdfFormat.N_QUADS):
                store.remove(quad)
            added.extend(coming)
            if len(added) >= _LINES:
                store.extend(parse("\n".join(added), format=RdfFormat.N_QUADS))
                added = []
        store.extend(parse("\n".join(added), format=RdfFormat.N_QUADS))

    _write(place, change)
    return gain


def file_digests(place: Path, known: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of each table file, by name and size; those that `known` has already are not read again."""
    digests = {}
    for file in sorted(place.glob(f"*{_TABLE}")):
        name = f"{file.name}:{file.stat().st_size}"
        digests[name] = known.get(name) or _digest(file)
    return digests


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
