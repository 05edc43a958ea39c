"""Shards hold the quads of a folder of the same papers, however they are cut and whoever makes them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

import pyoxigraph

from kg.build import build
from kg.cluster.shards import build_shards
from kg.cluster.tables import partition_of, read_rows, write_rows
from kg.errors import ExportError, UsageError
from kg.store import Folder
from tests.flow.corpus import OPTIONS, paper, write
from tests.store.states import quads_of


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers, one of them twice, one line that is none, and the folder of them."""
    room = tmp_path_factory.mktemp("corpus")
    papers = [paper(number) for number in range(16)]
    write(room / "a.jsonl", papers, broken=["{"])
    write(room / "b.jsonl", [papers[3], paper(9, id="p000")])
    build([room / "a.jsonl", room / "b.jsonl"], room / "graph", options=OPTIONS)
    return room


def _quads(target: Path) -> set[str]:
    text = b"".join(gzip.decompress(file.read_bytes()) for file in sorted((target / "quads").glob("*.nq.gz")))
    return {str(quad) for quad in pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS)}


@pytest.mark.parametrize(("shard", "partitions"), [(5, 3), (100, 1)])
def test_shards_hold_the_quads_of_the_folder(corpus: Path, tmp_path: Path, shard: int, partitions: int) -> None:
    """Quad for quad; the manifest tells counts and hashes."""
    inputs = [corpus / "a.jsonl", corpus / "b.jsonl"]
    made = build_shards(inputs, str(tmp_path / "s"), options=OPTIONS, shard=shard, partitions=partitions)
    assert quads_of(corpus / "graph") == _quads(tmp_path / "s")
    with Folder.open(corpus / "graph") as opened:
        stats = opened.stats()
        assert (stats["papers"], stats["rejected"], stats["triples"]) == (made.papers, made.rejected, made.quads)
        assert sum(stats["entities"].values()) == made.things
    said = json.loads((tmp_path / "s" / "manifest.json").read_text())
    for name, (count, digest) in said["files"].items():
        text = gzip.decompress((tmp_path / "s" / name).read_bytes())
        assert (count, digest) == (text.count(b"\n"), hashlib.sha256(text).hexdigest())


def test_a_cluster_writes_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    """File by file, to an fsspec URL."""
    inputs = [corpus / "a.jsonl", corpus / "b.jsonl"]
    build_shards(inputs, str(tmp_path / "here"), options=OPTIONS, shard=4, partitions=2)
    there = replace(OPTIONS, workers=None, cluster="local:2")
    build_shards(inputs, f"file://{tmp_path}/there", options=there, shard=4, partitions=2)
    names = sorted(file.relative_to(tmp_path / "here") for file in (tmp_path / "here").rglob("*.*"))
    assert names == sorted(file.relative_to(tmp_path / "there") for file in (tmp_path / "there").rglob("*.*"))
    for name in names:
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes(), name


def _names(target: Path) -> list[str]:
    return sorted(str(file.relative_to(target)) for file in target.rglob("*") if file.is_file())


def test_a_run_that_was_stopped_goes_on(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards that were read are kept, one that was half-written is not; the end is the same, byte for byte."""
    inputs = [corpus / "a.jsonl", corpus / "b.jsonl"]
    whole = build_shards(inputs, str(tmp_path / "whole"), options=OPTIONS, shard=4, partitions=2)
    target = tmp_path / "stopped"
    read: list[int] = []

    def stopping(place: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> int:
        if "/records/" in place:
            read.append(int(Path(place).stem))
            if len(read) == 3:
                Path(place).write_bytes(b"half")
                raise KeyboardInterrupt
        return write_rows(place, columns, rows)

    monkeypatch.setattr("kg.cluster.steps.write_rows", stopping)
    with pytest.raises(KeyboardInterrupt):
        build_shards(inputs, str(target), options=OPTIONS, shard=4, partitions=2)
    assert (target / "unfinished").exists()
    assert not (target / "manifest.json").exists()
    again = build_shards(inputs, str(target), options=OPTIONS, shard=4, partitions=2)
    assert read[:3] == [0, 1, 2]
    assert read[3:] == list(range(2, -(-whole.papers // 4)))
    assert again == whole
    assert _names(target) == _names(tmp_path / "whole")
    for name in _names(target):
        assert (target / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


def test_shards_of_another_run_do_not_stay(corpus: Path, tmp_path: Path) -> None:
    """A bulk loader takes every file of the folder."""
    build_shards([corpus / "a.jsonl"], str(tmp_path / "s"), options=OPTIONS, shard=4, partitions=5)
    made = build_shards([corpus / "b.jsonl"], str(tmp_path / "s"), options=OPTIONS, shard=4, partitions=2)
    assert {f"quads/{file.name}" for file in (tmp_path / "s" / "quads").iterdir()} == set(made.files)


def test_a_place_that_cannot_be_written_is_told(corpus: Path, tmp_path: Path) -> None:
    """A file in the way, and an address that nobody knows."""
    (tmp_path / "file").write_text("")
    for target in (str(tmp_path / "file"), "nonsense://place"):
        with pytest.raises(ExportError, match="cannot be written"):
            build_shards([corpus / "b.jsonl"], target, options=OPTIONS)


def test_what_cannot_be_shards_is_the_users_error(corpus: Path, tmp_path: Path) -> None:
    """Numbers below 1, and a graph in place of papers."""
    with pytest.raises(UsageError, match="cannot be"):
        build_shards([corpus / "b.jsonl"], str(tmp_path / "s"), options=OPTIONS, shard=0)
    with pytest.raises(UsageError, match="is a graph"):
        build_shards([corpus / "graph"], str(tmp_path / "s"), options=OPTIONS)


def test_a_table_gives_its_rows_back_by_partition(tmp_path: Path) -> None:
    """All of them, or one partition's; none of an empty one."""
    place = str(tmp_path / "deep" / "t.parquet")
    rows = sorted((partition_of(key, 3), key, len(key)) for key in ("a", "bb", "ccc", "dddd", "é"))
    assert write_rows(place, ("part", "key", "length"), rows) == 5
    assert rows == list(read_rows(place))
    for part in range(3):
        assert [row for row in rows if row[0] == part] == list(read_rows(place, part=part))
    write_rows(place, ("part", "key", "length"), [])
    assert list(read_rows(place)) == []
