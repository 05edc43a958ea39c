"""The graph as networkx sees it: a view for whoever wants its algorithms.

In: a graph, or a projection of one. Out: a `networkx.MultiDiGraph` whose attributes are the columns of `kg.graph.columns`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kg.graph.columns import EdgeRow, NodeRow
from kg.graph.filters import Filters
from kg.graph.model import Graph
from kg.graph.projection import Projection

if TYPE_CHECKING:
    import networkx

__all__ = ["projected", "to_networkx"]


def to_networkx(graph: Graph, filters: Filters | None = None) -> networkx.MultiDiGraph[str]:
    """The whole graph, or what the filters keep, in memory.

    Nodes are ids; edges are keyed by their id, so that parallel edges stay apart in every file that networkx writes.
    Attributes that are unknown are left out: None is what its writers fail on.
    """
    return projected(Projection(graph, filters))


def projected(projection: Projection) -> networkx.MultiDiGraph[str]:
    """The rows of a projection as a networkx graph."""
    import networkx

    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in projection.nodes():
        made.add_node(node.id, **_known(node, without=("id",)))
    for edge in projection.edges():
        made.add_edge(edge.source, edge.target, key=edge.id, **_known(edge, without=("source", "target")))
    return made


def _known(row: NodeRow | EdgeRow, without: tuple[str, ...]) -> dict[str, Any]:
    """The columns that have a value."""
    values = ((item.name, getattr(row, item.name)) for item in fields(row) if item.name not in without)
    return {name: value for name, value in values if value is not None}
