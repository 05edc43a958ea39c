"""Readers of node-link JSON and of tables: networkx, pandas, Arrow, Python's own."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.export.loaded import Loaded, by_id, loaded

__all__ = ["csv_pandas", "csv_python", "json_networkx", "parquet_arrow", "parquet_pandas"]


def json_networkx(directory: Path) -> Loaded:
    import networkx

    document = json.loads((directory / "graph.json").read_text(encoding="utf-8"))
    graph: networkx.MultiDiGraph[str] = networkx.node_link_graph(document, edges="edges")  # type: ignore[assignment] # the stubs know one class
    nodes = [{"id": node, **fields} for node, fields in graph.nodes(data=True)]
    edges = []
    for source, target, key in graph.edges(keys=True):
        fields = graph.edges[source, target, key]
        assert key == fields["id"]
        edges.append({"source": source, "target": target, **fields})
    return Loaded(by_id(nodes), by_id(edges))


def _no_guard(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without the apostrophe before what would be a formula."""
    return {
        name: value[1:]
        if isinstance(value, str) and value[:1] == "'" and value[1:2] in tuple("=+-@＝＋－＠")
        else value
        for name, value in row.items()
    }


def csv_pandas(directory: Path) -> Loaded:
    import pandas

    def rows(name: str) -> list[dict[str, Any]]:
        frame = pandas.read_csv(directory / name, keep_default_na=False, na_values=[""], dtype_backend="pyarrow")
        return [_no_guard(row) for row in frame.astype(object).where(frame.notna(), None).to_dict("records")]

    return loaded(rows("nodes.csv"), rows("edges.csv"))


def csv_python(directory: Path) -> Loaded:
    def rows(name: str) -> list[dict[str, Any]]:
        with (directory / name).open(encoding="utf-8", newline="") as lines:
            return [_no_guard(row) for row in csv.DictReader(lines, strict=True)]

    return loaded(rows("nodes.csv"), rows("edges.csv"))


def parquet_arrow(directory: Path) -> Loaded:
    from pyarrow import parquet

    tables = [parquet.read_table(directory / name) for name in ("nodes.parquet", "edges.parquet")]
    assert all(field.metadata[b"meaning"] for table in tables for field in table.schema)
    return Loaded(by_id(tables[0].to_pylist()), by_id(tables[1].to_pylist()))


def parquet_pandas(directory: Path) -> Loaded:
    import pandas

    def rows(name: str) -> list[dict[str, Any]]:
        frame = pandas.read_parquet(directory / name)
        return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[no-any-return] # no stubs

    return loaded(rows("nodes.parquet"), rows("edges.parquet"))
