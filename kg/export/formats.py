"""Every format that a graph can be written in: one row a format, one module a row.

`kg export --list` and the documentation print this table; the tests prove each row with a program that is not ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from kg.errors import UsageError
from kg.export.source import Source, Tally
from kg.staging import Staging

__all__ = ["FORMATS", "Format", "find"]

Writer = Callable[[Source, Staging], Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name on the command line, the files it writes, what it is, and what reads it.

    `writer` is module:function, imported when it is used, so that a format costs nothing until then.
    """

    name: str
    files: tuple[str, ...]
    description: str
    loads_in: tuple[str, ...]
    writer: str

    def load(self) -> Writer:
        """The function that writes it."""
        module, _, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(module), function)
        return writer


_TRIPLE_STORES = ("GraphDB", "Apache Jena", "Virtuoso", "Oxigraph", "rdflib", "Protégé")

_RDF = (
    ("turtle", "ttl", "Turtle", _TRIPLE_STORES),
    ("ntriples", "nt", "N-Triples", (*_TRIPLE_STORES, "QLever", "Spark")),
    ("nquads", "nq", "N-Quads: facts and evidence as named graphs", _TRIPLE_STORES),
    ("trig", "trig", "TriG: facts and evidence as named graphs", _TRIPLE_STORES),
    ("jsonld", "jsonld", "JSON-LD", (*_TRIPLE_STORES, "any JSON reader")),
    ("rdfxml", "rdf", "RDF/XML", _TRIPLE_STORES),
)

_TABLE = (
    Format(
        name="graphml",
        files=("graph.graphml",),
        description="GraphML, with every column",
        loads_in=("yEd", "Gephi", "Cytoscape", "networkx", "igraph", "graph-tool"),
        writer="kg.export.graphml:write",
    ),
    Format(
        name="gexf",
        files=("graph.gexf",),
        description="GEXF 1.3, coloured, sized and laid out",
        loads_in=("Gephi", "Gephi Lite", "sigma.js", "networkx"),
        writer="kg.export.gexf:write",
    ),
    Format(
        name="cytoscape",
        files=("graph.cyjs",),
        description="Cytoscape JSON, laid out",
        loads_in=("cytoscape.js", "Cytoscape"),
        writer="kg.export.cytoscape:write",
    ),
    Format(
        name="cx2",
        files=("graph.cx2",),
        description="CX2, laid out, with its style",
        loads_in=("Cytoscape 3.10+", "Cytoscape Web", "NDEx"),
        writer="kg.export.cx2:write",
    ),
    Format(
        name="neo4j",
        files=("neo4j-edges.csv", "neo4j-import.sh", "neo4j-load.cypher", "neo4j-nodes.csv", "neo4j-schema.cypher"),
        description="CSV for Neo4j's import, its command, and Cypher for a running server",
        loads_in=("Neo4j", "Memgraph", "Ladybug"),
        writer="kg.export.neo4j:write",
    ),
    Format(
        name="json",
        files=("graph.json",),
        description="node-link JSON",
        loads_in=("networkx", "D3", "any JSON reader"),
        writer="kg.export.node_link:write",
    ),
    Format(
        name="csv",
        files=("edges.csv", "nodes.csv"),
        description="tables of nodes and edges as CSV, safe to open in a spreadsheet",
        loads_in=("pandas", "polars", "R", "Excel", "LibreOffice", "Gephi"),
        writer="kg.export.csv_tables:write",
    ),
    Format(
        name="parquet",
        files=("edges.parquet", "nodes.parquet"),
        description="tables of nodes and edges as Parquet, typed",
        loads_in=("pandas", "polars", "DuckDB", "Spark", "Arrow"),
        writer="kg.export.parquet:write",
    ),
    Format(
        name="html",
        files=("graph.html",),
        description="one page to look at, without a network; the same as `kg view`",
        loads_in=("any browser",),
        writer="kg.export.html:write",
    ),
    *(
        Format(
            name=name + suffix,
            files=(f"graph{suffix}.{extension}",),
            description=description + what,
            loads_in=tools,
            writer=f"kg.export.rdf:{function}",
        )
        for name, extension, description, tools in _RDF
        for suffix, what, function in (("", ", the facts", name), ("-full", ", with all evidence", f"{name}_full"))
    ),
)

FORMATS: dict[str, Format] = {entry.name: entry for entry in _TABLE}
"""Every format by name, in the order in which they are listed."""


def find(name: str) -> Format:
    """The format of that name. Raises UsageError with the names there are.

    >>> find("gexf").files
    ('graph.gexf',)
    """
    if name not in FORMATS:
        raise UsageError(f"{name!r} is no format", to_do=f"one of {', '.join(FORMATS)}")
    return FORMATS[name]
