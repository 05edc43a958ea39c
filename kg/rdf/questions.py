"""The named questions: SPARQL kept in `ontology/questions/`, with parameters that are filled in safely.

A file begins with comments: its title, a line of explanation, and one line a parameter

    # $task: Task = any, for example "image classification"; only papers that mention the task

name, type, default if it has one ("any" leaves it open), an example, and what it is. A parameter stands in the query
as `$name`; filling in replaces that token by an RDF term, never text by text, so nothing in a value can become syntax.
Things are named as people name them: any alias in any case, an id or an IRI; see `kg.rdf.names`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process

from kg.errors import QueryError
from kg.rdf.engine import Limits
from kg.rdf.names import THING_CLASSES, find
from kg.rdf.query import Target, query
from kg.rdf.results import Table, Triples
from kg.rdf.sparql import substitute
from kg.rdf.terms import string
from kg.resources import ontology_folder

__all__ = ["NamedQuestion", "Parameter", "ask", "parse_question", "question", "questions", "resolve"]

_PARAMETER = re.compile(
    r"\$(?P<name>[a-z]\w*): (?P<type>\w+)(?: = (?P<default>.+?))?, for example (?P<example>\".*?\"|\S+); (?P<about>.+)"
)
_PLAIN = {"integer": re.compile(r"[+-]?\d{1,18}"), "decimal": re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")}
_NODE_TYPES = frozenset((*THING_CLASSES, "Paper"))
ANY = "any"
"""The default that leaves a parameter open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter. type: Thing, Method, Architecture, Dataset, Task, Metric, Paper, integer, decimal or text."""

    name: str
    type: str
    default: str | None
    example: str
    about: str

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is None

    @property
    def shown(self) -> str:
        """The example as it is typed in a shell."""
        return f'"{self.example}"' if " " in self.example else self.example

    @property
    def is_node(self) -> bool:
        """Whether it names a thing or a paper of the graph."""
        return self.type in _NODE_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuestion:
    """One question. `text` is the query with its parameters open."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, values: Mapping[str, str | int | float]) -> str:
        """The query with its parameters filled in.

        values: by parameter; those that name a thing or paper are IRIs (`resolve` finds them). What is not given takes
        its default. Raises QueryError for a name that is no parameter, one that is missing, and a value that does not
        fit its type.
        """
        if unknown := sorted(set(values) - {parameter.name for parameter in self.parameters}):
            raise QueryError(f"{self.name} has no parameter {unknown[0]!r}", to_do=self.usage)
        terms = {}
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            if value is None:
                raise QueryError(f"{self.name} needs {parameter.name}: {parameter.about}", to_do=self.usage)
            if str(value) != ANY or parameter.default != ANY:
                terms[parameter.name] = _term(parameter, str(value))
        return substitute(self.text, terms)

    @property
    def usage(self) -> str:
        """How it is asked, with its examples."""
        needed = (f"--{item.name} {item.shown}" for item in self.parameters if item.required)
        open_ones = (f"[--{item.name} {item.shown}]" for item in self.parameters if not item.required)
        return "for example: " + " ".join((self.name, *needed, *open_ones))


def _term(parameter: Parameter, value: str) -> str:
    if parameter.is_node:
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]+", value):
            return f"<{value}>"
        raise QueryError(f"{parameter.name} is to be an IRI here, not {value!r}", to_do="resolve the name first")
    if parameter.type == "text":
        return string(value)
    if not _PLAIN[parameter.type].fullmatch(value.strip()):
        raise QueryError(f"{parameter.name} is to be a number, not {value!r}", to_do=f"as in {parameter.example}")
    return value.strip()


def parse_question(name: str, text: str) -> NamedQuestion:
    """A question from the text of its file. Raises QueryError where the header is not as it must be."""
    header = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    if len(header) < 2:
        raise QueryError(f"question {name} has no title and explanation", to_do="begin the file with two comment lines")
    parameters = []
    for line in header[2:]:
        match = _PARAMETER.fullmatch(line)
        if match is None or match["type"] not in {*_NODE_TYPES, *_PLAIN, "text"}:
            raise QueryError(f"question {name}: not a parameter: {line!r}", to_do="see kg.rdf.questions")
        fields = match.groupdict()
        parameters.append(Parameter(**{key: _unquoted(value) for key, value in fields.items()}))
    return NamedQuestion(name=name, title=header[0], about=header[1], parameters=tuple(parameters), text=text)


def _unquoted(value: str | None) -> str:
    return value[1:-1] if value and value[0] == value[-1] == '"' else value  # type: ignore[return-value]  # None stays None


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[NamedQuestion, ...]:
    files = sorted(folder.glob("*.rq"))
    return tuple(parse_question(file.stem, file.read_text(encoding="utf-8")) for file in files)


def questions() -> tuple[NamedQuestion, ...]:
    """All questions that come with the program, by name."""
    return _read(ontology_folder() / "questions")


def question(name: str) -> NamedQuestion:
    """The question of that name. Raises QueryError with the nearest names where there is none."""
    known = {item.name: item for item in questions()}
    if name in known:
        return known[name]
    near = [match for match, score, _ in process.extract(name, list(known), limit=3) if score >= 60]
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
    raise QueryError(f"no question {name!r}", to_do=hint)


def resolve(
    target: Target, asked: NamedQuestion, values: Mapping[str, str | int | float], *, limits: Limits | None = None
) -> dict[str, str | int | float]:
    """The same values with every name of a thing or paper as its IRI in that graph.

    Raises QueryError where the graph has none of that name, with the nearest ones.
    """
    found = dict(values)
    for parameter in asked.parameters:
        value = found.get(parameter.name)
        if parameter.is_node and value is not None and not (value == ANY and parameter.default == ANY):
            found[parameter.name] = find(target, str(value), parameter.type, limits=limits)
    return found


def ask(
    target: Target, name: str, values: Mapping[str, str | int | float], *, limits: Limits | None = None
) -> Table | Triples | bool:
    """Ask a named question; things and papers by any of their names.

    Raises QueryError for an unknown question, parameter or name, and as `query` does.
    """
    asked = question(name)
    return query(target, asked.bind(resolve(target, asked, values, limits=limits)), limits=limits)
