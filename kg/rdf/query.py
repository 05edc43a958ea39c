"""Ask a graph in SPARQL: the one function, whatever the graph is held in.

    query(place on disk, text)      in a process that is killed at the time limit
    query(Store or Graph, text)     in this process; a time limit is looked at between rows only

Without FROM, a query sees facts and evidence together. SERVICE and updates are refused. The prefixes of
`kg.rdf.terms.PREFIXES` need no declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import QueryError
from kg.graph import Graph
from kg.rdf.engine import Limits, Question, solve
from kg.rdf.quads import lines
from kg.rdf.results import Table, Triples
from kg.rdf.sparql import substitute
from kg.rdf.terms import safe_text
from kg.rdf.workers import Answer, Workers

__all__ = ["Target", "load", "query"]

Target = Store | Graph | Workers | str | Path
"""What can be asked: a store, a graph, processes over a store on disk, or the folder of one."""


def load(graph: Graph | Iterable[Quad], *, full: bool = True) -> Store:
    """A store in memory of a graph or of quads, to ask more than once.

    full: with the evidence.
    """
    store = Store()
    if isinstance(graph, Iterable):
        store.bulk_extend(graph)
    else:
        text = "\n".join(lines(graph, full=full))
        store.bulk_load(input=text.encode(), format=RdfFormat.N_QUADS)
    return store


def query(
    target: Target,
    text: str,
    *,
    parameters: Mapping[str, NamedNode | Literal | str | float | bool] | None = None,
    limits: Limits | None = None,
    default_graphs: Iterable[str] = (),
    named_graphs: Iterable[str] = (),
) -> Table | Triples | bool:
    """The answer: a Table for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK.

    parameters: what stands in the query as `$name`, filled in as a term (a str is a text, an IRI is a NamedNode), so
    that nothing in a value can become syntax. default_graphs, named_graphs: IRIs, as in the SPARQL 1.1 Protocol; they take the place of FROM.
    Raises QueryError for a query that does not parse, that would change data or ask elsewhere, or that meets a limit.

    >>> query(load([]), "SELECT (STRLEN($word) AS ?n) {}", parameters={"word": "} #"}).rows[0][0].value
    '3'
    """
    if parameters:
        text = substitute(text, {name: str(_term(value)) for name, value in parameters.items()})
    question = Question(text=text, default_graphs=tuple(default_graphs), named_graphs=tuple(named_graphs))
    limits = limits or Limits()
    if isinstance(target, Store):
        return solve(target, question, limits)
    if isinstance(target, Workers):
        return _asked(target, question, limits)
    if isinstance(target, str | Path):
        if not (Path(target) / "CURRENT").is_file():
            raise QueryError(f"{target} holds no triples", to_do="build the graph first")
        with Workers(target, count=1) as workers:
            return _asked(workers, question, limits)
    return solve(load(target), question, limits)


def _term(value: NamedNode | Literal | str | float | bool) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    return Literal(safe_text(value)) if isinstance(value, str) else Literal(value)


def _asked(workers: Workers, question: Question, limits: Limits) -> Table | Triples | bool:
    with workers.ask(question, limits, table="json", graph="ntriples") as answer:
        return _read(answer)


def _read(answer: Answer) -> Table | Triples | bool:
    """The whole answer of a worker as terms."""
    content = b"".join(answer.chunks())
    if answer.form == "graph":
        found = pyoxigraph.parse(input=content, format=RdfFormat.N_TRIPLES, rename_blank_nodes=False)
        return Triples(triples=tuple(quad.triple for quad in found), truncated=answer.truncated)
    parsed = pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(parsed, pyoxigraph.QuerySolutions):
        columns = tuple(variable.value for variable in parsed.variables)
        rows = tuple(tuple(solution) for solution in parsed)
        return Table(columns=columns, rows=rows, truncated=answer.truncated)
    return bool(parsed)
