"""What a program that is not ours found in a file, and what it should find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Scalar, edge_values, node_values
from kg.graph.projection import Projection

__all__ = ["Loaded", "Row", "by_id", "expected", "loaded"]

Row = dict[str, Scalar]
_PYTHON: dict[str, Callable[[Any], Scalar]] = {"string": str, "int": int, "double": float}


@dataclass(frozen=True, slots=True)
class Loaded:
    """Nodes and edges by the id that the projection gives them."""

    nodes: dict[str, Row]
    edges: dict[str, Row]


def expected(projection: Projection) -> Loaded:
    """What every reader should find."""
    node_names = [column.name for column in NODE_COLUMNS]
    edge_names = [column.name for column in EDGE_COLUMNS]
    nodes = (dict(zip(node_names, node_values(row), strict=True)) for row in projection.nodes())
    edges = (dict(zip(edge_names, edge_values(row), strict=True)) for row in projection.edges())
    return Loaded(by_id(nodes), by_id(edges))


def by_id(rows: Iterable[Mapping[str, Scalar]]) -> dict[str, Row]:
    made: dict[str, Row] = {}
    for row in rows:
        assert str(row["id"]) not in made, f"{row['id']} twice"
        made[str(row["id"])] = {name: value for name, value in row.items() if value is not None}
    return made


def _typed(row: Mapping[str, Any], columns: tuple[Column, ...]) -> Row:
    """A row whose reader gives everything as text or as numbers of one kind, in the declared types."""
    return {
        column.name: _PYTHON[column.type](row[column.name])
        for column in columns
        if row.get(column.name) not in (None, "") and row[column.name] == row[column.name]
    }


def loaded(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> Loaded:
    return Loaded(by_id(_typed(row, NODE_COLUMNS) for row in nodes), by_id(_typed(row, EDGE_COLUMNS) for row in edges))
