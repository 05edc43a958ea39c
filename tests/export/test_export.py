"""The one function: whole files or none, the same bytes, counts, filters, and text that does nothing."""

from __future__ import annotations

import errno
import itertools
import os
import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import kg.export as exporting
from kg.errors import ExportError, UsageError
from kg.export import FORMATS, export, find
from kg.export.source import Source, Tally
from kg.graph import MemoryGraph
from kg.graph.filters import Filters
from kg.graph.projection import Projection
from kg.staging import Staging
from tests import samples
from tests.export.corpora import hostile_graph

_ALL = tuple(FORMATS)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile graph in every format."""
    directory = tmp_path_factory.mktemp("hostile")
    export(hostile_graph(), _ALL, directory)
    return directory


def _files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


@pytest.mark.parametrize("name", _ALL)
def test_every_format_writes_the_files_it_says(name: str, tmp_path: Path) -> None:
    """No file more, no file fewer, each told with its size and the counts of the graph."""
    graph = samples.graph()
    counts = graph.counts()
    written = export(graph, [name], tmp_path / "made" / "here")
    assert tuple(item.path.name for item in written) == FORMATS[name].files
    assert sorted(_files(tmp_path / "made" / "here")) == sorted(FORMATS[name].files)
    for item in written:
        assert (item.format, item.nodes, item.edges) == (name, counts.nodes, counts.edges)
        assert item.bytes == item.path.stat().st_size > 0


def test_same_graph_same_bytes(tmp_path: Path) -> None:
    """In every format, whatever the order of the papers, and a second time."""
    given = samples.records()
    for number, order in enumerate(itertools.permutations(given)):
        export(MemoryGraph.of(order, samples.things(given)), _ALL, tmp_path / str(number))
        assert _files(tmp_path / str(number)) == _files(tmp_path / "0")
    export(samples.graph(), _ALL, tmp_path / "0")
    assert _files(tmp_path / "1") == _files(tmp_path / "0")


def test_a_graph_of_nothing(tmp_path: Path) -> None:
    """An empty graph has files too, and XML that parses."""
    written = export(MemoryGraph.of((), ()), _ALL, tmp_path)
    assert {(item.nodes, item.edges) for item in written} == {(0, 0)}
    for name in ("graph.graphml", "graph.gexf", "graph.rdf"):
        etree.parse(tmp_path / name)


def test_filters_are_for_all_formats(tmp_path: Path) -> None:
    """Each format holds what the filters keep."""
    filters = Filters(types=("Method", "Paper"), since=2020)
    written = export(samples.graph(), _ALL, tmp_path, filters=filters)
    projection = Projection(samples.graph(), filters)
    wanted = (len(list(projection.nodes())), len(list(projection.edges())))
    assert {(item.nodes, item.edges) for item in written} == {wanted}
    assert b"thing/tinyimages" not in (tmp_path / "nodes.csv").read_bytes()
    assert b"thing/tinyimages" not in (tmp_path / "graph-full.nq").read_bytes()


def test_text_is_inert(hostile: Path) -> None:
    """No control character, no formula at the start of a cell, no end of a script, no end of a CDATA section."""
    control = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    for name, content in _files(hostile).items():
        if name.endswith(".parquet"):
            continue
        assert not control.search(content), name
        content.decode("utf-8")
        if name.endswith((".graphml", ".gexf")):
            assert b"]]>" not in content
            assert b"<script" not in content
        if name.endswith(".csv"):
            assert not re.search(rb'(^|,)"?[=+@\t]|(^|,)"-|(^|,)-[^0-9]', content, re.MULTILINE), name


def test_xml_is_well_formed(hostile: Path) -> None:
    """A strict parser takes the XML formats as they are."""
    for name in ("graph.graphml", "graph.gexf", "graph.rdf", "graph-full.rdf"):
        etree.parse(hostile / name, etree.XMLParser(resolve_entities=False, huge_tree=True))


def test_edge_ids_are_unique_over_the_whole_file(hostile: Path) -> None:
    """Gephi and yEd drop an edge whose id is there already; parallel edges are among these."""
    for name in ("graph.graphml", "graph.gexf"):
        edges = etree.parse(hostile / name).findall(".//{*}edge")
        ids = [edge.get("id") for edge in edges]
        assert len(ids) == len(set(ids)) > len({(edge.get("source"), edge.get("target")) for edge in edges})


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """With the formats there are."""
    with pytest.raises(UsageError, match=r"'gml' is no format \(one of graphml, gexf"):
        export(samples.graph(), ["csv", "gml"], tmp_path)
    assert _files(tmp_path) == {}
    with pytest.raises(UsageError):
        find("")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_full_disk_leaves_what_was_there(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what, where and what to do; the file of before is untouched; nothing half-written stays."""
    export(samples.graph(), ["graphml"], tmp_path)
    before = _files(tmp_path)

    def full(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=re.escape(os.strerror(number))) as caught:
        export(hostile_graph(), ["graphml"], tmp_path)
    assert caught.value.where.file == str(tmp_path / "graph.graphml")
    assert bool(caught.value.to_do) == (number != errno.EIO)
    assert _files(tmp_path) == before


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks in the midst of writing."""

    def broken(source: Source, files: Staging) -> Tally:
        with files.text("half.csv") as out:
            out.write("half")
            raise ValueError("broken")

    monkeypatch.setattr(exporting.Format, "load", lambda _: broken)
    with pytest.raises(ValueError, match="broken"):
        export(samples.graph(), ["csv"], tmp_path)
    assert _files(tmp_path) == {}


def test_a_directory_that_is_none(tmp_path: Path) -> None:
    """A file in the way of the directory, or a directory in the way of a file."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="choose a directory, not a file"):
        export(samples.graph(), ["csv"], tmp_path / "file")
    (tmp_path / "graph.gexf").mkdir()
    with pytest.raises(ExportError, match="move the directory of that name away"):
        export(samples.graph(), ["gexf"], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "graph.gexf"]


def test_the_import_command_can_be_run(tmp_path: Path) -> None:
    """It is executable and the shell parses it."""
    export(samples.graph(), ["neo4j"], tmp_path)
    script = tmp_path / "neo4j-import.sh"
    assert script.stat().st_mode & stat.S_IXUSR
    subprocess.run(["sh", "-n", script], check=True)


def test_cypher_parses(tmp_path: Path) -> None:
    """Every statement is Neo4j's Cypher; LOAD CSV and IN TRANSACTIONS, which the parser lacks, are taken out."""
    dialects: Any = pytest.importorskip("graphglot.dialect", reason="graphglot is not installed")
    neo4j = dialects.Dialect.get_or_raise("neo4j")
    export(hostile_graph(), ["neo4j"], tmp_path)
    count = 0
    for name in ("neo4j-schema.cypher", "neo4j-load.cypher"):
        text = re.sub(r"(?m)^//.*\n", "", (tmp_path / name).read_text(encoding="utf-8"))
        for statement in filter(None, (part.strip() for part in text.split(";\n"))):
            plain = re.sub(r"LOAD CSV WITH HEADERS FROM '[^']*' AS row", "UNWIND $rows AS row", statement)
            plain = plain.replace("} IN TRANSACTIONS OF 1000 ROWS", "}")
            result = neo4j.validate(plain)
            assert result.success, f"{statement}\n{result.error}"
            count += 1
    assert count > 20


def test_the_table_of_formats() -> None:
    """Names are unique, no two formats write the same file, each says what reads it and has a writer."""
    files = [file for entry in FORMATS.values() for file in entry.files]
    assert len(files) == len(set(files))
    for name, entry in FORMATS.items():
        assert entry.name == name
        assert entry.files == tuple(sorted(entry.files))
        assert entry.loads_in
        assert callable(entry.load())
