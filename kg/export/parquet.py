"""Two Parquet tables, nodes and edges, for pandas, polars, DuckDB, Spark and Arrow.

Values are as they are, typed; each column carries its meaning as metadata. Rows are written in groups, never all held.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from kg.export.source import Cells, Source, Tally
from kg.graph.columns import EdgeRow, NodeRow
from kg.staging import Staging

__all__ = ["EDGES", "NODES", "write"]

NODES, EDGES = "nodes.parquet", "edges.parquet"

_GROUP = 20_000


def _schema(cells: Cells) -> Any:
    import pyarrow

    types = {"string": pyarrow.string(), "int": pyarrow.int64(), "double": pyarrow.float64()}
    return pyarrow.schema(
        pyarrow.field(
            column.name, types[column.type], nullable=not column.required, metadata={"meaning": column.meaning}
        )
        for column in cells.columns
    )


def _write_table(rows: Iterator[NodeRow | EdgeRow], cells: Cells, name: str, files: Staging) -> int:
    import pyarrow
    from pyarrow import parquet

    schema = _schema(cells)
    count = 0
    with files.binary(name) as out, parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := [cells.all(row) for row in islice(rows, _GROUP)]:
            arrays = [
                pyarrow.array(values, type=field.type)
                for field, values in zip(schema, zip(*group, strict=True), strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def write(source: Source, files: Staging) -> Tally:
    """Write both files; how many rows are in each."""
    return Tally(
        nodes=_write_table(source.nodes(), Cells.nodes(), NODES, files),
        edges=_write_table(source.edges(), Cells.edges(), EDGES, files),
    )
