"""Programs that are not ours, reading what we wrote: each gives back nodes and edges by id, with their attributes.

A reader returns `Loaded`; what the projection has as None is not there. Readers that need a program that is missing
skip their test and say so.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.graph.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Scalar, edge_values, node_values
from kg.graph.projection import Projection

__all__ = ["READERS", "Loaded", "Reader", "expected"]

Row = dict[str, Scalar]
_HERE = Path(__file__).parent
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
    return Loaded(_by_id(nodes), _by_id(edges))


def _by_id(rows: Iterable[Mapping[str, Scalar]]) -> dict[str, Row]:
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


def _loaded(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> Loaded:
    return Loaded(
        _by_id(_typed(row, NODE_COLUMNS) for row in nodes), _by_id(_typed(row, EDGE_COLUMNS) for row in edges)
    )


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def _node(script: str, path: Path) -> Any:
    node = _program("node")
    if not (_HERE / "node" / "node_modules").exists():
        pytest.skip("the readers under Node are not installed: npm ci --prefix tests/export/node")
    done = subprocess.run([node, _HERE / "node" / script, path], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# GraphML


def graphml_networkx(directory: Path) -> Loaded:
    import networkx

    graph = networkx.read_graphml(directory / "graph.graphml", force_multigraph=True)
    ids = {node: fields["kg_id"] for node, fields in graph.nodes(data=True)}
    nodes = ({"id": fields.pop("kg_id"), **fields} for _, fields in graph.nodes(data=True))
    edges = (
        {"id": fields.pop("kg_id"), "source": ids[source], "target": ids[target], **fields}
        for source, target, fields in graph.edges(data=True)
    )
    return _loaded(list(nodes), list(edges))


def graphml_igraph(directory: Path) -> Loaded:
    import igraph

    graph = igraph.Graph.Read_GraphML(str(directory / "graph.graphml"))
    nodes = [vertex.attributes() | {"id": vertex["kg_id"]} for vertex in graph.vs]
    edges = [
        edge.attributes()
        | {"id": edge["kg_id"], "source": graph.vs[edge.source]["kg_id"], "target": graph.vs[edge.target]["kg_id"]}
        for edge in graph.es
    ]
    return _loaded(nodes, edges)


@cache
def _jgrapht(work: Path) -> tuple[str, str]:
    """The class path with our small reader compiled; skips where JGraphT is missing."""
    jars = sorted(Path("/usr/share/java").glob("jgrapht-*.jar")) + sorted(Path("/usr/share/java").glob("*antlr4*.jar"))
    jars += sorted(Path("/usr/share/java").glob("jheaps*.jar")) + sorted(
        Path("/usr/share/java").glob("commons-text*.jar")
    )
    if not any("jgrapht-io" in jar.name for jar in jars):
        pytest.skip("JGraphT is not installed: apt install libjgrapht-java")
    path = ":".join(str(jar) for jar in jars)
    compiler = _program("javac")
    subprocess.run([compiler, "-cp", path, "-d", work, _HERE / "java" / "ReadGraphml.java"], check=True)
    return _program("java"), f"{path}:{work}"


def graphml_jgrapht(directory: Path) -> Loaded:
    java, path = _jgrapht(directory.parent)
    done = subprocess.run(
        [java, "-cp", path, "ReadGraphml", directory / "graph.graphml"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    rows: dict[str, dict[str, dict[str, str]]] = {"node": {}, "edge": {}}
    counts: list[str] = []
    for line in done.stdout.split("\n")[:-1]:
        kind, *rest = line.split("\t")
        if kind == "count":
            counts = rest
        else:
            owner, name, value = rest
            rows[kind].setdefault(owner, {})["id" if name == "kg_id" else name] = value
    loaded = _loaded(rows["node"].values(), rows["edge"].values())
    assert counts == [str(len(loaded.nodes)), str(len(loaded.edges))]
    for row in loaded.edges.values():
        source, _, target = str(row["id"]).split(":")
        row |= {"source": source, "target": target}
    return loaded


# GEXF


def gexf_networkx(directory: Path) -> Loaded:
    """networkx knows GEXF up to 1.2, whose elements are the same; only the name of the version is put back."""
    import networkx

    text = (directory / "graph.gexf").read_text(encoding="utf-8")
    old = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    path = directory / "older.gexf"
    path.write_text(old, encoding="utf-8")
    graph = networkx.read_gexf(path)
    assert all({"x", "y"} <= set(fields["viz"]["position"]) for _, fields in graph.nodes(data=True))
    nodes = [{"id": node, **fields} for node, fields in graph.nodes(data=True)]
    edges = [
        {**fields, "source": source, "target": target, "label": fields["label"]}
        for source, target, fields in graph.edges(data=True)
    ]
    return _loaded(nodes, edges)


def gexf_graphology(directory: Path) -> Loaded:
    found = _node("read_gexf.js", directory / "graph.gexf")
    for node in found["nodes"]:
        assert node.keys() >= {"color", "size", "x", "y"}
    return _loaded(found["nodes"], found["edges"])


# Cytoscape


def cytoscape_js(directory: Path) -> Loaded:
    found = _node("read_cytoscape.js", directory / "graph.cyjs")
    assert all({"x", "y"} == set(node["position"]) for node in found["nodes"])
    return _loaded(found["nodes"], found["edges"])


def cx2_ndex2(directory: Path) -> Loaded:
    from ndex2.cx2 import RawCX2NetworkFactory

    network = RawCX2NetworkFactory().get_cx2network(str(directory / "graph.cx2"))
    ids = {number: node["v"]["kg_id"] for number, node in network.get_nodes().items()}
    nodes = [node["v"] | {"id": node["v"]["kg_id"]} for node in network.get_nodes().values()]
    edges = [
        edge["v"] | {"id": edge["v"]["kg_id"], "source": ids[edge["s"]], "target": ids[edge["t"]]}
        for edge in network.get_edges().values()
    ]
    assert network.get_visual_properties()["nodeMapping"]
    return _loaded(nodes, edges)


# Neo4j


def neo4j_ladybug(directory: Path) -> Loaded:
    """The two files copied into a Cypher database, by the types that their headers declare."""
    import ladybug

    types = {"string": "STRING", "long": "INT64", "double": "DOUBLE", "ID": "STRING", "LABEL": "STRING"}

    def table(name: str) -> str:
        with (directory / name).open(encoding="utf-8", newline="") as lines:
            heads = [head.partition(":") for head in next(csv.reader(lines))]
        return ", ".join(f"`{head or 'neo4j_' + kind.lower()}` {types.get(kind, 'STRING')}" for head, _, kind in heads)

    node_columns = table("neo4j-nodes.csv")
    edge_columns = ", ".join(table("neo4j-edges.csv").split(", ")[2:])
    database = ladybug.Connection(ladybug.Database(":memory:"))
    options = "(HEADER=true, DELIM=',', QUOTE='\"', ESCAPE='\"', PARALLEL=false)"
    database.execute(f"CREATE NODE TABLE Node({node_columns}, PRIMARY KEY (id))")
    database.execute(f"CREATE REL TABLE Edge(FROM Node TO Node, {edge_columns})")
    database.execute(f"COPY Node FROM '{directory}/neo4j-nodes.csv' {options}")
    database.execute(f"COPY Edge FROM '{directory}/neo4j-edges.csv' {options}")

    def asked(query: str) -> list[dict[str, Any]]:
        answer = database.execute(query)
        assert not isinstance(answer, list)
        return [row[0] for row in answer.get_all()]

    def trimmed(row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}

    nodes = [trimmed(row) for row in asked("MATCH (n:Node) RETURN n")]
    ends = "MATCH (s:Node)-[e:Edge]->(t:Node) RETURN {id: e.id, source: s.id, target: t.id}"
    about = {row["id"]: row for row in asked(ends)}
    edges = [trimmed(row) | about[row["id"]] for row in asked("MATCH ()-[e:Edge]->() RETURN e")]
    assert all(row["neo4j_label"].startswith("Node;") for row in nodes)
    return _loaded(nodes, edges)


# JSON and tables


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
    return Loaded(_by_id(nodes), _by_id(edges))


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

    return _loaded(rows("nodes.csv"), rows("edges.csv"))


def csv_python(directory: Path) -> Loaded:
    def rows(name: str) -> list[dict[str, Any]]:
        with (directory / name).open(encoding="utf-8", newline="") as lines:
            return [_no_guard(row) for row in csv.DictReader(lines, strict=True)]

    return _loaded(rows("nodes.csv"), rows("edges.csv"))


def parquet_arrow(directory: Path) -> Loaded:
    from pyarrow import parquet

    tables = [parquet.read_table(directory / name) for name in ("nodes.parquet", "edges.parquet")]
    assert all(field.metadata[b"meaning"] for table in tables for field in table.schema)
    return Loaded(_by_id(tables[0].to_pylist()), _by_id(tables[1].to_pylist()))


def parquet_pandas(directory: Path) -> Loaded:
    import pandas

    def rows(name: str) -> list[dict[str, Any]]:
        frame = pandas.read_parquet(directory / name)
        return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[no-any-return] # no stubs

    return _loaded(rows("nodes.parquet"), rows("edges.parquet"))


Reader = Callable[[Path], Loaded]

READERS: tuple[tuple[str, Reader, tuple[str, ...]], ...] = (
    ("graphml", graphml_networkx, ()),
    ("graphml", graphml_igraph, ()),
    ("graphml", graphml_jgrapht, ("java",)),
    ("gexf", gexf_networkx, ()),
    ("gexf", gexf_graphology, ("node",)),
    ("cytoscape", cytoscape_js, ("node",)),
    ("cx2", cx2_ndex2, ()),
    ("neo4j", neo4j_ladybug, ()),
    ("json", json_networkx, ()),
    ("csv", csv_pandas, ()),
    ("csv", csv_python, ()),
    ("parquet", parquet_arrow, ()),
    ("parquet", parquet_pandas, ()),
)
"""Format, reader, and the markers of what it needs."""
