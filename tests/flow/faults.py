"""Builds that are killed, and builds that find the disk full: run apart from the tests, where processes can be forked.

    python -m tests.flow.faults kill FOLDER COUNT SEED      COUNT kills at random instants, each build then resumed
    python -m tests.flow.faults full FOLDER                 builds under growing limits of what a file may hold

Prints one JSON object: what was done and what went wrong (nothing, in a list). Everything is loaded before the first
fork, so a kill falls into a build, not into Python's start. A kill goes to the whole process group: the build and, in
every twentieth run, the processes that extract for it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import kg.link
from kg.build import BuildOptions, build, remove
from kg.domain import Paper
from kg.errors import StoreError, UsageError
from kg.flow import contributions, extraction
from kg.flow.settings import extractor_of
from kg.store import check, is_folder
from tests.flow.corpus import OPTIONS, paper, write
from tests.flow.states import fingerprint

kg.link.default_authority()
list(extractor_of(OPTIONS.extractor).extract([Paper(id="warm", title="", text="We propose FooNet for parsing.")]))

_HANGS_S = 600.0
"""How long a child may take: a hundred times what it takes on a busy machine."""
_SPREAD_EVERY = 20
"""One run in so many has processes of its own: starting them costs as much as ten small builds."""


@dataclass(frozen=True, slots=True)
class Change:
    """One command on a folder, and the files that the folder holds before and after it."""

    name: str
    run: Callable[[Path, BuildOptions], None]
    before: tuple[Path, ...]
    after: tuple[Path, ...]


def _changes(room: Path) -> tuple[Change, ...]:
    first = tuple(
        write(room / f"first-{n}.jsonl", [paper(3 * n), paper(3 * n + 1), paper(3 * n + 2)]) for n in range(2)
    )
    second = tuple(write(room / f"second-{n}.jsonl", [paper(6 + 3 * n), paper(7 + 3 * n)]) for n in range(2))
    ids = ("p006", "p007", "p009", "p010")

    def all_of_it(folder: Path, options: BuildOptions) -> None:
        build([*first, *second], folder, options=options)

    def more(folder: Path, options: BuildOptions) -> None:
        build(second, folder, options=options)

    def fewer(folder: Path, options: BuildOptions) -> None:
        with contextlib.suppress(UsageError):  # the killed one had published: the papers are gone already
            remove(folder, ids, options=options)

    return (
        Change("build", all_of_it, (), (*first, *second)),
        Change("add", more, first, (*first, *second)),
        Change("remove", fewer, (*first, *second), first),
    )


def _child(work: Callable[[], object]) -> int:
    """A forked process, the head of a group of its own, that does this and says by its status whether it could."""
    pid = os.fork()
    if pid:
        return pid
    status = 3
    try:
        os.setsid()
        faulthandler.enable()
        work()
        status = 0
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        status = 2 if error.to_do else 3
    except BaseException:  # noqa: BLE001 - a forked child must not go on into its parent's code
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _kill_group(pid: int, sign: signal.Signals) -> None:
    """Kill a child and all that it has started; a child that had no time to found its group is killed alone."""
    try:
        os.killpg(pid, sign)
    except ProcessLookupError:
        os.kill(pid, sign)


def _spread(work: Callable[[], object]) -> None:
    """Do it with processes for extraction and for the graph, although there is so little to do."""
    extraction._FEW, extraction._BATCH = 0, 2
    contributions._FEW, contributions._PAPERS = 0, 2
    contributions._FEW_THINGS, contributions._THINGS = 0, 4
    work()


def _wait(pid: int) -> int:
    """The status of a child; one that does not end says where it stands and is killed."""
    until = time.monotonic() + _HANGS_S
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > until:
            _kill_group(pid, signal.SIGABRT)
            time.sleep(1.0)
            _kill_group(pid, signal.SIGKILL)
            break
        time.sleep(0.002)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _hash(folder: Path, room: Path, *, killed: bool = False) -> str:
    """The fingerprint of a folder, taken in a process of its own; what is wrong with it, where something is.

    killed: right after a kill the manifest beside the database, which is a copy, may be that of the state before.
    """
    said = room / "fingerprint"
    said.unlink(missing_ok=True)

    def tell() -> None:
        findings = [one for one in check(folder) if not (killed and one.where == "manifest.json")]
        said.write_text(fingerprint(folder) if not findings else "\n".join(map(str, findings)))

    return said.read_text() if _wait(_child(tell)) == 0 else "cannot be read"


class Bench:
    """The folder before each change, and what each change should lead to, both from builds from scratch."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self.changes = _changes(room)
        self._prepared: dict[tuple[Path, ...], Path] = {}
        self._hashes: dict[tuple[Path, ...], str] = {(): ""}
        self._seconds: dict[str, float] = {}
        for files in {change.after for change in self.changes}:
            place = room / f"prepared-{len(files)}"
            self._timed("build", partial(build, files, place, options=OPTIONS))
            self._prepared[files] = place
            self._hashes[files] = _hash(place, room)
        spread = replace(OPTIONS, workers=2)
        self._timed("spread", partial(_spread, partial(build, files, room / "spread", options=spread)))
        assert _hash(room / "spread", room) == self._hashes[files]
        self._seconds |= dict.fromkeys(("add", "remove"), self._seconds["build"])

    def _timed(self, kind: str, work: Callable[[], object]) -> None:
        begun = time.monotonic()
        assert _wait(_child(work)) == 0
        self._seconds[kind] = time.monotonic() - begun

    def wait_to_kill(self, pid: int, kind: str, part: float) -> bool:
        """Wait for this part of what such a run takes; whether it still runs. How long one takes is learned on the way."""
        begun = time.monotonic()
        while time.monotonic() - begun < part * self._seconds[kind]:
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                _wait(pid)
                self._seconds[kind] = time.monotonic() - begun
                return False
            time.sleep(0.002)
        self._seconds[kind] = max(self._seconds[kind], (time.monotonic() - begun) * 1.05)
        return True

    def expected(self, change: Change) -> tuple[str, str]:
        """The fingerprints before and after."""
        return self._hashes[change.before], self._hashes[change.after]

    def fresh(self, change: Change) -> Path:
        """A folder as it is before the change."""
        folder = self.room / "graph"
        shutil.rmtree(folder, ignore_errors=True)
        if change.before:
            shutil.copytree(self._prepared[change.before], folder)
        return folder


def kill(room: Path, count: int, seed: int) -> dict[str, object]:
    """Kill changes at random instants, look at what readers see, resume, compare."""
    chance = random.Random(seed)
    bench = Bench(room)
    wrong: list[str] = []
    killed = 0
    for number in range(count):
        change = chance.choice(bench.changes)
        folder = bench.fresh(change)
        run: Callable[[], object] = partial(change.run, folder, OPTIONS)
        kind = change.name
        if number % _SPREAD_EVERY == _SPREAD_EVERY - 1:
            run = partial(_spread, partial(change.run, folder, replace(OPTIONS, workers=2)))
            kind = "spread"
        pid = _child(run)
        if bench.wait_to_kill(pid, kind, chance.uniform(0, 1.05)):
            _kill_group(pid, chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
            killed += _wait(pid) < 0
        before, after = bench.expected(change)
        faults = []
        if before and (found := _hash(folder, bench.room, killed=True)) not in (before, after):
            faults.append(f"readers see neither the state before nor the one after: {found[:500]}")
        if (status := _wait(_child(partial(change.run, folder, OPTIONS)))) != 0:
            faults.append(f"it cannot be resumed: {status}")
        elif (found := _hash(folder, bench.room)) != after:
            faults.append(f"the resumed one is another graph: {found[:500]}")
        if faults:
            shutil.copytree(folder, room / f"wrong-{number}")
        wrong += [f"kill {number}, {change.name}, {kind}: {fault}" for fault in faults]
        sys.stderr.write(
            f"{number + 1} of {count}: {change.name}, {killed} killed, {len(wrong)} wrong {faults or ''}\n"
        )
    return {"kills": killed, "runs": count, "wrong": wrong}


def full(room: Path) -> dict[str, object]:
    """Let no file grow past a limit, which grows until everything fits; each failure is told, and nothing is lost."""
    bench = Bench(room)
    change = bench.changes[1]
    before, after = bench.expected(change)
    wrong: list[str] = []
    failures = 0
    folder = bench.fresh(change)
    for limit in (0, 16, 64, 112, 160, 224, 320, 448, 640, 1024, 65_536):

        def limited(limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit * 1024, limit * 1024))
            change.run(folder, OPTIONS)

        status = _wait(_child(limited))
        failures += status == 2
        if status not in (0, 2):
            wrong.append(f"{limit} KiB: not told as an error of ours ({status})")
        if (found := _hash(folder, bench.room)) not in (before, after):
            wrong.append(f"{limit} KiB: readers see neither the state before nor the one after: {found[:200]}")
    if not is_folder(folder) or _hash(folder, bench.room) != after:
        wrong.append("the last one, with room enough, is another graph")
    return {"failures": failures, "wrong": wrong}


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    report = kill(place, int(sys.argv[3]), int(sys.argv[4])) if what == "kill" else full(place)
    sys.stdout.write(json.dumps(report) + "\n")
