"""How `kg query` talks: the parameters of a named question, the list of questions, and answers as tables or streams."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from kg import terminal, verbs
from kg.errors import UsageError
from kg.rdf.results import Table, Triples, boolean_chunks, write_table
from kg.rdf.serialise import write_triples

__all__ = ["ask", "list_questions", "parameters_of", "show_answer"]

_TRIPLE_FORMATS = {"turtle": "turtle", "ntriples": "ntriples", "table": "turtle", "csv": "ntriples", "json": "jsonld"}


def ask(given: argparse.Namespace) -> None:
    """One `kg query`: the list of questions, the SPARQL behind one, or an answer."""
    if given.list:
        list_questions(as_json=given.json)
        return
    if given.graph is None or given.question is None:
        raise UsageError("query needs a graph and a question", to_do="kg query --list shows the named ones")
    parameters = parameters_of(given.rest)
    if given.show:
        terminal.show(verbs.sparql(given.graph, given.question, parameters))
        return
    answer = verbs.query(
        given.graph,
        given.question,
        parameters,
        timeout=given.timeout,
        max_rows=given.max_rows,
        min_score=given.min_score,
    )
    fallback = "table" if sys.stdout.isatty() else "csv"
    show_answer(answer, "json" if given.json else given.format or fallback)


def parameters_of(rest: Sequence[str]) -> dict[str, str]:
    """What stands behind a question's name: --dataset CIFAR-10 --since=2019.

    >>> parameters_of(["--dataset", "CIFAR-10", "--since=2019"])
    {'dataset': 'CIFAR-10', 'since': '2019'}
    """
    parameters: dict[str, str] = {}
    words = iter(rest)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(
                f"{word!r} is not a parameter", to_do="write --name value; kg query --list shows the names"
            )
        if not equals:
            following = next(words, None)
            if following is None:
                raise UsageError(f"--{name} has no value")
            value = following
        if name in parameters:
            raise UsageError(f"--{name} is given twice")
        parameters[name] = value
    return parameters


def list_questions(*, as_json: bool) -> None:
    """Show the named questions with their parameters."""
    questions = verbs.questions()
    if as_json:
        terminal.show_json(
            [
                {
                    "name": question.name,
                    "title": question.title,
                    "about": question.about,
                    "parameters": {p.name: p.about for p in question.parameters},
                }
                for question in questions
            ]
        )
        return
    rows = [
        (
            question.name,
            " ".join(f"--{p.name}" if p.required else f"[--{p.name}]" for p in question.parameters),
            question.about,
        )
        for question in questions
    ]
    terminal.show_table(("question", "parameters", "what it asks"), rows)


def show_answer(answer: Table | Triples | bool, format: str) -> None:
    """A table for people, or bytes for a pipe; that an answer was cut is told on standard error."""
    if isinstance(answer, bool):
        if format in ("table", "csv", "tsv"):
            terminal.show("yes" if answer else "no")
        else:
            sys.stdout.buffer.writelines(boolean_chunks(answer, format))
        return
    if isinstance(answer, Triples):
        if format not in _TRIPLE_FORMATS:
            raise UsageError(f"triples have no format {format!r}", to_do=f"one of {', '.join(_TRIPLE_FORMATS)}")
        write_triples(answer.triples, _TRIPLE_FORMATS[format], sys.stdout.buffer)
    elif format == "table":
        terminal.show_table(answer.columns, answer.words())
        count = len(answer.rows)
        terminal.say(
            f"{count:,} row{'' if count == 1 else 's'}" if count else "no answer: nothing in the graph says so"
        )
    elif format in ("turtle", "ntriples"):
        raise UsageError(
            f"a table has no format {format!r}", to_do="table, csv, tsv, json or xml; CONSTRUCT gives triples"
        )
    else:
        sys.stdout.buffer.write(write_table(answer, format))
    if answer.truncated:
        terminal.say(
            f"kg: cut after {len(answer.rows) if isinstance(answer, Table) else len(answer.triples):,}; see --max-rows"
        )
