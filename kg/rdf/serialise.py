"""Files of RDF: the same bytes for the same graph, one block a subject, prefixes used, written as it goes.

In: a Graph, or quads. Out: Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML in a file or stream. A graph is written
piece after piece in the order of ids, each piece sorted, so nothing is held but one piece; quads that come in any order
are sorted first, in memory. Formats without named graphs take both graphs as one.
pyoxigraph writes (6 to 47 times faster than rdflib); JSON-LD is `kg.rdf.jsonld`, because its own is expanded.
What it cannot do: RDF/XML has no name for a property that does not end in a local name; ours all do.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import Quad, Triple

from kg.errors import ExportError, Where
from kg.graph import Graph
from kg.rdf import jsonld
from kg.rdf.formats import RdfFormat, rdf_format
from kg.rdf.quads import lines, parse
from kg.rdf.terms import IN_EVIDENCE, IN_FACTS, PREFIXES

__all__ = ["serialise", "write", "write_triples"]

_ENGINE = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


def write(
    source: Graph | Iterable[Quad],
    format: str,
    target: str | Path | IO[bytes],
    *,
    full: bool = True,
    mentions: bool = True,
) -> None:
    """Write a graph or quads.

    format: a name, suffix or media type of `kg.rdf.formats`. target: a path, which is replaced only when all is
    written, or a binary stream. full, mentions: as in `quads`; they have no meaning for quads that are given.
    Raises ExportError for an unknown format, or where the file cannot be written.
    """
    chosen = rdf_format(format)
    ordered = _ordered(source, chosen, full=full, mentions=mentions)
    if not isinstance(target, str | Path):
        _put(ordered, chosen, target)
        return
    path = Path(target)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                _put(ordered, chosen, file)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(0o644)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ExportError(f"cannot be written: {error.strerror}", where=Where(file=str(path))) from error


def serialise(source: Graph | Iterable[Quad], format: str, *, full: bool = True, mentions: bool = True) -> bytes:
    """What `write` writes, in memory.

    >>> serialise([], "ntriples")
    b''
    """
    with tempfile.SpooledTemporaryFile(max_size=1 << 26) as file:
        write(source, format, file, full=full, mentions=mentions)
        file.seek(0)
        return file.read()


def write_triples(triples: Iterable[Triple], format: str, out: IO[bytes]) -> None:
    """Write triples, sorted and each once, into a stream: what a query found. Graph formats get one unnamed graph."""
    found = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    _put((Quad(t.subject, t.predicate, t.object) for t in found), rdf_format(format), out)
    out.flush()


def _ordered(source: Graph | Iterable[Quad], chosen: RdfFormat, *, full: bool, mentions: bool) -> Iterator[Quad]:
    """The quads with those of a subject together and, where the format groups by graph, those of a graph."""
    if not isinstance(source, Iterable):
        return _of_graph(source, chosen, full=full, mentions=mentions)
    return iter(sorted(source, key=_sort_key if chosen.graphs else _sort_key_of_triple))


def _of_graph(graph: Graph, chosen: RdfFormat, *, full: bool, mentions: bool) -> Iterator[Quad]:
    def sorted_lines() -> Iterator[str]:
        return lines(graph, full=full, mentions=mentions, ordered=True)

    if not full and chosen.name == "jsonld":
        for quad in parse(sorted_lines()):
            yield Quad(quad.subject, quad.predicate, quad.object)
    elif chosen.name in ("trig", "jsonld"):
        yield from parse(line for line in sorted_lines() if line.endswith(IN_FACTS))
        yield from parse(line for line in sorted_lines() if line.endswith(IN_EVIDENCE)) if full else ()
    else:
        yield from parse(sorted_lines())


def _sort_key(quad: Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), *_sort_key_of_triple(quad)


def _sort_key_of_triple(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def _put(ordered: Iterator[Quad], chosen: RdfFormat, out: IO[bytes]) -> None:
    if chosen.name == "jsonld":
        for chunk in jsonld.chunks(ordered):
            out.write(chunk.encode())
        return
    statements: Iterable[Quad] | Iterable[Triple] = ordered if chosen.graphs else _triples(ordered)
    pyoxigraph.serialize(statements, out, format=_ENGINE[chosen.name], prefixes=PREFIXES)


def _triples(ordered: Iterator[Quad]) -> Iterator[Triple]:
    """Without graphs; what two graphs say comes once, because the two stand side by side in the order."""
    last = None
    for quad in ordered:
        triple = quad.triple
        if triple != last:
            yield triple
        last = triple
