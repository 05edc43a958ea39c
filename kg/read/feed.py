"""One input as text: its head, for telling the format, and its lines, numbered and bounded.

In: a binary stream. Out: `Feed`, which every format reads. UTF-8 unless a byte order mark or the caller says otherwise;
the mark itself is taken off. A byte that is not UTF-8 becomes a lone surrogate (PEP 383), so that the one entry that
holds it can be told and rejected. What it cannot do: guess an encoding.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from kg.errors import ReadError, Where
from kg.read.inputs import Input

__all__ = ["HEAD", "MAX_ENTRY", "Feed", "Line", "undecoded"]

HEAD = 1 << 16
"""Bytes that the format is told by."""
MAX_ENTRY = 16 * 1024**2
"""The most characters of one entry: sixteen times the longest abstract worth calling one (1 MB)."""

_MARKS = (  # longest first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']")
_BYTE_ENCODINGS = ("iso8859", "cp", "koi8", "gb", "big5", "euc", "shift_jis", "mac")
"""What a declaration is believed about: it was read as ASCII, so UTF-16 would be a lie, and ASCII is UTF-8."""
_NOT_DECODED = re.compile("[\udc80-\udcff]")
_SKIP = 1 << 20


class Line(NamedTuple):
    """A line without its end, its number from 1, and whether it is whole: False where it was cut for its length."""

    number: int
    text: str
    whole: bool = True


def undecoded(text: str) -> str | None:
    r"""What to say about the first byte of a text that could not be decoded, or None.

    >>> undecoded("caf\udce9")
    'a byte that is not UTF-8: 0xe9 after "caf"'
    """
    if text.isascii() or not (found := _NOT_DECODED.search(text)):
        return None
    before = text[max(0, found.start() - 20) : found.start()]
    return f'a byte that is not UTF-8: 0x{ord(found[0]) - 0xDC00:02x} after "{before}"'


@dataclass(slots=True, kw_only=True)
class Feed:
    """The text of one input, read once from the beginning to the end.

    `max_entry` bounds a line and an entry, in characters; `columns` maps our fields to the columns of a table;
    `first_line` is above 1 where so many blank lines come first that they were left out.
    """

    source: Input
    text: io.TextIOWrapper
    max_entry: int = MAX_ENTRY
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    head: str = ""
    first_line: int = 1

    @classmethod
    def open(
        cls,
        source: Input,
        stream: io.BufferedReader[io.RawIOBase],
        *,
        encoding: str | None = None,
        max_entry: int = MAX_ENTRY,
        columns: Mapping[str, str] | None = None,
    ) -> Feed:
        """A feed whose encoding and head are known. Raises ReadError for an unknown encoding or unreadable bytes."""
        start = stream.peek(HEAD)[:HEAD]
        told, mark = _encoding(start)
        stream.read(mark)
        blank = 0
        while mark == 0 and start and start.isspace():  # else a format could not be told from the head
            blank += start.count(b"\n") or start.count(b"\r")
            stream.read(len(start))
            start = stream.peek(HEAD)[:HEAD]
        name = encoding or told
        wide = name.startswith(("utf-16", "utf-32"))
        try:
            head = start[mark:].decode(name, "replace")
            text = io.TextIOWrapper(stream, name, "replace" if wide else "surrogateescape")
        except (LookupError, UnicodeError) as error:
            where = Where(file=source.given)
            raise ReadError(f"unknown encoding {name!r}", where=where, to_do="convert the file to UTF-8") from error
        return cls(
            source=source,
            text=text,
            max_entry=max_entry,
            columns=MappingProxyType(dict(columns or {})),
            first_line=1 + blank,
            head=head.replace("\r\n", "\n").replace("\r", "\n"),
        )

    def where(self, line: int | None = None) -> Where:
        """A place in this input, as the user named it."""
        return Where(file=self.source.given, line=line)

    def lines(self) -> Iterator[Line]:
        """The lines; `\\r\\n` and `\\r` end one too. Of a line that is too long only the beginning is kept.

        Raises ReadError where the bytes end in damage or at a bound.
        """
        readline, limit = self.text.readline, self.max_entry + 1
        number = self.first_line - 1
        while text := readline(limit):
            number += 1
            if text.endswith("\n"):
                yield Line(number, text[:-1])
            elif len(text) < limit:
                yield Line(number, text)
            else:
                yield Line(number, text[:HEAD], False)
                while (rest := readline(_SKIP)) and not rest.endswith("\n"):
                    pass

    def blocks(self, size: int) -> Iterator[str]:
        """The text in blocks of at most `size` characters, for formats whose lines mean nothing."""
        while block := self.text.read(size):
            yield block

    def close(self) -> None:
        """Close the file under it; standard input stays open."""
        self.text.close()


def _encoding(start: bytes) -> tuple[str, int]:
    """The encoding and the length of its mark: the mark decides, then an XML declaration, else it is UTF-8."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name, len(mark)
    declared = _DECLARED.match(start)
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            return "utf-8", 0
        if name.startswith(_BYTE_ENCODINGS):
            return name, 0
    return "utf-8", 0
