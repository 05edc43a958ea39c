"""The whole evaluation: two or three files in, one report out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.errors import ReadError, Where
from kg.evaluate.bootstrap import compare
from kg.evaluate.public import public_counts, public_format
from kg.evaluate.records import FIGURES, counts_of, outcomes_of
from kg.evaluate.reliability import reliability
from kg.evaluate.report import Report
from kg.evaluate.sheet import Sheet, read_sheets
from kg.evaluate.tally import Counts, Figure, figure_of, total

__all__ = ["evaluate"]

_GROUP_ORDER = ("type", "relation", "kind", "slot")


def evaluate(
    gold_path: str | Path,
    predicted_path: str | Path,
    other: str | Path | None = None,
    *,
    folds: Mapping[str, str] | None = None,
) -> Report:
    """Score a prediction against gold, and against `other`, a second prediction, if one is given.

    folds: the fold of each document by id; the report then has every figure per fold, and its mean.
    Files in the layout of a public set are told by their content and scored as their literature does. Raises ReadError for a file
    that is neither, and where gold is empty.
    """
    layout = public_format(gold_path)
    if layout is not None:
        return _public(layout, gold_path, predicted_path, other)
    gold = read_sheets(gold_path)
    if not gold:
        raise ReadError("holds no records", where=Where(file=str(gold_path)), to_do="give a file of gold records")
    predicted = _by_id(predicted_path)
    documents = _documents(gold, predicted)
    second = _documents(gold, _by_id(other)) if other is not None else None
    outcomes: dict[str, list[tuple[float, bool]]] = {"mention": [], "relation": [], "claim": []}
    for sheet in gold:
        if sheet.id in predicted:
            for name, found in outcomes_of(sheet, predicted[sheet.id]).items():
                outcomes[name] += found
    figures, groups = _figures(documents)
    return Report(
        title="records",
        documents=len(gold),
        missing=tuple(sheet.id for sheet in gold if sheet.id not in predicted),
        figures={name: figures[name] for name in FIGURES},
        groups=groups,
        folds=_folds([sheet.id for sheet in gold], documents, folds or {}),
        differences=compare(documents, second, FIGURES) if second is not None else (),
        reliability={name: reliability(found) for name, found in outcomes.items() if found},
    )


def _by_id(path: str | Path) -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in read_sheets(path)}


def _documents(gold: Sequence[Sheet], predicted: Mapping[str, Sheet]) -> list[Counts]:
    return [counts_of(sheet, predicted.get(sheet.id, Sheet(id=sheet.id))) for sheet in gold]


def _figures(documents: Sequence[Counts]) -> tuple[dict[str, Figure], dict[str, dict[str, Figure]]]:
    summed = total(documents)
    groups: dict[str, dict[str, Figure]] = {}
    for group in _GROUP_ORDER:
        named = {name: figure_of(count) for (held, name), count in sorted(summed.items()) if held == group}
        if named:
            groups[group] = named
    return {name: figure_of(count) for (held, name), count in summed.items() if not held}, groups


def _folds(ids: Sequence[str], documents: Sequence[Counts], folds: Mapping[str, str]) -> dict[str, dict[str, Figure]]:
    held: dict[str, list[Counts]] = {}
    for key, counts in zip(ids, documents, strict=True):
        if key in folds:
            held.setdefault(str(folds[key]), []).append(counts)
    return {fold: _figures(counts)[0] for fold, counts in sorted(held.items())}


def _public(layout: str, gold: str | Path, predicted: str | Path, other: str | Path | None) -> Report:
    documents, missing = public_counts(layout, gold, predicted)
    figures, groups = _figures(list(documents.values()))
    second = public_counts(layout, gold, other)[0] if other is not None else None
    return Report(
        title=layout,
        documents=len(documents),
        missing=missing,
        figures=figures,
        groups=groups,
        differences=compare(list(documents.values()), list(second.values()), list(figures)) if second else (),
    )
