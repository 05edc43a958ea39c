"""A question to a graph folder: SPARQL, a file of it, or a named question whose parameters are names of things.

In: a folder and a question as people write it. Out: the answer. One process answers all that the question needs, names included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kg.errors import ReadError, UsageError, Where
from kg.rdf.engine import Limits
from kg.rdf.query import query
from kg.rdf.questions import question as named
from kg.rdf.questions import resolve
from kg.rdf.results import Table, Triples
from kg.rdf.workers import Workers
from kg.store import Folder

__all__ = ["answered", "sparql_of"]

_LOOKS_LIKE_SPARQL = re.compile(r"[\s{]")
"""No named question holds a space or a brace; every query does."""


def answered(
    graph: str | Path,
    question: str,
    parameters: Mapping[str, str | float],
    *,
    limits: Limits,
    min_score: float = 0.0,
) -> Table | Triples | bool:
    """The answer; min_score: without the rows whose column `confidence` is lower, in [0, 1].

    Raises StoreError for what is no graph folder, QueryError for the question and its limits, UsageError for a minimum
    where there is no such column.
    """
    with Folder.open(graph) as folder, Workers(folder.triples_path, count=1) as workers:
        answer = query(workers, _text_of(workers, question, parameters, limits), limits=limits)
    return _confident(answer, min_score) if min_score else answer


def sparql_of(graph: str | Path, question: str, parameters: Mapping[str, str | float]) -> str:
    """The SPARQL behind a question, with its parameters in place."""
    with Folder.open(graph) as folder, Workers(folder.triples_path, count=1) as workers:
        return _text_of(workers, question, parameters, Limits())


def _text_of(workers: Workers, question: str, parameters: Mapping[str, str | float], limits: Limits) -> str:
    if not question.startswith("@") and not _LOOKS_LIKE_SPARQL.search(question):
        asked = named(question)
        return asked.bind(resolve(workers, asked, parameters, limits=limits))
    if parameters:
        raise UsageError(
            f"SPARQL takes no parameter {next(iter(parameters))!r}", to_do="write the value into the query"
        )
    return _read(Path(question[1:])) if question.startswith("@") else question


def _confident(answer: Table | Triples | bool, min_score: float) -> Table:
    if not isinstance(answer, Table) or "confidence" not in answer.columns:
        raise UsageError(
            "this answer has no column `confidence`", to_do="ask for ?confidence, or leave the minimum out"
        )
    at = answer.columns.index("confidence")
    scores = (row[at] for row in answer.values())
    rows = tuple(
        row for row, score in zip(answer.rows, scores, strict=True) if score is not None and score >= min_score
    )
    return replace(answer, rows=rows)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot be read: {error}", where=Where(file=str(path))) from error
