"""The JSON API as a table: a row a view, from which come the routes, the OpenAPI document and the single file.

Each row says which parameters it takes and which pure function answers. What is wrong with a parameter is told with
status 400, what is not in the graph with 404; both as {error, to_do}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.domain import EntityType
from kg.serve.answers.about import about
from kg.serve.answers.around import around
from kg.serve.answers.common import MOST as MOST_PAPERS
from kg.serve.answers.common import common
from kg.serve.answers.family import family
from kg.serve.answers.gaps import gaps
from kg.serve.answers.growth import MOST as MOST_LINES
from kg.serve.answers.growth import growth
from kg.serve.answers.leaderboard import leaderboard, leaderboards
from kg.serve.answers.overview import community, overview
from kg.serve.answers.paper import claim_page, paper_page
from kg.serve.answers.paths import paths
from kg.serve.answers.proof import fact_evidence
from kg.serve.answers.rivals import rivals
from kg.serve.answers.search import search
from kg.serve.answers.shapes import Answer
from kg.serve.answers.thing import thing_page
from kg.serve.index import Index

__all__ = ["VIEWS", "Given", "Parameter", "View", "WrongParameter"]

_TYPES = tuple(kind.value for kind in EntityType)


class WrongParameter(ValueError):
    """A parameter that is missing or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a view. `many` may be given several times; `among` are its values, `most` its largest number."""

    name: str
    about: str
    required: bool = False
    many: bool = False
    among: tuple[str, ...] = ()
    most: int | None = None
    in_path: bool = False


class Given:
    """The parameters of a request, checked against a view's."""

    def __init__(self, view: View, values: Mapping[str, Sequence[str]]) -> None:
        known = {parameter.name: parameter for parameter in view.parameters}
        self._values: dict[str, list[str]] = {}
        for name, parameter in known.items():
            given = [value for value in values.get(name, ()) if value]
            if parameter.required and not given:
                raise WrongParameter(f"the parameter {name!r} is missing: {parameter.about}")
            if len(given) > 1 and not parameter.many:
                raise WrongParameter(f"the parameter {name!r} is given {len(given)} times")
            for value in given:
                if parameter.among and value not in parameter.among:
                    raise WrongParameter(f"{name!r} must be one of {', '.join(parameter.among)}")
                if len(value) > 400:
                    raise WrongParameter(f"{name!r} is longer than 400 characters")
            self._values[name] = given
        self._known = known

    def one(self, name: str) -> str | None:
        """The value, None where it is not given."""
        return next(iter(self._values[name]), None)

    def text(self, name: str) -> str:
        """The value of a required parameter."""
        return self._values[name][0]

    def many(self, name: str) -> list[str]:
        """All values, in their order."""
        return self._values[name]

    def number(self, name: str, default: int) -> int:
        """A whole number from 0 to the parameter's most."""
        value = self.one(name)
        if value is None:
            return default
        most = self._known[name].most or 1_000_000
        if not (value.isascii() and value.isdigit() and int(value[:9]) <= most):
            raise WrongParameter(f"{name!r} must be a whole number from 0 to {most}")
        return int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One address of the API. `answer` takes the index, the parameters and the graph's title."""

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Callable[[Index, Given, str], Answer]


_NAME = Parameter(name="name", about="the last part of an id", required=True, in_path=True)
_LIMIT = Parameter(name="limit", about="how many items a list may hold", most=500)


def _thing(name: str, about: str, *, required: bool = False, many: bool = False) -> Parameter:
    return Parameter(name=name, about=f"{about}: a thing's id or its last part", required=required, many=many)


VIEWS: tuple[View, ...] = (
    View(
        name="about",
        path="/api/about",
        summary="What the graph holds",
        parameters=(),
        answer=lambda index, given, title: about(index, title=title),
    ),
    View(
        name="search",
        path="/api/search",
        summary="Things and papers by any name, typing errors forgiven",
        parameters=(
            Parameter(name="q", about="words", required=True),
            Parameter(name="type", about="one type of thing, or PAPER", among=(*_TYPES, "PAPER")),
            _LIMIT,
        ),
        answer=lambda index, given, title: search(
            index, given.text("q"), kind=given.one("type"), limit=given.number("limit", 20)
        ),
    ),
    View(
        name="thing",
        path="/api/thing/{name}",
        summary="All about a thing",
        parameters=(_NAME, _LIMIT),
        answer=lambda index, given, title: thing_page(index, given.text("name"), limit=given.number("limit", 40)),
    ),
    View(
        name="paper",
        path="/api/paper/{name}",
        summary="All about a paper",
        parameters=(_NAME,),
        answer=lambda index, given, title: paper_page(index, given.text("name")),
    ),
    View(
        name="claim",
        path="/api/claim/{name}",
        summary="One claim with its sentence",
        parameters=(_NAME,),
        answer=lambda index, given, title: claim_page(index, given.text("name")),
    ),
    View(
        name="evidence",
        path="/api/evidence",
        summary="The sentences that state a fact",
        parameters=(
            Parameter(name="subject", about="a node's id", required=True),
            Parameter(name="predicate", about="a predicate of the ontology", required=True),
            Parameter(name="object", about="a node's id", required=True),
            _LIMIT,
        ),
        answer=lambda index, given, title: fact_evidence(
            index,
            given.text("subject"),
            given.text("predicate"),
            given.text("object"),
            limit=given.number("limit", 20),
        ),
    ),
    View(
        name="around",
        path="/api/around/{name}",
        summary="The neighbourhood of a thing, with bundles for what is too much",
        parameters=(_NAME, Parameter(name="shown", about="neighbours a relation before they are bundled", most=50)),
        answer=lambda index, given, title: around(index, given.text("name"), shown=given.number("shown", 5)),
    ),
    View(
        name="overview",
        path="/api/overview",
        summary="Communities with names, and the map",
        parameters=(Parameter(name="shown", about="things on the map", most=5000),),
        answer=lambda index, given, title: overview(index, shown=given.number("shown", 1500)),
    ),
    View(
        name="community",
        path="/api/community/{name}",
        summary="One community opened",
        parameters=(Parameter(name="name", about="its number", required=True, in_path=True, most=100_000),),
        answer=lambda index, given, title: community(index, given.number("name", 0)),
    ),
    View(
        name="leaderboards",
        path="/api/leaderboards",
        summary="What results are reported on",
        parameters=(),
        answer=lambda index, given, title: leaderboards(index),
    ),
    View(
        name="leaderboard",
        path="/api/leaderboard",
        summary="Results and comparisons on a dataset, a table a measure",
        parameters=(_thing("dataset", "what is measured on", required=True), _thing("task", "keep one task")),
        answer=lambda index, given, title: leaderboard(index, given.text("dataset"), task=given.one("task")),
    ),
    View(
        name="rivals",
        path="/api/rivals",
        summary="Who beats whom, contradictions shown",
        parameters=(_thing("thing", "around one method"), _thing("task", "for one task or dataset")),
        answer=lambda index, given, title: rivals(index, thing_id=given.one("thing"), task_id=given.one("task")),
    ),
    View(
        name="growth",
        path="/api/growth",
        summary="Papers a year that name each thing",
        parameters=(_thing("thing", f"up to {MOST_LINES}", many=True),),
        answer=lambda index, given, title: growth(index, given.many("thing")),
    ),
    View(
        name="family",
        path="/api/family/{name}",
        summary="Ancestors and descendants of a thing",
        parameters=(_NAME, Parameter(name="depth", about="steps each way", most=6)),
        answer=lambda index, given, title: family(index, given.text("name"), depth=given.number("depth", 3)),
    ),
    View(
        name="paths",
        path="/api/paths",
        summary="What connects two things, with sentences",
        parameters=(
            _thing("from", "the first thing", required=True),
            _thing("to", "the second thing", required=True),
        ),
        answer=lambda index, given, title: paths(index, given.text("from"), given.text("to")),
    ),
    View(
        name="common",
        path="/api/common",
        summary="What a set of papers has in common",
        parameters=(Parameter(name="paper", about=f"ids of papers, up to {MOST_PAPERS}", required=True, many=True),),
        answer=lambda index, given, title: common(index, given.many("paper")),
    ),
    View(
        name="gaps",
        path="/api/gaps",
        summary="Well-known things that no paper names together",
        parameters=(
            Parameter(name="rows", about="a type", among=_TYPES),
            Parameter(name="columns", about="a type", among=_TYPES),
        ),
        answer=lambda index, given, title: gaps(
            index, rows=given.one("rows") or "METHOD", columns=given.one("columns") or "TASK"
        ),
    ),
)
"""Every address of the API."""
