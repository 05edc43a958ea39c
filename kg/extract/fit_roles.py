"""Fits the weights of `kg.extract.roles` on annotated abstracts: `python -m kg.extract.fit_roles GOLD.jsonl OUT.tsv`.

In: a file of gold records. Out: the table of weights. Nothing in it is random: Newton steps from zero with a fixed penalty.
Thresholds are those with the best F1 on two-fold predictions, each half predicted by weights fitted on the other.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.codec import read_records
from kg.domain import Record
from kg.extract.reading import facts_of
from kg.extract.roles import KINDS, features_of
from kg.extract.rules import read_paper

__all__ = ["fit", "main", "training_rows"]

_PENALTY = 6.0
_STEPS = 12
Matrix = NDArray[np.float64]


def training_rows(records: Sequence[Record]) -> tuple[list[list[tuple[str, ...]]], list[list[set[str]]]]:
    """For each record, for each of its annotated sentences: the cues that hold, and the kinds that it claims."""
    cues: list[list[tuple[str, ...]]] = []
    kinds: list[list[set[str]]] = []
    for record in records:
        reading = read_paper(record.paper, sentences=record.sentences)
        cues.append(features_of(facts_of(reading)))
        held: dict[tuple[int, int], set[str]] = {}
        for claim in record.claims:
            held.setdefault((claim.sentence.start, claim.sentence.end), set()).add(claim.kind.value)
        kinds.append([held.get((s.start, s.end), set()) for s in record.sentences])
    return cues, kinds


def fit(cues: Sequence[tuple[str, ...]], kinds: Sequence[set[str]], names: Sequence[str]) -> Matrix:
    """Weights [cue, kind]: logistic regression with an L2 penalty, the bias unpenalised."""
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(cues), len(names)))
    for row, held in enumerate(cues):
        for name in held:
            if name in place:
                x[row, place[name]] = 1.0
    y = np.array([[float(bool(k)) if c == "any" else float(c in k) for c in KINDS] for k in kinds])
    penalty = np.full((len(names), 1), _PENALTY)
    penalty[place["bias"]] = 0.0
    weights = np.zeros((len(names), len(KINDS)))
    ridge = np.diag(penalty[:, 0])
    for column in range(len(KINDS)):
        w = weights[:, column]
        for _ in range(_STEPS):
            p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30.0, 30.0)))
            slope = x.T @ (p - y[:, column]) + ridge @ w
            curvature = (x * (p * (1.0 - p))[:, None]).T @ x + ridge + 1e-6 * np.eye(len(names))
            w = w - np.linalg.solve(curvature, slope)
        weights[:, column] = w
    return weights


def _predict(cues: Sequence[tuple[str, ...]], names: Sequence[str], weights: Matrix) -> Matrix:
    place = {name: i for i, name in enumerate(names)}
    rows = [weights[[place[n] for n in held if n in place]].sum(axis=0) for held in cues]
    return np.asarray(1.0 / (1.0 + np.exp(-np.array(rows))))


def _best_threshold(p: Matrix, y: NDArray[np.bool_]) -> float:
    best, at = -1.0, 0.5
    for limit in np.arange(0.15, 0.86, 0.01):
        hit = p >= limit
        f1 = 2.0 * float((hit & y).sum()) / max(1.0, float(hit.sum() + y.sum()))
        if f1 > best + 1e-9:
            best, at = f1, float(limit)
    return round(at, 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the file of the first argument, write the table to the second."""
    source, target = (list(sys.argv[1:]) if arguments is None else list(arguments))[:2]
    cues, kinds = training_rows(list(read_records(source)))
    names = sorted({name for record in cues for row in record for name in row})
    halves = [[i for i in range(len(cues)) if i % 2 == part] for part in (0, 1)]

    def flat(part: Sequence[int]) -> tuple[list[tuple[str, ...]], list[set[str]]]:
        return [row for i in part for row in cues[i]], [held for i in part for held in kinds[i]]

    p, truth = [], []
    for train, test in ((0, 1), (1, 0)):
        x, y = flat(halves[test])
        p.append(_predict(x, names, fit(*flat(halves[train]), names)))
        truth += y
    predicted = np.concatenate(p)
    limits = [
        _best_threshold(predicted[:, column], np.array([bool(k) if kind == "any" else kind in k for k in truth]))
        for column, kind in enumerate(KINDS)
    ]
    weights = fit(*flat(range(len(cues))), names)
    lines = ["# Weights of kg.extract.roles, written by kg.extract.fit_roles; columns: " + ", ".join(KINDS)]
    lines.append("\t".join(["threshold", *(f"{limit:.2f}" for limit in limits)]))
    lines += ["\t".join([name, *(f"{value:.3f}" for value in row)]) for name, row in zip(names, weights, strict=True)]
    Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
