"""A process that answers SPARQL over one store, one request after another, until it is killed or its input ends.

    python -m kg.serve.worker STORE MEMORY_MIB [--writable]

In: frames on stdin, four bytes of length and a JSON object: {kind, text, default_graphs, named_graphs, rows, table,
graph}; kind is query, update, read, write or erase. Out: frames on stdout: b"R" ready, b"S" the media type, b"D" bytes of the
answer, b"E" {rows, cut}, b"X" {status, what}. A frame is one byte, its length in four, and its body. The process bounds
its own memory; its time is its parent's care, because the engine has no limit of its own (oxigraph#1926).
"""

from __future__ import annotations

import io
import json
import struct
import sys
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.engine import Cut, Limits, Question, run, solutions
from kg.rdf.formats import rdf_format
from kg.rdf.results import MEDIA_TYPES, boolean_chunks, table_chunks
from kg.rdf.serialise import write_triples
from kg.serve.frames import HEADER, HELD
from kg.serve.sparql_text import with_dataset

__all__ = ["main"]

_CHUNK = 1 << 16


class _Frames(io.BytesIO):
    """Bytes out, in frames. The first two MiB are held back, so that an early failure can be told as one."""

    def __init__(self, out: BinaryIO, media_type: str) -> None:
        self._out = out
        self._media_type = media_type
        self._held = bytearray()
        self._started = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        if len(self._held) >= (_CHUNK if self._started else HELD):
            self.flush_frames()
        return len(data)

    def flush_frames(self) -> None:
        """Send what is held."""
        if not self._started:
            _send(self._out, b"S", self._media_type.encode())
            self._started = True
        if self._held:
            _send(self._out, b"D", bytes(self._held))
            self._held.clear()


def _send(out: BinaryIO, kind: bytes, body: bytes) -> None:
    out.write(HEADER.pack(kind, len(body)) + body)
    out.flush()


def _receive(source: BinaryIO) -> dict[str, Any] | None:
    header = source.read(4)
    if len(header) < 4:
        return None
    found: dict[str, Any] = json.loads(source.read(struct.unpack(">I", header)[0]))
    return found


def _query(store: ox.Store, asked: dict[str, Any], out: BinaryIO) -> tuple[int, bool]:
    question = Question(
        text=asked["text"], default_graphs=tuple(asked["default_graphs"]), named_graphs=tuple(asked["named_graphs"])
    )
    found = run(store, question)
    cut = Cut(Limits(seconds=None, rows=asked["rows"]))
    if isinstance(found, ox.QueryTriples):
        frames = _Frames(out, f"{rdf_format(asked['graph']).media_type}; charset=utf-8")
        write_triples(cut(found), asked["graph"], frames)
    else:
        frames = _Frames(out, MEDIA_TYPES[asked["table"]])
        if isinstance(found, ox.QueryBoolean):
            chunks = boolean_chunks(bool(found), asked["table"])
        else:
            columns = [variable.value for variable in found.variables]
            chunks = table_chunks(columns, cut(solutions(found)), asked["table"])
        for chunk in chunks:
            frames.write(chunk)
    frames.flush_frames()
    return cut.count, cut.truncated


def _graph_name(asked: dict[str, Any]) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(asked["name"]) if asked["name"] else ox.DefaultGraph()


def _read(store: ox.Store, asked: dict[str, Any], out: BinaryIO) -> tuple[int, bool]:
    """A named graph, or the default graph: in a read-only store the union of all."""
    graph = _graph_name(asked)
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        raise _Missing(asked["name"])
    wanted = None if asked["union"] and not asked["name"] else graph
    cut = Cut(Limits(seconds=None, rows=asked["rows"]))
    frames = _Frames(out, f"{rdf_format(asked['graph']).media_type}; charset=utf-8")
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, wanted))
    write_triples(cut(triples), asked["graph"], frames)
    frames.flush_frames()
    return cut.count, cut.truncated


def _write(store: ox.Store, asked: dict[str, Any], out: BinaryIO) -> tuple[int, bool]:
    """Put triples into a graph, after erasing it where asked; says whether the graph was there."""
    graph = _graph_name(asked)
    there = _is_there(store, graph)
    source = asked["body"].encode("utf-8", "surrogateescape")
    parsed = [
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in ox.parse(source, format=ox.RdfFormat.from_media_type(asked["media_type"]), base_iri=asked["base"])
    ]
    if asked["erase"]:
        store.clear_graph(graph) if there else None
    if isinstance(graph, ox.NamedNode):
        store.add_graph(graph)
    store.extend(parsed)
    frames = _Frames(out, "text/plain; charset=utf-8")
    frames.write(b"there" if there else b"new")
    frames.flush_frames()
    return len(parsed), False


def _erase(store: ox.Store, asked: dict[str, Any], out: BinaryIO) -> tuple[int, bool]:
    graph = _graph_name(asked)
    if not _is_there(store, graph):
        raise _Missing(asked["name"])
    store.remove_graph(graph)
    _Frames(out, "text/plain; charset=utf-8").flush_frames()
    return 0, False


def _is_there(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
    if isinstance(graph, ox.NamedNode):
        return bool(store.contains_named_graph(graph))
    return next(iter(store.quads_for_pattern(None, None, None, graph)), None) is not None


def _update(store: ox.Store, asked: dict[str, Any], out: BinaryIO) -> tuple[int, bool]:
    store.update(with_dataset(asked["text"], asked["default_graphs"], asked["named_graphs"]))
    _Frames(out, "text/plain; charset=utf-8").flush_frames()
    return 0, False


class _Missing(LookupError):
    """A named graph that is not here."""


_KINDS = {"query": _query, "update": _update, "read": _read, "write": _write, "erase": _erase}


def _answer(store: ox.Store, asked: dict[str, Any], out: BinaryIO) -> None:
    status = 500
    try:
        rows, cut = _KINDS[asked["kind"]](store, asked, out)
        _send(out, b"E", json.dumps({"rows": rows, "cut": cut}).encode())
        return
    except _Missing as error:
        status, what = 404, f"there is no graph {error}"
    except QueryError as error:
        status, what = 400, str(error)
    except (SyntaxError, ValueError) as error:
        status, what = 400, str(error)
    except MemoryError:
        status, what = 507, "the query needs more memory than it may take"
    except (OSError, RuntimeError) as error:
        what = f"the engine could not finish the query: {error}"
    _send(out, b"X", json.dumps({"status": status, "what": what}).encode())


def _bound_memory(mebibytes: int) -> None:
    """Bound private memory (RLIMIT_DATA): the store's files are mapped and cost nothing that counts. Linux and macOS."""
    try:
        import resource
    except ImportError:
        return
    limit = mebibytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def main(arguments: list[str]) -> int:
    """Open the store and answer until the input ends."""
    path, memory, *rest = arguments
    source, out = sys.stdin.buffer, sys.stdout.buffer
    store = ox.Store(path) if "--writable" in rest else ox.Store.read_only(path)
    _bound_memory(int(memory))
    _send(out, b"R", b"")
    while (asked := _receive(source)) is not None:
        _answer(store, asked, out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
