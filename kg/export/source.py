"""What a writer writes from: the rows of a projection, and where each node stands in a picture.

In: a `Projection`. Out: rows in streams, counts, positions, each computed once for all formats of an export.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, EdgeRow, NodeRow, Scalar
from kg.graph.projection import Projection

__all__ = ["Cells", "Source", "Tally"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many nodes and edges were written."""

    nodes: int
    edges: int


class Cells:
    """Some of the columns of a table, and what a row has in them."""

    def __init__(self, columns: tuple[Column, ...], *, without: tuple[str, ...] = ()) -> None:
        self.columns = tuple(column for column in columns if column.name not in without)
        self._values = attrgetter(*(column.name for column in self.columns))

    @classmethod
    def nodes(cls, *without: str) -> Cells:
        """The columns of nodes, without those that a format has a place of its own for."""
        return cls(NODE_COLUMNS, without=without)

    @classmethod
    def edges(cls, *without: str) -> Cells:
        """The columns of edges, without those that a format has a place of its own for."""
        return cls(EDGE_COLUMNS, without=without)

    def all(self, row: NodeRow | EdgeRow) -> tuple[Scalar, ...]:
        """The row's values, one a column, None where unknown."""
        values: tuple[Scalar, ...] = self._values(row)
        return values

    def known(self, row: NodeRow | EdgeRow) -> Iterator[tuple[Column, str | int | float]]:
        """The columns that have a value in this row, with it."""
        for column, value in zip(self.columns, self.all(row), strict=True):
            if value is not None:
                yield column, value

    def fields(self, row: NodeRow | EdgeRow) -> dict[str, str | int | float]:
        """The same by name, as JSON formats want it."""
        return {column.name: value for column, value in self.known(row)}


class Source:
    """The rows of a projection, and what several formats want to know of them."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.nodes = projection.nodes
        self.edges = projection.edges

    @cached_property
    def tally(self) -> Tally:
        """How many rows there are, by one pass."""
        return Tally(nodes=sum(1 for _ in self.nodes()), edges=sum(1 for _ in self.projection.facts()))

    @cached_property
    def most(self) -> int:
        """How many papers name the best known node."""
        return max((row.papers for row in self.nodes()), default=1)

    @cached_property
    def _laid_out(self) -> dict[str, tuple[float, float]]:
        from kg.view.content import radii as drawn
        from kg.view.layout import layout

        radii = drawn(self.nodes())
        edges = ((fact.subject, fact.object, float(max(1, len(fact.papers)))) for fact in self.projection.facts())
        return layout(tuple(radii), edges, radii=radii)

    def placed(self) -> Iterator[tuple[NodeRow, tuple[float, float]]]:
        """Every node with its position: laid out, or on a spiral where there are too many to lay out."""
        from kg.view.layout import LIMIT, spiral

        many = self.tally.nodes > LIMIT
        for place, row in enumerate(self.nodes()):
            yield row, (spiral(place) if many else self._laid_out[row.id])
