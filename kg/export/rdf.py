"""RDF files, written by `kg.rdf`: the facts alone, or with all evidence.

One function a format and amount, so that the table of formats can name it. With filters, the RDF is that of the graph
that they keep (`kg.graph.subgraph`).
"""

from __future__ import annotations

from collections.abc import Callable

from kg.export.source import Source, Tally
from kg.staging import Staging

__all__ = [
    "jsonld",
    "jsonld_full",
    "nquads",
    "nquads_full",
    "ntriples",
    "ntriples_full",
    "rdfxml",
    "rdfxml_full",
    "trig",
    "trig_full",
    "turtle",
    "turtle_full",
]


def _writer(name: str, *, full: bool) -> Callable[[Source, Staging], Tally]:
    def write(source: Source, files: Staging) -> Tally:
        """Write the file; how many nodes and edges are in it."""
        from kg.graph.subgraph import Subgraph
        from kg.rdf.formats import rdf_format
        from kg.rdf.serialise import write as write_rdf

        projection = source.projection
        graph = projection.graph if projection.filters.all else Subgraph(projection)
        stem = "graph-full" if full else "graph"
        with files.binary(stem + rdf_format(name).suffix) as out:
            write_rdf(graph, name, out, full=full)
        return source.tally

    return write


turtle, turtle_full = _writer("turtle", full=False), _writer("turtle", full=True)
ntriples, ntriples_full = _writer("ntriples", full=False), _writer("ntriples", full=True)
nquads, nquads_full = _writer("nquads", full=False), _writer("nquads", full=True)
trig, trig_full = _writer("trig", full=False), _writer("trig", full=True)
jsonld, jsonld_full = _writer("jsonld", full=False), _writer("jsonld", full=True)
rdfxml, rdfxml_full = _writer("rdfxml", full=False), _writer("rdfxml", full=True)
