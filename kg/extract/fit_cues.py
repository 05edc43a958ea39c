"""Fits the weights of the cues: `python -m kg.extract.fit_cues GOLD.jsonl FOLDER` writes `introduced.tsv` and `roles.tsv`.

The `introduced.tsv` and `coreference.tsv` of the package are fitted on the annotations of the tree (`python -m kg.train cues`), so that
nothing of the gold is in them; `roles.tsv` on the gold.

In: a file of gold records. Out: the tables that `kg.extract.introduced` and `kg.extract.roles` weigh their cues by. Logistic regression with an L2
penalty by Newton steps from zero; nothing in it is random. Thresholds are those with the best F1 on two-fold predictions,
each half predicted by weights fitted on the other.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.codec import read_records
from kg.domain import Record
from kg.extract.abbreviations import find_abbreviations
from kg.extract.coreference import pairs
from kg.extract.entities import by_form, fold, joined_forms
from kg.extract.introduced import cues_of
from kg.extract.reading import facts_of
from kg.extract.roles import KINDS, features_of
from kg.extract.rules import read_paper

__all__ = ["Rows", "coreference_rows", "fit", "introduced_rows", "main", "role_rows", "table", "write_table"]

_PENALTY = 0.5
_STEPS = 12
Matrix = NDArray[np.float64]
Row = tuple[tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Examples: for each abstract, rows of (cues, columns that hold); `missed` counts, for each column, what no row can find."""

    columns: tuple[str, ...]
    abstracts: tuple[tuple[Row, ...], ...]
    missed: tuple[int, ...]


def role_rows(records: Sequence[Record]) -> Rows:
    """Sentences with the kinds that they claim."""
    abstracts: list[tuple[Row, ...]] = []
    for record in records:
        held: dict[tuple[int, int], set[str]] = {}
        for claim in record.claims:
            held.setdefault((claim.sentence.start, claim.sentence.end), {"any"}).add(claim.kind.value)
        cues = features_of(facts_of(read_paper(record.paper, sentences=record.sentences)))
        kinds = [frozenset(held.get((s.start, s.end), ())) for s in record.sentences]
        abstracts.append(tuple(zip(cues, kinds, strict=True)))
    return Rows(KINDS, tuple(abstracts), (0,) * len(KINDS))


def introduced_rows(records: Sequence[Record]) -> Rows:
    """Entities that the rules find, with whether gold has them as introduced."""
    abstracts: list[tuple[Row, ...]] = []
    missed = 0
    for record in records:
        reading = read_paper(record.paper)
        true = {fold(form): name for name in record.introduced for form in (name, *_aliases(record, name))}
        rows: list[Row] = []
        found: set[str] = set()
        cues = cues_of(record.paper.title, record.paper.text, reading.sentences, reading.mentions)
        for entity in reading.entities:
            hit = next((true[fold(form)] for form in entity.forms if fold(form) in true), None)
            found |= {hit} if hit else set()
            if entity.name in cues:
                rows.append((cues[entity.name], frozenset({"introduced"} if hit else ())))
        missed += len(record.introduced) - len(found)
        abstracts.append(tuple(rows))
    return Rows(("introduced",), tuple(abstracts), (missed,))


def coreference_rows(records: Sequence[Record]) -> Rows:
    """Pairs of groups of mentions that share words or letters, with whether they are one thing."""
    abstracts: list[tuple[Row, ...]] = []
    for record in records:
        text = record.paper.text
        joined = joined_forms({m.text for m in record.mentions}, find_abbreviations(text, record.sentences))
        groups = by_form(record.mentions, joined)
        names = {key: Counter(m.entity for m in members).most_common(1)[0][0] for key, members in groups.items()}
        abstracts.append(
            tuple(
                (cues, frozenset({"same"} if names[part] == names[whole] else ()))
                for part, whole, cues in pairs(text, record.sentences, groups)
            )
        )
    return Rows(("same",), tuple(abstracts), (0,))


def _aliases(record: Record, name: str) -> tuple[str, ...]:
    entity = record.entity(name)
    return entity.aliases if entity is not None else ()


def fit(rows: Sequence[Row], names: Sequence[str], columns: Sequence[str]) -> Matrix:
    """Weights [cue, column]; the bias is not penalised."""
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for number, (held, _) in enumerate(rows):
        x[number, [place[name] for name in held if name in place]] = 1.0
    ridge = np.diag([0.0 if name == "bias" else _PENALTY for name in names])
    weights = np.zeros((len(names), len(columns)))
    for number, column in enumerate(columns):
        y = np.array([float(column in true) for _, true in rows])
        w = weights[:, number]
        for _ in range(_STEPS):
            p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30.0, 30.0)))
            curvature = (x * (p * (1.0 - p))[:, None]).T @ x + ridge + 1e-6 * np.eye(len(names))
            w = w - np.linalg.solve(curvature, x.T @ (p - y) + ridge @ w)
        weights[:, number] = w
    return weights


def table(data: Rows, train: Sequence[int], limits: Sequence[float]) -> dict[str, tuple[float, ...]]:
    """The table fitted on the abstracts of these numbers, as `kg.extract.linear.load_table` gives it."""
    rows = [row for number in train for row in data.abstracts[number]]
    names = sorted({name for held, _ in rows for name in held})
    found = {name: tuple(map(float, row)) for name, row in zip(names, fit(rows, names, data.columns), strict=True)}
    return found | {"threshold": tuple(limits)}


def thresholds(data: Rows) -> list[float]:
    """For each column the probability with the best F1, on two-fold predictions."""
    halves = [[number for number in range(len(data.abstracts)) if number % 2 == part] for part in (0, 1)]
    scores: list[list[float]] = []
    truth: list[frozenset[str]] = []
    for train, test in (halves, halves[::-1]):
        weights = table(data, train, ())
        for number in test:
            for held, true in data.abstracts[number]:
                sums = [
                    sum(weights[name][column] for name in held if name in weights)
                    for column in range(len(data.columns))
                ]
                scores.append(sums)
                truth.append(true)
    p = 1.0 / (1.0 + np.exp(-np.array(scores)))
    return [
        _best(p[:, column], np.array([name in true for true in truth]), data.missed[column])
        for column, name in enumerate(data.columns)
    ]


def _best(p: Matrix, y: NDArray[np.bool_], missed: int) -> float:
    best, at = -1.0, 0.5
    for limit in np.arange(0.15, 0.86, 0.01):
        hit = p >= limit
        f1 = 2.0 * float((hit & y).sum()) / max(1.0, float(hit.sum() + y.sum() + missed))
        if f1 > best + 1e-9:
            best, at = f1, float(limit)
    return round(at, 2)


def write_table(path: Path, data: Rows, limits: Sequence[float] | None = None) -> None:
    """Fit on all abstracts and write the table with its thresholds: `limits`, or those of `thresholds`."""
    fitted = table(data, range(len(data.abstracts)), thresholds(data) if limits is None else limits)
    lines = [f"# Weights of cues, written by kg.extract.fit_cues; columns: {', '.join(data.columns)}"]
    lines += ["\t".join([name, *(f"{value:.3f}" for value in row)]) for name, row in sorted(fitted.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the file of the first argument, write both tables to the folder of the second: what is introduced first."""
    source, folder = (list(sys.argv[1:]) if arguments is None else list(arguments))[:2]
    records = list(read_records(source))
    write_table(Path(folder) / "introduced.tsv", introduced_rows(records))
    write_table(Path(folder) / "roles.tsv", role_rows(records))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
