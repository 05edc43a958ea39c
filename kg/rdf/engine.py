"""One query on one store, in this process: the part that both a worker and a caller run.

In: a pyoxigraph Store, a query that `kg.rdf.sparql.check` let through. Out: an answer that is still being found, cut at
a number of rows. Without a dataset of its own a query sees the union of all graphs.
What it cannot do: stop an engine that finds nothing for a long time; see `kg.rdf.workers`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, Store

from kg.errors import QueryError
from kg.rdf.results import Row, Table, Triples
from kg.rdf.sparql import check, explain, tokens
from kg.rdf.terms import PREFIXES

__all__ = ["Cut", "Limits", "Question", "run", "solutions", "solve", "too_long"]

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a query may use. None is no limit.

    seconds  of time, from the start to the last row
    rows     or triples of an answer; what is more is cut, and the answer says so
    memory   bytes beyond what the process needs to open the store
    """

    seconds: float | None = 60.0
    rows: int | None = None
    memory: int | None = 2 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query and the graphs it is asked of: IRIs; none means the union of all."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def run(store: Store, question: Question) -> QuerySolutions | QueryBoolean | pyoxigraph.QueryTriples:
    """Start the engine. Raises QueryError for what it does not take."""
    check(question.text)
    try:
        default, named = _graphs(question)
    except ValueError as error:
        raise QueryError(f"a graph's name is no IRI: {error}") from error
    given = bool(default or named)
    has_own = any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(question.text))
    try:
        return store.query(
            question.text,
            prefixes=PREFIXES,
            use_default_graph_as_union=not given and not has_own,
            default_graph=default if given else None,
            named_graphs=named if given else None,
        )
    except SyntaxError as error:
        raise explain(question.text, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the engine could not run the query: {error}") from error


def _graphs(question: Question) -> tuple[list[NamedNode | BlankNode | DefaultGraph], list[NamedNode | BlankNode]]:
    return [NamedNode(name) for name in question.default_graphs], [NamedNode(name) for name in question.named_graphs]


def solve(store: Store, question: Question, limits: Limits) -> Table | Triples | bool:
    """The whole answer, found in this process; the time limit is looked at between rows."""
    answer = run(store, question)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    cut = Cut(limits)
    try:
        if isinstance(answer, QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            rows = tuple(tuple(row) for row in cut(solutions(answer)))
            return Table(columns=columns, rows=rows, truncated=cut.truncated)
        triples = sorted(set(cut(answer)), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        return Triples(triples=tuple(triples), truncated=cut.truncated)
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the engine could not finish the query: {error}") from error


def solutions(answer: QuerySolutions) -> Iterator[Row]:
    """Rows as tuples of terms."""
    return (tuple(solution) for solution in answer)


class Cut:
    """Lets as many items through as the limits allow, and remembers whether there were more."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.count = 0
        self.truncated = False

    def __call__(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The items, until a limit is reached. Raises QueryError when the time is up."""
        deadline = time.monotonic() + self._limits.seconds if self._limits.seconds is not None else None
        for item in items:
            if self._limits.rows is not None and self.count >= self._limits.rows:
                self.truncated = True
                return
            if deadline is not None and time.monotonic() > deadline:
                raise too_long(self._limits)
            self.count += 1
            yield item


def too_long(limits: Limits) -> QueryError:
    """The error of a query that ran out of time."""
    to_do = (
        "ask for less, begin with the most exact pattern, use MINUS in place of FILTER NOT EXISTS, or allow more time"
    )
    return QueryError(f"stopped after {limits.seconds:g} s", to_do=to_do)
