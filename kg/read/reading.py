"""Reading, from what the user names to papers: inputs, streams, formats, entries, one after the other.

    inputs ──▶ files ──▶ bytes ──▶ text ──▶ format ──▶ entries ──▶ papers
                  ╰────────┴─────────┴─────────┴──────────┴──▶ rejects

One bad entry never stops the rest, and one bad file never stops the others. Nothing is held but the entry at hand.
What it cannot do: bring entries of one paper together; that is `kg.read.identity`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.domain import Paper, Source
from kg.errors import ReadError, UsageError, Where
from kg.read.entry import Fault, paper_of
from kg.read.feed import MAX_ENTRY, Feed
from kg.read.format import Format
from kg.read.formats import format_named, tell_format
from kg.read.identity import made_id
from kg.read.inputs import Input, find_inputs
from kg.read.reject import Reject, Remark, excerpt
from kg.read.stream import MAX_BYTES, open_stream

__all__ = ["read"]


def read(
    inputs: Sequence[str | Path],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
    on_reject: Callable[[Reject], None],
    on_remark: Callable[[Remark], None] | None = None,
) -> Iterator[Paper]:
    """One paper an entry, in the order of the inputs and of the entries in them, each with exactly one source.

    inputs     files, folders (all files under them, sorted), glob patterns, "-" for standard input; .gz and .zst too
    format     a name of `FORMATS`; None tells it by content, file by file
    columns    for tables: our field to a column's name, or to its number from 1 where there is no header
    encoding   of the text; None is UTF-8 unless a byte order mark or an XML declaration says otherwise
    max_bytes  the most bytes of one decompressed file; an entry may have as many characters, and 16 million at most
    on_reject  hears of every entry and file that could not be read, when it is met
    on_remark  hears what was left out or replaced in an entry that was read

    Raises UsageError at once, before anything is read: an input that does not exist, an unknown format or encoding.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "one.jsonl"
    ...     _ = path.write_text('{"id": "a1", "title": "Nets", "abstract": "We train nets."}\\n{"id": "a2"}\\n')
    ...     papers = list(read([path], on_reject=lambda reject: print(reject.where.line, reject.reason)))
    2 an object without title and abstract; its fields are: id
    >>> papers[0].id, papers[0].sources[0].file
    ('a1', 'one.jsonl')
    """
    chosen = format_named(format) if format else None
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise UsageError(f"no encoding {encoding!r}", to_do="utf-8, latin-1, cp1252, ...") from error
    if max_bytes < 1:
        raise UsageError(f"max_bytes is {max_bytes}", to_do="give a number of bytes above 0")
    sources = find_inputs(inputs)
    return _read(sources, chosen, columns, encoding, max_bytes, on_reject, on_remark or (lambda remark: None))


def _read(
    sources: Sequence[Input],
    chosen: Format | None,
    columns: Mapping[str, str] | None,
    encoding: str | None,
    max_bytes: int,
    on_reject: Callable[[Reject], None],
    on_remark: Callable[[Remark], None],
) -> Iterator[Paper]:
    for source in sources:
        try:
            with open_stream(source, max_bytes=max_bytes) as stream:
                feed = Feed.open(
                    source, stream, encoding=encoding, max_entry=min(MAX_ENTRY, max_bytes), columns=columns
                )
                form = chosen or tell_format(feed)
                yield from _papers(feed, form, on_reject, on_remark)
        except ReadError as error:  # the file as a whole: it cannot be opened, told, unpacked, or read any further
            on_reject(Reject.of(error if error.where.file else _placed(error, Where(file=source.given))))


def _placed(error: ReadError, where: Where) -> ReadError:
    return ReadError(error.what, where=where, to_do=error.to_do)


def _papers(
    feed: Feed, form: Format, on_reject: Callable[[Reject], None], on_remark: Callable[[Remark], None]
) -> Iterator[Paper]:
    number = 0
    where = feed.where()

    def remark(what: str) -> None:
        on_remark(Remark(where=where, what=excerpt(what)))

    for number, found in enumerate(form.entries(feed), 1):
        where = Where(file=feed.source.given, line=found.line, entry=number)
        if isinstance(found, Fault):
            on_reject(Reject.at(where, found.reason, quoted=found.quoted, to_do=found.to_do))
            continue
        source = Source(file=feed.source.name, format=found.format, entry=number, line=found.line)
        try:
            paper = paper_of(found, source, made_id=made_id, remark=remark)
        except ReadError as error:
            quoted = found.title or found.id or found.text or ""
            on_reject(Reject.of(_placed(error, where), quoted=quoted))
            continue
        yield paper
    if not number:
        raise ReadError(f"no entries in it, read as {form.name}", where=feed.where(), to_do="see --format")
