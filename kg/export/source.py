"""What a writer writes from: the rows of a projection, and where each node stands in a picture.

In: a `Projection`. Out: rows in streams, counts, positions, each computed once for all formats of an export.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, EdgeRow, NodeRow, Scalar
from kg.graph.projection import Projection

__all__ = ["Cells", "Source", "Spool", "Tally"]

Row = TypeVar("Row", NodeRow, EdgeRow)


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


class Spool(Generic[Row]):
    """Rows that are made once and read often: kept in a file without a name while an export lasts.

    Making a row reads the graph's folder; reading it back is many times faster, and no memory is taken.
    """

    def __init__(self, make: Callable[[], Iterator[Row]], row: type[Row], directory: Path | None) -> None:
        self._make: Callable[[], Iterator[Row]] = make
        self._row: type[Row] = row
        self._names = tuple(field.name for field in fields(row))
        self._values = attrgetter(*self._names)
        self._directory = directory
        self.count = 0

    @cached_property
    def _file(self) -> BinaryIO:
        file: BinaryIO = tempfile.TemporaryFile(dir=self._directory)  # noqa: SIM115  # open until close()
        for row in self._make():
            file.write(json.dumps(self._values(row)).encode("ascii") + b"\n")
            self.count += 1
        return file

    def rows(self) -> Iterator[Row]:
        """Every row, in order; several readers at once do not disturb one another."""
        file = self._file
        at = 0
        for _ in range(self.count):
            file.seek(at)
            line = file.readline()
            at += len(line)
            yield self._row(**dict(zip(self._names, json.loads(line), strict=True)))

    def close(self) -> None:
        """Give the file back."""
        if "_file" in self.__dict__:
            self._file.close()


class Source:
    """The rows of a projection, and what several formats want to know of them.

    directory: where there is room for a file of all rows while the export lasts; the system's place if None.
    """

    def __init__(self, projection: Projection, directory: Path | None = None) -> None:
        self.projection = projection
        self._nodes = Spool(projection.nodes, NodeRow, directory)
        self._edges = Spool(projection.edges, EdgeRow, directory)

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self._nodes.close()
        self._edges.close()

    def nodes(self) -> Iterator[NodeRow]:
        """Every node, by id."""
        return self._nodes.rows()

    def edges(self) -> Iterator[EdgeRow]:
        """Every edge, by source, relation, target."""
        return self._edges.rows()

    @cached_property
    def tally(self) -> Tally:
        """How many rows there are."""
        return Tally(nodes=sum(1 for _ in self.nodes()), edges=sum(1 for _ in self.edges()))

    @cached_property
    def most(self) -> int:
        """How many papers name the best known node."""
        return max((row.papers for row in self.nodes()), default=1)

    @cached_property
    def _laid_out(self) -> dict[str, tuple[float, float]]:
        from kg.view.content import radii as drawn
        from kg.view.layout import layout

        radii = drawn(self.nodes())
        return layout(tuple(radii), ((row.source, row.target, row.weight) for row in self.edges()), radii=radii)

    def placed(self) -> Iterator[tuple[NodeRow, tuple[float, float]]]:
        """Every node with its position: laid out, or on a spiral where there are too many to lay out."""
        from kg.view.layout import LIMIT, spiral

        many = self.tally.nodes > LIMIT
        for place, row in enumerate(self.nodes()):
            yield row, (spiral(place) if many else self._laid_out[row.id])
