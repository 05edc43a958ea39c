"""Rows of plain values as Parquet, wherever fsspec writes: a local folder, S3, GCS, HDFS.

In: rows as tuples and the names of their columns. Out: the same rows in the same order, all or those of one partition.
A table is sorted by its column `part` where it has one, so that one partition is read without the others.
What it cannot do: append; a table is written whole, again over what a lost worker left.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

__all__ = [
    "forget",
    "join",
    "names_in",
    "partition_of",
    "read_rows",
    "read_text",
    "write_lines",
    "write_rows",
    "write_text",
]

_ROW_GROUP = 8192


def join(target: str, *names: str) -> str:
    """A place below another one, for paths and URLs alike."""
    return "/".join((target.rstrip("/"), *names))


def partition_of(key: str, partitions: int) -> int:
    """The partition of a key, from 0, the same on every machine."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % partitions


def write_rows(place: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Write a table whole; the number of its rows."""
    listed = list(rows)
    values = {name: [row[number] for row in listed] for number, name in enumerate(columns)}
    with fsspec.open(place, "wb", auto_mkdir=True) as out:
        pq.write_table(pa.table(values), out, row_group_size=_ROW_GROUP, compression="zstd")
    return len(listed)


def read_rows(place: str, *, part: int | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in their order; part: only those of one partition."""
    with fsspec.open(place, "rb") as source:
        table = pq.read_table(source, filters=None if part is None else [("part", "=", part)])
    yield from zip(*(column.to_pylist() for column in table.columns), strict=True)


def write_lines(place: str, lines: Iterable[str]) -> tuple[int, str]:
    """Write lines, gzipped without name or time; their number, and the SHA-256 of what was written."""
    count = 0
    digest = hashlib.sha256()
    with (
        fsspec.open(place, "wb", auto_mkdir=True) as out,
        gzip.GzipFile(fileobj=out, mode="wb", filename="", mtime=0, compresslevel=6) as packed,
    ):
        for line in lines:
            data = f"{line}\n".encode()
            digest.update(data)
            packed.write(data)
            count += 1
    return count, digest.hexdigest()


def write_text(place: str, text: str) -> None:
    """Write a small file."""
    with fsspec.open(place, "wb", auto_mkdir=True) as out:
        out.write(text.encode())


def read_text(place: str) -> str:
    """A small file; empty where there is none."""
    try:
        with fsspec.open(place, "rb") as source:
            return bytes(source.read()).decode()
    except FileNotFoundError:
        return ""


def names_in(place: str) -> tuple[str, ...]:
    """The names of the files right below a place, sorted; none where there is no such place."""
    system, path = fsspec.core.url_to_fs(place)
    try:
        return tuple(sorted(found.rstrip("/").rpartition("/")[2] for found in system.ls(path, detail=False)))
    except FileNotFoundError:
        return ()


def forget(place: str) -> None:
    """Take a file away, if it is there."""
    system, path = fsspec.core.url_to_fs(place)
    if system.exists(path):
        system.rm(path)
