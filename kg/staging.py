"""Files that are there whole or not at all.

In: a directory and names. Out: open files that stand under hidden names beside their place until all of them are
complete and on the disk; then each is renamed into place. What goes wrong before that leaves nothing behind, and the
files of an earlier export as they were. What a killed process left is swept away by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TextIO

from kg.errors import ExportError, Where

__all__ = ["Staging", "wrapped"]

_SUFFIX = ".kg-part"

_TO_DO = {
    errno.ENOSPC: "free some space, or choose another disk",
    errno.EDQUOT: "free some space, or choose another disk",
    errno.EACCES: "choose a directory that you may write to",
    errno.EPERM: "choose a directory that you may write to",
    errno.EROFS: "choose a directory that is not read-only",
    errno.ENOTDIR: "choose a directory, not a file",
    errno.EEXIST: "choose a directory, not a file",
    errno.EISDIR: "move the directory of that name away",
    errno.ENAMETOOLONG: "choose a shorter path",
}


def wrapped(error: OSError, path: Path) -> ExportError:
    """What the system said about a file, as an error of ours with what to do."""
    what = f"cannot be written: {error.strerror or error}"
    return ExportError(what, where=Where(file=str(path)), to_do=_TO_DO.get(error.errno or 0))


class Staging:
    """The files of one export, staged until the block ends without an error.

    Raises ExportError where the system refuses.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._staged: dict[str, Path] = {}

    def __enter__(self) -> Staging:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._sweep()
        except OSError as error:
            raise wrapped(error, self.directory) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._publish()
        finally:
            for path in self._staged.values():
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise wrapped(error, Path(error.filename) if error.filename else self.directory) from error

    @property
    def names(self) -> tuple[str, ...]:
        """What has been opened so far, sorted."""
        return tuple(sorted(self._staged))

    def path(self, name: str) -> Path:
        """The place where a writer that wants a path may write the file `name`."""
        staged = self.directory / f".{name}.{os.getpid()}{_SUFFIX}"
        os.close(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666))
        self._staged[name] = staged
        return staged

    @contextlib.contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """The file `name`, open for UTF-8 text whose line ends are written as they are."""
        with self._reported(name), self.path(name).open("w", encoding="utf-8", newline="") as out:
            yield out

    @contextlib.contextmanager
    def binary(self, name: str) -> Iterator[BinaryIO]:
        """The file `name`, open for bytes."""
        with self._reported(name), self.path(name).open("wb") as out:
            yield out

    @contextlib.contextmanager
    def _reported(self, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise wrapped(error, self.directory / name) from error

    def _publish(self) -> None:
        for name, staged in self._staged.items():
            with self._reported(name):
                _sync(staged)
                if name.endswith(".sh"):
                    staged.chmod(staged.stat().st_mode | 0o111)
        for name, staged in sorted(self._staged.items()):
            with self._reported(name):
                staged.replace(self.directory / name)
        with self._reported(""):
            _sync(self.directory)

    def _sweep(self) -> None:
        """Take away what processes that are no more have left here."""
        for left in self.directory.glob(f".*{_SUFFIX}"):
            process = left.name.removesuffix(_SUFFIX).rpartition(".")[2]
            if process.isdigit() and not _alive(int(process)):
                left.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
