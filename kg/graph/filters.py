"""Which part of a graph to show: by type, relation, support, certainty, year, and nearness to a thing.

In: what a person asks for. Out: `Filters`, checked, and the thing that `around` names. The projection applies them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.domain import ClaimKind, Thing
from kg.errors import UsageError
from kg.graph.model import Graph
from kg.graph.rules import CLASS_NAMES, PAPER_PREDICATES, THING_PREDICATES
from kg.identifiers import RESOURCE

__all__ = ["CLAIM_CLASSES", "NODE_TYPES", "RELATIONS", "Filters", "find_thing"]

CLAIM_CLASSES = {kind: kind.value.capitalize() for kind in ClaimKind}
"""The ontology's class of each kind of claim."""

_GROUPS: dict[str, frozenset[str]] = {
    "Method": frozenset(("Method", "Architecture")),
    "Thing": frozenset(CLASS_NAMES.values()),
    "Claim": frozenset(CLAIM_CLASSES.values()),
}
NODE_TYPES = tuple(sorted({"Paper", *_GROUPS, *CLASS_NAMES.values(), *CLAIM_CLASSES.values()}))
"""What `Filters.types` may hold. Method includes Architecture, its subclass; Thing and Claim include all theirs."""

RELATIONS = tuple(sorted((*PAPER_PREDICATES, *THING_PREDICATES)))
"""What `Filters.relations` may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to keep; the default keeps everything. Conditions add up: a node or edge has to meet all.

    types        classes of nodes, as in `NODE_TYPES`; an edge stays if both its ends do
    relations    properties, as in `RELATIONS`; nodes that no kept edge touches go
    min_papers   things that at least this many papers name (papers and claims are not asked)
    min_support  edges between things that at least this many papers state
    min_score    edges and claims that are at least this sure, in [0, 1]
    since, until years, both included: only papers of these years are counted, as though no other had been read;
                 papers without a year are not among them
    around       a thing's id, IRI, name or alias: only what is at most `depth` edges away, in either direction,
                 over edges that the other conditions keep

    >>> Filters(types=("dataset",), min_papers=2).types
    ('Dataset',)
    """

    types: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    min_papers: int = 0
    min_support: int = 0
    min_score: float = 0.0
    since: int | None = None
    until: int | None = None
    around: str | None = None
    depth: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", _known(self.types, NODE_TYPES, "type"))
        object.__setattr__(self, "relations", _known(self.relations, RELATIONS, "relation"))
        if not 0.0 <= self.min_score <= 1.0:
            raise UsageError(f"a minimum score of {self.min_score} keeps nothing", to_do="give a number from 0 to 1")
        if self.depth < 0:
            raise UsageError(f"a depth of {self.depth} is no distance", to_do="give 0 or more")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise UsageError(f"no year is from {self.since} to {self.until}", to_do="give the earlier year first")

    @property
    def classes(self) -> frozenset[str]:
        """The classes that `types` names, subclasses included; empty for all."""
        return frozenset(name for given in self.types for name in _GROUPS.get(given, frozenset((given,))))

    @property
    def all(self) -> bool:
        """Whether everything is kept."""
        return self == Filters(depth=self.depth)

    def in_years(self, year: int | None) -> bool:
        """Whether a paper of this year counts."""
        if self.since is None and self.until is None:
            return True
        if year is None:
            return False
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)


def _known(given: tuple[str, ...], names: tuple[str, ...], what: str) -> tuple[str, ...]:
    """The names as they are spelt, whatever case they were given in, sorted, each once."""
    spelt = {name.lower(): name for name in names}
    for name in given:
        if name.lower() not in spelt:
            raise UsageError(f"{name!r} is no {what}", to_do=f"one of {', '.join(names)}")
    return tuple(sorted({spelt[name.lower()] for name in given}))


def _forms(thing: Thing) -> Iterator[str]:
    yield thing.label
    yield from (form for form, _ in thing.aliases)


def find_thing(graph: Graph, name: str) -> Thing:
    """The thing with this id, IRI, label or alias; of several, the one that most papers name.

    Raises UsageError, with the closest names there are, if no thing has it.
    """
    wanted = name.removeprefix(RESOURCE)
    by_id = graph.thing(wanted) or graph.thing(f"thing/{wanted}")
    if by_id is not None:
        return by_id
    folded = " ".join(name.split()).casefold()
    best: tuple[tuple[bool, int], Thing] | None = None
    for thing in graph.things():
        forms = [form.casefold() for form in _forms(thing)]
        if folded in forms:
            rank = (forms[0] == folded, len(thing.papers))
            if best is None or rank > best[0]:
                best = (rank, thing)
    if best is not None:
        return best[1]
    close = ", ".join(_closest(graph, folded))
    raise UsageError(f"no thing is called {name!r}", to_do=f"closest: {close}" if close else "the graph has no things")


def _closest(graph: Graph, folded: str) -> list[str]:
    from rapidfuzz import fuzz, process, utils

    labels = sorted({thing.label for thing in graph.things()})
    found = process.extract(folded, labels, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    return [label for label, _, _ in found]
