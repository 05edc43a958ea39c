"""A paper's title and abstract as word pieces, words and candidate spans: what the encoder and the heads index.

Comes in: a `Prepared` text with its sentences. Goes out: a `Tokenised`, index arrays only. The layout of pieces is
`[CLS] title [SEP] text [SEP]`, the one that the encoder was trained on; a long text is cut into overlapping windows
that each carry the title. Part 0 is the title (one sentence), parts 1, 2, … are the sentences of the text.
Cannot: split sentences, or place a span that does not begin and end with a word (a run of letters and digits, or one sign).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = ["MAX_WIDTH", "Ints", "Prepared", "Tokenised", "Tokeniser", "Window"]

Ints = NDArray[np.int64]

CLS, SEP = 101, 102
WINDOW = 512
OVERLAP = 128
TITLE_PIECES = 64
MAX_WIDTH = 14
"""Longest candidate span in words; 99.6 % of the annotated mentions are shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a prediction needs of a paper: title, text, and the sentences of the text as (start, end), in order."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One input of the encoder, and which of its rows are kept for which pieces of the whole."""

    ids: tuple[int, ...]
    rows: tuple[int, int]
    pieces: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenised:
    """Index arrays of one text. Words and spans are counted over title and text together.

    ids             piece ids of `[CLS] title [SEP] text [SEP]`
    first, last     [words] first and last piece of each word
    start, end      [words] characters, in the title for part 0, else in the text
    part            [words] 0 in the title, 1 + sentence index in the text
    span_from, span_to   [spans] first and last word of every candidate of at most MAX_WIDTH words within one part
    part_pieces     [parts, 2] pieces of each part, end exclusive; (0, 1), the `[CLS]`, where a part is empty
    """

    ids: tuple[int, ...]
    windows: tuple[Window, ...]
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    part: Ints
    span_from: Ints
    span_to: Ints
    part_pieces: Ints


class Tokeniser:
    """Word pieces by the `tokenizer.json` of the model. Safe to share between calls; holds no state of a text."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, prepared: Prepared) -> Tokenised:
        """Tokenise one text."""
        title = self._tokenizer.encode(prepared.title, add_special_tokens=False)
        text = self._tokenizer.encode(prepared.text, add_special_tokens=False)
        title_ids = title.ids[:TITLE_PIECES]
        ids = [CLS, *title_ids, SEP, *text.ids, SEP]
        words = list(_words(title.word_ids[:TITLE_PIECES], title.offsets, 1, [(0, len(prepared.title))], 0))
        words += _words(text.word_ids, text.offsets, len(title_ids) + 2, prepared.sentences, 1)
        table = np.array(words, dtype=np.int64).reshape(-1, 5)
        first, last, start, end, part = table.T
        span_from, span_to = _spans(part)
        return Tokenised(
            ids=tuple(ids),
            windows=tuple(_windows(ids, len(title_ids) + 2)),
            first=first,
            last=last,
            start=start,
            end=end,
            part=part,
            span_from=span_from,
            span_to=span_to,
            part_pieces=_part_pieces(first, last, part, 1 + len(prepared.sentences)),
        )


def _words(
    word_ids: Sequence[int | None],
    offsets: Sequence[tuple[int, int]],
    shift: int,
    sentences: Sequence[tuple[int, int]],
    part: int,
) -> Iterator[tuple[int, int, int, int, int]]:
    """(first piece, last piece, start, end, part) of each word; a word outside all sentences joins the one before."""
    at, previous = 0, None
    row: list[int] | None = None
    for piece, (word, (start, end)) in enumerate(zip(word_ids, offsets, strict=False)):
        if row is not None and word == previous:
            row[1], row[3] = piece + shift, end
            continue
        if row is not None:
            yield (row[0], row[1], row[2], row[3], row[4])
        while at + 1 < len(sentences) and start >= sentences[at + 1][0]:
            at += 1
        row, previous = [piece + shift, piece + shift, start, end, part + at], word
    if row is not None:
        yield (row[0], row[1], row[2], row[3], row[4])


def _spans(part: Ints) -> tuple[Ints, Ints]:
    count = len(part)
    starts = np.repeat(np.arange(count), MAX_WIDTH)
    ends = starts + np.tile(np.arange(MAX_WIDTH), count)
    inside = ends < count
    starts, ends = starts[inside], ends[inside]
    same = part[starts] == part[ends]
    return starts[same], ends[same]


def _part_pieces(first: Ints, last: Ints, part: Ints, parts: int) -> Ints:
    pieces = np.tile(np.array([0, 1], dtype=np.int64), (parts, 1))
    for index in range(parts):
        at = np.flatnonzero(part == index)
        if len(at):
            pieces[index] = first[at[0]], last[at[-1]] + 1
    return pieces


def _windows(ids: list[int], head: int) -> Iterator[Window]:
    """Cut `ids` into windows of at most WINDOW pieces; each piece is read where it is farthest from a cut."""
    if len(ids) <= WINDOW:
        yield Window(ids=tuple(ids), rows=(0, len(ids)), pieces=(0, len(ids)))
        return
    prefix, room = ids[:head], WINDOW - head - 1
    body = len(ids) - 1 - head
    step, begin, kept = room - OVERLAP, 0, 0
    while True:
        end = min(begin + room, body)
        until = end if end == body else end - OVERLAP // 2
        chunk = (*prefix, *ids[head + begin : head + end], SEP)
        final = 1 if end == body else 0
        low = 0 if begin == 0 else head + kept
        row = 0 if begin == 0 else head + kept - begin
        yield Window(ids=chunk, rows=(row, head + until - begin + final), pieces=(low, head + until + final))
        if end == body:
            return
        kept, begin = until, begin + step
