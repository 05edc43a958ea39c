"""Programs that are not ours, reading what we wrote: each gives back nodes and edges by id, with their attributes.

A reader returns `Loaded`; what the projection has as None is not there. Readers that need a program that is missing
skip their test and say so.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.export.loaded import Loaded, loaded
from tests.export.table_readers import csv_pandas, csv_python, json_networkx, parquet_arrow, parquet_pandas

__all__ = ["READERS", "Reader"]

_HERE = Path(__file__).parent


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
    return loaded(list(nodes), list(edges))


def graphml_igraph(directory: Path) -> Loaded:
    import igraph

    graph = igraph.Graph.Read_GraphML(str(directory / "graph.graphml"))
    nodes = [vertex.attributes() | {"id": vertex["kg_id"]} for vertex in graph.vs]
    edges = [
        edge.attributes()
        | {"id": edge["kg_id"], "source": graph.vs[edge.source]["kg_id"], "target": graph.vs[edge.target]["kg_id"]}
        for edge in graph.es
    ]
    return loaded(nodes, edges)


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
    found = loaded(rows["node"].values(), rows["edge"].values())
    assert counts == [str(len(found.nodes)), str(len(found.edges))]
    for row in found.edges.values():
        source, _, target = str(row["id"]).split(":")
        row |= {"source": source, "target": target}
    return found


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
    return loaded(nodes, edges)


def gexf_graphology(directory: Path) -> Loaded:
    found = _node("read_gexf.js", directory / "graph.gexf")
    for node in found["nodes"]:
        assert node.keys() >= {"color", "size", "x", "y"}
    return loaded(found["nodes"], found["edges"])


# Cytoscape


def cytoscape_js(directory: Path) -> Loaded:
    found = _node("read_cytoscape.js", directory / "graph.cyjs")
    assert all({"x", "y"} == set(node["position"]) for node in found["nodes"])
    return loaded(found["nodes"], found["edges"])


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
    return loaded(nodes, edges)


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
    return loaded(nodes, edges)


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
