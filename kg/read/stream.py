"""Bytes of one input: opened, decompressed, and bounded.

gzip and Zstandard are told by their first bytes, not by the name. In: an `Input`. Out: a buffered binary stream that
never gives more than it was allowed to. What it cannot do: archives of several files (zip, tar).
"""

from __future__ import annotations

import io
import sys
import zlib
from abc import abstractmethod
from typing import IO, TYPE_CHECKING, Any, cast

from kg.errors import ReadError, Where
from kg.read.inputs import Input
from kg.read.remote import open_remote

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["MAX_BYTES", "open_stream"]

MAX_BYTES = 64 * 1024**3
"""The most bytes of one decompressed file, unless told otherwise: above any single dump in use (arXiv's is 4 GiB)."""

_BOMB_RATIO = 400
"""Text of papers packs 3 to 8 times, the most repetitive JSON about 100; zlib's limit is 1032 (zlib manual)."""
_BOMB_BYTES = 256 * 1024**2
"""Below this many bytes out, any ratio is harmless."""
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW = 2**27
_ZSTD_SLICE = 1024
"""Compressed bytes unpacked at a time: 4 of them can stand for 128 KiB (RFC 8878, RLE blocks), so at most 32 MiB."""
_BUFFER = 1 << 17


def open_stream(source: Input, *, max_bytes: int = MAX_BYTES) -> io.BufferedReader[io.RawIOBase]:
    """The input's bytes, decompressed. Reading past `max_bytes` raises ReadError, and so does damage on the way.

    Raises ReadError if it cannot be opened.
    """
    where = Where(file=source.given)
    try:
        if source.address is not None:
            raw = open_remote(source.address)
        elif source.path is not None:
            raw = source.path.open("rb")
        else:
            raw = cast(IO[bytes], sys.stdin.buffer)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"cannot be opened: {reason}", where=where) from error
    counted = _Counted(raw, owned=raw is not sys.stdin.buffer)
    buffered = io.BufferedReader(counted, _BUFFER)
    try:
        magic = buffered.peek(4)[:4]
    except OSError as error:  # a device without a medium, a network drive that went away
        buffered.close()
        raise ReadError(f"cannot be read: {error.strerror or error}", where=where) from error
    plain: Any = buffered
    if magic.startswith(_GZIP):
        import gzip

        plain = gzip.GzipFile(fileobj=buffered)
    elif magic == _ZSTD:
        plain = io.BufferedReader(_Zstd(buffered), _BUFFER)
    packed = None if plain is buffered else counted
    return io.BufferedReader(_Bounded(plain, packed, where, max_bytes), _BUFFER)


class _Readable(io.RawIOBase):
    """A raw stream whose subclasses only say what the next bytes are."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._next(len(view))
        view[: len(data)] = data
        return len(data)

    @abstractmethod
    def _next(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""


class _Counted(_Readable):
    """Counts the bytes that are taken from a file, to compare with what they unpack to."""

    def __init__(self, raw: IO[bytes], *, owned: bool) -> None:
        super().__init__()
        self._raw = raw
        self._owned = owned
        self.taken = 0

    def _next(self, size: int) -> bytes:
        data = self._raw.read(size)
        self.taken += len(data)
        return data

    def close(self) -> None:
        if self._owned and not self.closed:
            self._raw.close()
        super().close()


class _Zstd(_Readable):
    """Zstandard frames, one after the other. Unlike the library's own reader it tells a frame that is cut off."""

    def __init__(self, packed: io.BufferedReader[_Counted]) -> None:
        super().__init__()
        import zstandard

        self._errors = (zstandard.ZstdError,)
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._packed = packed
        self._begun = False
        self._slice = b""
        self._ready = memoryview(b"")

    def _next(self, size: int) -> bytes:
        while not self._ready:
            piece = self._slice or self._packed.read(_ZSTD_SLICE)
            self._slice = b""
            if not piece:
                if self._begun:
                    raise EOFError("a frame is cut off")
                return b""
            try:
                self._ready = memoryview(self._frame.decompress(piece))
            except self._errors as error:
                raise OSError(str(error)) from error
            self._begun = not self._frame.eof
            if self._frame.eof:
                self._slice = self._frame.unused_data
                self._frame = self._decompressor.decompressobj()
        data = bytes(self._ready[:size])
        self._ready = self._ready[size:]
        return data


class _Bounded(_Readable):
    """A stream that ends with ReadError where it is damaged, too long, or a compression bomb."""

    def __init__(self, plain: Any, packed: _Counted | None, where: Where, max_bytes: int) -> None:
        super().__init__()
        self._plain = plain
        self._packed = packed
        self._where = where
        self._max_bytes = max_bytes
        self._given = 0
        self._damage: ReadError | None = None

    def _next(self, size: int) -> bytes:
        if self._damage:
            raise self._damage
        data = self._fill(size)
        if self._damage and not data:
            raise self._damage
        self._given += len(data)
        if self._given > self._max_bytes:
            what = f"more than {self._max_bytes:,} bytes" + (" after decompression" if self._packed else "")
            raise ReadError(what, where=self._where, to_do="raise --max-bytes if that is meant")
        if self._packed and self._given > _BOMB_BYTES and self._given > _BOMB_RATIO * self._packed.taken:
            what = f"a compression bomb: {self._packed.taken:,} bytes unpack to more than {self._given:,}"
            raise ReadError(what, where=self._where, to_do="unpack it by other means if it is meant")
        return data

    def _fill(self, size: int) -> bytes:
        """As many bytes as asked for, unless the stream ends or breaks: what stands before the damage is given."""
        pieces: list[bytes] = []
        missing = size
        while missing:
            try:
                piece = cast(bytes, self._plain.read1(missing))
            except (OSError, EOFError, zlib.error) as error:
                kind = "the compressed data are damaged" if self._packed else "cannot be read"
                self._damage = ReadError(f"{kind}: {error}", where=self._where, to_do="fetch the file again")
                break
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        if not self.closed:
            self._plain.close()
        super().close()
