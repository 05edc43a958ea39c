"""The public sets, each with the scoring that its literature uses, under names of their own so that nobody mixes them up.

    SciERC      JSON Lines: `sentences` (tokens), `ner`, `relations` (or `predicted_ner`, `predicted_relations`)
                SciERC NER: start, end, type · SciERC Rel: both spans and the label · SciERC Rel+: also both entity types
    CSAbstruct  JSON Lines: `sentences`, `labels`: CSAbstruct accuracy over sentences (P = R = F1), and each role's F1
    CoNLL       columns, word first and BIO tag last, blank lines between sentences: CoNLL NER over whole entities (TDMSci, CrossNER)

SciERC is scored by document, a span with its label once however often it is listed; Generic entities and both symmetric relations count like any other, as in
the figures of DyGIE++, SpERT and PURE.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import ReadError, Where
from kg.evaluate.sheet import read_lines
from kg.evaluate.tally import Count, Counts, counted

__all__ = ["public_counts", "public_format"]

Documents = dict[str, Counts]


def public_format(path: str | Path) -> str | None:
    """Which public layout a file has: "SciERC", "CSAbstruct", "CoNLL"; None for our own records. Told by its first line."""
    for _, line in read_lines(path):
        try:
            fields = json.loads(line)
        except ValueError:
            return "CoNLL" if len(line.split()) in (2, 3, 4) and line.split()[-1][0] in "OBI" else None
        if isinstance(fields, dict):
            if {"ner", "predicted_ner"} & fields.keys():
                return "SciERC"
            if "labels" in fields and "sentences" in fields:
                return "CSAbstruct"
        return None
    return None


def public_counts(layout: str, gold: str | Path, predicted: str | Path) -> tuple[Documents, tuple[str, ...]]:
    """Counts by document of the gold file, in its order, and the documents without a prediction."""
    reader = {"SciERC": _scierc, "CSAbstruct": _csabstruct, "CoNLL": _conll}[layout]
    mine, true = dict(reader(predicted)), dict(reader(gold))
    names = _NAMES[layout]
    found: Documents = {}
    for key, answer in true.items():
        guess = mine.get(key, {})
        counts: dict[tuple[str, str], Count] = {
            ("", name): counted(guess.get(name, ()), answer[name]) for name in names
        }
        kinds = sorted({str(item[-1]) for item in [*answer[names[0]], *guess.get(names[0], ())]})
        for kind in kinds:
            counts["type", kind] = counted(
                (x for x in guess.get(names[0], ()) if x[-1] == kind), (x for x in answer[names[0]] if x[-1] == kind)
            )
        found[key] = counts
    return found, tuple(key for key in true if key not in mine)


_NAMES = {
    "SciERC": ("SciERC NER", "SciERC Rel", "SciERC Rel+"),
    "CSAbstruct": ("CSAbstruct accuracy",),
    "CoNLL": ("CoNLL NER",),
}
Answers = Mapping[str, set[tuple[Hashable, ...]]]


def _scierc(path: str | Path) -> Iterator[tuple[str, Answers]]:
    for number, line in read_lines(path):
        fields = _object(path, number, line)
        try:
            spans = fields["predicted_ner"] if "predicted_ner" in fields else fields["ner"]
            links = fields["predicted_relations"] if "predicted_relations" in fields else fields["relations"]
            types = {(item[0], item[1]): str(item[2]) for sentence in spans for item in sentence}
            loose = {(*item[:4], str(item[4])) for sentence in links for item in sentence}
            yield (
                str(fields["doc_key"]),
                {
                    "SciERC NER": {(start, end, kind) for (start, end), kind in types.items()},
                    "SciERC Rel": loose,
                    "SciERC Rel+": {(*x[:4], types.get(x[:2]), types.get(x[2:4]), x[4]) for x in loose},
                },
            )
        except (KeyError, IndexError, TypeError) as error:
            raise ReadError(f"not a SciERC document: {error}", where=Where(file=str(path), line=number)) from error


def _csabstruct(path: str | Path) -> Iterator[tuple[str, Answers]]:
    for number, line in read_lines(path):
        fields = _object(path, number, line)
        try:
            key = str(fields.get("abstract_id", number))
            yield key, {"CSAbstruct accuracy": {(at, str(label)) for at, label in enumerate(fields["labels"])}}
        except (KeyError, TypeError) as error:
            raise ReadError(f"not a CSAbstruct abstract: {error}", where=Where(file=str(path), line=number)) from error


def _conll(path: str | Path) -> Iterator[tuple[str, Answers]]:
    """Sentences by their number; an I- tag that continues nothing begins an entity, as conlleval has it."""
    try:
        blocks = Path(path).read_text(encoding="utf-8").split("\n\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot be read: {error}", where=Where(file=str(path))) from error
    kept = [block for block in blocks if block.strip()]
    for number, block in enumerate(kept):
        tags = [line.split()[-1] for line in block.splitlines() if line.strip()]
        yield str(number), {"CoNLL NER": set(_entities(tags))}


def _entities(tags: list[str]) -> Iterator[tuple[Hashable, ...]]:
    start: int | None = None
    kind = ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, name = tag.partition("-")
        if start is not None and (mark != "I" or name != kind):
            yield start, at, kind
            start = None
        if mark in ("B", "I") and start is None:
            start, kind = at, name


def _object(path: str | Path, number: int, line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise ReadError(f"not JSON: {error}", where=Where(file=str(path), line=number)) from error
    if not isinstance(fields, dict):
        raise ReadError("not a JSON object", where=Where(file=str(path), line=number))
    return fields
