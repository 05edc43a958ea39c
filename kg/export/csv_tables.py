"""Two CSV tables, nodes and edges, for spreadsheets, pandas, polars, R and whatever reads tables.

UTF-8 without a byte order mark. Names such as "NULL" or "NaN" are text: `pandas.read_csv(file, keep_default_na=False,
na_values=[""])` reads them as they are. A text that a spreadsheet would run as a formula has an apostrophe before it.
"""

from __future__ import annotations

from kg.export.csv_cells import line
from kg.export.source import Cells, Source, Tally
from kg.staging import Staging

__all__ = ["EDGES", "NODES", "write"]

NODES, EDGES = "nodes.csv", "edges.csv"


def write(source: Source, files: Staging) -> Tally:
    """Write both files; how many rows are in each."""
    counts = []
    for name, cells, rows in ((NODES, Cells.nodes(), source.nodes()), (EDGES, Cells.edges(), source.edges())):
        with files.text(name) as out:
            out.write(line(tuple(column.name for column in cells.columns)))
            count = 0
            for row in rows:
                out.write(line(cells.all(row)))
                count += 1
            counts.append(count)
    return Tally(nodes=counts[0], edges=counts[1])
