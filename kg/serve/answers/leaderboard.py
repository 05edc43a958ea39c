"""Leaderboards: what papers report on a dataset (or for a task), a table a measure, with the comparisons beside.

A result is a claim of kind RESULT with a value. It stands on a board where its value is a level; changes and factors
("2 points better", "3x faster") are told apart, because a gain is no place. What it cannot do: know that two papers
measured alike; the sentence of every row is there to be read.
"""

from __future__ import annotations

import re
import sqlite3

from kg.serve import behind
from kg.serve.answers.paper import claim_rows
from kg.serve.answers.shapes import Answer, thing, thing_row
from kg.serve.index import Index, plain

__all__ = ["leaderboard", "leaderboards", "lower_is_better"]

_LESS = re.compile(
    r"\b(errors?|loss(es)?|perplexity|ppl|latency|times?|costs?|distance|fid|wer|cer|ter|mae|mse|rmse|nll|bpc|eer|der|"
    r"parameters?|params|flops|memory|energy|regret|bias|variance|gap|size|complexity|overhead|steps|epochs|"
    r"divergence|violations?|failures?|degradation|footprint|consumption)\b"
)
_GAINS = ("change", "ratio")


def lower_is_better(metric: str) -> bool:
    """Whether a smaller value of this measure is the better one, by the words of its name.

    >>> lower_is_better("top-5 error rate"), lower_is_better("accuracy")
    (True, False)
    """
    return _LESS.search(plain(metric)) is not None


def leaderboards(index: Index) -> Answer:
    """Where a board can be made: datasets, and what else results are reported on, by number of results."""
    rows = index.rows(
        """SELECT things.*, count(*) results, count(DISTINCT claims.paper) said FROM claims
           JOIN things ON things.n = claims.dataset
           WHERE (kind = 'RESULT' AND value IS NOT NULL) OR kind = 'COMPARISON'
           GROUP BY things.n ORDER BY sum(kind = 'RESULT' AND value IS NOT NULL) DESC, results DESC, things.papers DESC, things.n LIMIT 300"""
    )
    return {
        "items": [
            {
                "thing": thing(row),
                "results": row["results"],
                "papers": row["said"],
                "tasks": [thing(task) for task in _tasks(index, row["n"])[:3]],
            }
            for row in rows
        ],
        "sparql": behind.leaderboards(),
    }


def leaderboard(index: Index, dataset: str, *, task: str | None = None) -> Answer:
    """The boards of one dataset, of all tasks or of one: rows sorted best first. Raises NotHere."""
    row = thing_row(index, dataset)
    tasks = _tasks(index, row["n"])
    condition = "claims.dataset = ?"
    values: list[object] = [row["n"]]
    if task is not None:
        chosen = thing_row(index, task)
        condition += """ AND (claims.subject IN (SELECT subject FROM links WHERE predicate = 'usedFor' AND object = ?)
                          OR claims.paper IN (SELECT paper FROM mentions WHERE thing = ?))"""
        values += [chosen["n"], chosen["n"]]
    results = claim_rows(index, f"{condition} AND kind = 'RESULT'", *values)
    comparisons = claim_rows(index, f"{condition} AND kind = 'COMPARISON'", *values)
    boards: dict[str, list[Answer]] = {}
    gains = []
    unvalued = []
    for claim in _once(results):
        if claim["value"] is None:
            unvalued.append(claim)
        elif (claim["quantity"] or {}).get("kind") in _GAINS:
            gains.append(claim)
        else:
            boards.setdefault((claim["metric"] or {}).get("text") or "", []).append(claim)
    return {
        "dataset": thing(row),
        "task": thing(thing_row(index, task)) if task else None,
        "tasks": [thing(found) for found in tasks],
        "boards": [
            {"metric": metric, "lower_is_better": lower_is_better(metric), "rows": _ranked(metric, rows)}
            for metric, rows in sorted(boards.items(), key=lambda board: _weight(*board))
        ],
        "gains": gains,
        "unvalued": unvalued,
        "comparisons": _once(comparisons),
        "sparql": behind.leaderboard(row["id"]),
    }


def _tasks(index: Index, dataset: int) -> list[sqlite3.Row]:
    """Tasks of a dataset: those evaluated on it, and those that its papers' methods are used for."""
    return index.rows(
        """SELECT things.*, count(*) k FROM things JOIN (
             SELECT subject t FROM links WHERE predicate = 'evaluatedOn' AND object = ?1
             UNION ALL
             SELECT use.object FROM links ran JOIN links use ON use.subject = ran.subject AND use.predicate = 'usedFor'
             WHERE ran.predicate = 'evaluatedOn' AND ran.object = ?1
             UNION ALL
             SELECT object FROM links WHERE predicate = 'usedFor' AND subject = ?1
           ) ON things.n = t WHERE type = 'TASK' GROUP BY things.n ORDER BY k DESC, things.papers DESC, things.n LIMIT 12""",
        dataset,
    )


def _weight(metric: str, rows: list[Answer]) -> tuple[int, int, int, str]:
    """Boards that compare more methods come first, then those with more numbers."""
    measured = [row for row in rows if _measured(row)]
    methods = {(row["subject"] or {}).get("text") for row in measured}
    return -len(methods), -len(measured), -len(rows), metric


def _measured(row: Answer) -> bool:
    """Whether its value is a number."""
    return (row["quantity"] or {}).get("low") is not None


def _once(claims: list[Answer]) -> list[Answer]:
    """Without those that a paper says twice: same slots, same value."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in claims:
        slots = ((claim[slot] or {}).get("text") for slot in ("subject", "object", "metric", "dataset"))
        said = (claim["paper"]["id"], claim["kind"], claim["value"], claim["predicate"], *slots)
        if said not in seen:
            seen.add(said)
            kept.append(claim)
    return kept


def _ranked(metric: str, rows: list[Answer]) -> list[Answer]:
    """Best value first; rows whose value is no number come last, as they are."""
    sign = 1 if lower_is_better(metric) else -1

    def place(row: Answer) -> tuple[int, float, str]:
        quantity = row["quantity"] or {}
        value = quantity.get("high") if quantity.get("high") is not None else quantity.get("low")
        return (0, sign * value, row["id"]) if value is not None else (1, 0.0, row["id"])

    return sorted(rows, key=place)
