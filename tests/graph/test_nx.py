"""The graph for networkx."""

from __future__ import annotations

import io

import networkx

from kg.graph.filters import Filters
from kg.graph.nx import to_networkx
from tests import samples


def test_all_of_it_is_there() -> None:
    """Counts, parallel edges by their ids, columns as attributes and never None."""
    graph = samples.graph()
    made = to_networkx(graph)
    assert (made.number_of_nodes(), made.number_of_edges()) == (graph.counts().nodes, graph.counts().edges)
    assert made.nodes["thing/quicknet"]["type"] == "Architecture"
    key = "thing/quicknet:outperforms:thing/slownet"
    assert made["thing/quicknet"]["thing/slownet"][key]["papers"] == 2
    assert all(value is not None for _, fields in made.nodes(data=True) for value in fields.values())


def test_its_own_writers_take_it() -> None:
    """networkx fails on None and lists; there are none."""
    made = to_networkx(samples.graph(), Filters(types=("Thing",)))
    networkx.write_graphml(made, io.BytesIO())
    networkx.write_gexf(made, io.BytesIO())
