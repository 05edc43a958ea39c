"""From what the user names to the files that are read: paths, folders, globs, addresses and standard input.

In: the arguments as given. Out: one `Input` a file, each file once, folders walked in sorted order. Two names are kept:
`given` for talking to the user, and `name`, which goes into the graph and never holds a path of this machine.
What it cannot do: open anything; that is `kg.read.stream`.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from kg.errors import UsageError, Where
from kg.read.remote import is_remote, remote_files, without_secrets

__all__ = ["STANDARD_INPUT", "Input", "find_inputs"]

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read: at a path, at an address (`kg.read.remote`), or standard input where both are None."""

    name: str
    given: str
    path: Path | None
    address: str | None = None

    @property
    def extension(self) -> str:
        """The file's extension in lower case, without the dot, and without that of a compression.

        >>> Input(name="a/b.BIB.gz", given="a/b.BIB.gz", path=None).extension
        'bib'
        """
        suffixes = [suffix[1:].lower() for suffix in PurePath(self.name).suffixes]
        if suffixes and suffixes[-1] in ("gz", "zst", "zstd"):
            suffixes.pop()
        return suffixes[-1] if suffixes else ""


def find_inputs(inputs: Sequence[str | Path]) -> tuple[Input, ...]:
    """All files behind the arguments, in the order of the arguments, folders and globs sorted, each file once.

    A folder stands for every file under it, hidden ones and links to folders left out. An argument that exists is
    never taken as a pattern. A file reached twice is read once, by its first name in alphabetical order.

    Raises UsageError, naming the argument: it does not exist, a pattern matches nothing, a folder is empty.
    """
    found: dict[str, Input] = {}
    for argument in inputs:
        for item in _expand(str(argument)):
            key = os.path.realpath(item.path) if item.path else item.address or STANDARD_INPUT
            known = found.get(key)
            if known is None or (item.name, item.given) < (known.name, known.given):
                found[key] = item
    if not found:
        raise UsageError("no input", to_do="name files, folders, patterns, or - for standard input")
    return _apart(tuple(found.values()))


def _apart(sources: tuple[Input, ...]) -> tuple[Input, ...]:
    """Different files of one name get as much of their path as tells them apart; the others stay as they are."""
    namesakes: dict[str, list[tuple[str, ...]]] = {}
    for source in sources:
        if source.path is not None:
            namesakes.setdefault(source.name, []).append(_parts(source.path))
    return tuple(
        replace(source, name=_ending(_parts(source.path), namesakes[source.name]))
        if source.path is not None and len(namesakes[source.name]) > 1
        else source
        for source in sources
    )


def _parts(path: Path) -> tuple[str, ...]:
    return PurePath(os.path.realpath(path)).parts[1:]


def _ending(parts: tuple[str, ...], namesakes: list[tuple[str, ...]]) -> str:
    """The shortest ending of a path that only it has."""
    for length in range(1, len(parts)):
        if sum(other[-length:] == parts[-length:] for other in namesakes) == 1:
            return "/".join(parts[-length:])
    return "/".join(parts)


def _expand(argument: str) -> Iterator[Input]:
    if argument == STANDARD_INPUT:
        yield Input(name=STANDARD_INPUT, given=STANDARD_INPUT, path=None)
        return
    if is_remote(argument):
        for address in remote_files(argument):
            shown = without_secrets(address)
            yield Input(name=shown, given=shown, path=None, address=address)
        return
    try:
        path = Path(argument)
        exists = path.exists()
    except (OSError, ValueError):  # a NUL in the name, a name that is too long, a folder that may not be searched
        exists = False
    if exists:
        yield from _file_or_folder(path)
    elif glob.has_magic(argument):
        matches = _matches(argument)
        if not matches:
            raise UsageError("the pattern matches no file", where=Where(file=argument))
        for match in matches:
            yield from _file_or_folder(match)
    else:
        raise UsageError("no such file or folder", where=Where(file=argument), to_do="check the path")


def _matches(pattern: str) -> list[Path]:
    """What a pattern stands for, sorted; hidden files and empty folders are left out, `**` stands for any folders."""
    parts = PurePath(pattern).parts
    fixed = next(place for place, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    try:
        found = sorted(base.glob("/".join(parts[fixed:])))
    except (OSError, ValueError):
        return []
    shown = (match for match in found if not any(part.startswith(".") for part in match.parts[fixed:]))
    return [match for match in shown if not match.is_dir() or any(_members(match))]


def _file_or_folder(path: Path) -> Iterator[Input]:
    if not path.is_dir():
        yield _input(_portable(path), path)
        return
    members = sorted(_members(path), key=lambda member: member.as_posix())
    if not members:
        raise UsageError("the folder holds no files", where=Where(file=path.as_posix()))
    for member in members:
        yield _input((PurePath(_portable(path)) / member).as_posix(), path / member)


def _input(name: str, path: Path) -> Input:
    """A file by its names; bytes of a name that are no text are shown as escapes, for names are printed and stored."""
    shown, given = (text.encode("utf-8", "backslashreplace").decode() for text in (name, path.as_posix()))
    return Input(name=shown, given=given, path=path)


def _members(folder: Path) -> Iterator[PurePath]:
    """Every file under a folder that is not hidden, relative to it. Links to folders are not followed: no cycles."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                yield PurePath(os.path.relpath(Path(root) / name, folder))


def _portable(path: Path) -> str:
    """The path as given if it is relative, else relative to the working folder, else its last part.

    What goes into the graph must be the same bytes on another machine, so no absolute path is kept.
    """
    if not path.is_absolute():
        return path.as_posix()
    try:
        inside = path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path.name or "root"
    return inside.as_posix() if inside.parts else path.name
