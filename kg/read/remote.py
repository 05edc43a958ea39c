"""Inputs that stand elsewhere: s3://, gs://, hdfs://, memory://, any address that fsspec knows (the extra `cluster`).

In: an address of a file, a folder or a pattern. Out: the addresses of its files, and their bytes. A user name and
password in an address never reach a name that is printed or stored. What it cannot do: wait for slow networks; the
options of a file system are set where fsspec reads them (its configuration files and the environment).
"""

from __future__ import annotations

import re
from typing import IO, cast

from kg.errors import ReadError, UsageError, Where

__all__ = ["is_remote", "open_remote", "remote_files", "without_secrets"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_SECRETS = re.compile(r"(://)[^/@]*@")
_INSTALL = "install the extra: pip install 'abstract-kg[cluster]'"


def is_remote(argument: str) -> bool:
    """Whether an argument is an address and no path.

    >>> is_remote("s3://bucket/papers.jsonl"), is_remote("c:/papers.jsonl")
    (True, False)
    """
    return bool(_ADDRESS.match(argument))


def without_secrets(address: str) -> str:
    """An address as it may be printed.

    >>> without_secrets("ftp://ada:secret@example.org/a.bib")
    'ftp://example.org/a.bib'
    """
    return _SECRETS.sub(r"\1", address)


def remote_files(argument: str) -> tuple[str, ...]:
    """The addresses behind one: of a file itself, of all files under a folder or of a pattern, sorted.

    Raises UsageError if there is none, if the kind of address is unknown, or if fsspec is not installed.
    """
    where = Where(file=without_secrets(argument))
    try:
        import fsspec
    except ImportError as error:
        raise UsageError("addresses need fsspec", where=where, to_do=_INSTALL) from error
    try:
        system, path = fsspec.core.url_to_fs(argument)
        if system.isfile(path):
            found = [path]
        elif system.isdir(path):
            found = sorted(system.find(path))
        else:
            found = sorted(name for name in system.glob(path) if system.isfile(name))
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(f"cannot be listed: {error}", where=where, to_do="check the address") from error
    if not found:
        raise UsageError("no such file or folder, or nothing in it", where=where, to_do="check the address")
    return tuple(system.unstrip_protocol(name) for name in found)


def open_remote(address: str) -> IO[bytes]:
    """The bytes at an address. Raises ReadError if they cannot be had."""
    import fsspec

    try:
        return cast(IO[bytes], fsspec.open(address, "rb").open())
    except (OSError, ValueError, ImportError) as error:
        raise ReadError(f"cannot be opened: {error}", where=Where(file=without_secrets(address))) from error
