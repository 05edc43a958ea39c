"""The command line as a user meets it: results, talk, one-line errors, exit statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import verbs
from kg.arguments import COMMANDS
from kg.cli import DONE, OURS, REJECTED, YOURS, main
from kg.rdf import workers
from kg.store import Writer

PAPERS = (
    {
        "id": "quick",
        "title": "QuickNet",
        "abstract": "We propose QuickNet for image classification. QuickNet achieves 95.2% accuracy on CIFAR-10 and outperforms ResNet.",
        "year": 2020,
    },
    {
        "id": "slow",
        "title": "ResNet again",
        "abstract": "We study ResNet on CIFAR-10. ResNet outperforms QuickNet by 1.5 points in accuracy.",
        "year": 2021,
    },
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two good papers and one bad line."""
    path = tmp_path_factory.mktemp("cli") / "papers.jsonl"
    lines = [json.dumps(PAPERS[0]), "this is not JSON", json.dumps(PAPERS[1])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def graph(inputs: Path) -> Path:
    """A graph of the two."""
    folder = inputs.parent / "graph"
    assert main(["build", str(inputs), "-o", str(folder), "--extractor", "rules", "--quiet"]) == DONE
    return folder


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help ends with status 0 and names the exit statuses."""
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "exit status" in capsys.readouterr().out


def test_every_command_is_a_verb() -> None:
    """One program and one import with the same verbs."""
    assert set(COMMANDS) <= set(kg.VERBS)


def test_rejects_are_told_and_kept(inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line is told with file and line, stands in the rejects file, and stops nothing."""
    folder = tmp_path / "g"
    build = ["build", str(inputs), "-o", str(folder), "--extractor", "rules"]
    assert main([*build, "--strict"]) == REJECTED
    out, err = capsys.readouterr()
    assert "2 papers from 2 entries, 1 rejected" in out
    assert "line 2" in err
    rejects = [json.loads(line) for line in (folder / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [reject["line"] for reject in rejects] == [2]
    assert main(build) == DONE


def test_stats_have_the_fixed_names(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The names that programs depend on."""
    capsys.readouterr()
    assert main(["stats", str(graph), "--json"]) == DONE
    stats = json.loads(capsys.readouterr().out)
    names = [
        "papers",
        "entries_read",
        "rejected",
        "entities",
        "mentions",
        "relations",
        "claims",
        "nodes",
        "edges",
        "triples",
    ]
    assert set(names) <= set(stats)
    assert (stats["papers"], stats["rejected"]) == (2, 1)
    assert stats["nodes"] == stats["papers"] + sum(stats["entities"].values()) + sum(stats["claims"].values())


def test_a_named_question_is_answered(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parameters take names; a pipe gets CSV."""
    capsys.readouterr()
    assert main(["query", str(graph), "evaluated-on", "--dataset", "cifar-10"]) == DONE
    assert "QuickNet" in capsys.readouterr().out


def test_one_process_answers_a_question(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks the names up too: a process each would cost more than the answer."""
    started: list[str] = []

    class Counted(workers._Process):
        def __init__(self, place: str) -> None:
            started.append(place)
            super().__init__(place)

    monkeypatch.setattr(workers, "_Process", Counted)
    kg.query(graph, "contradictions", a="QuickNet", b="ResNet")
    assert len(started) == 1


def test_contradictions_are_seen(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two papers that say the opposite are found."""
    capsys.readouterr()
    assert main(["query", str(graph), "contradictions", "--json"]) == DONE
    assert len(json.loads(capsys.readouterr().out)["results"]["bindings"]) >= 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["stats", "nowhere"], "nowhere"),
        (["query", "{graph}", "evaluated-on", "--dataset", "CIFAR-99x"], "CIFAR-99x"),
        (["query", "{graph}", "evaluated-om"], "evaluated-on"),
        (["query", "{graph}", "SELECT * {{ ?s ?p "], "line 1"),
        (["query", "{graph}", "SELECT * {{ SERVICE <http://x> {{ ?s ?p ?o }} }}"], "SERVICE"),
        (["query", "{graph}"], "question"),
        (["export", "{graph}", "papyrus", "-o", "{tmp}"], "papyrus"),
        (["remove", "{graph}", "nobody"], "nobody"),
        (["build", "{tmp}/missing.jsonl", "-o", "{tmp}/g"], "missing.jsonl"),
        (["link", "{tmp}/missing.jsonl"], "missing.jsonl"),
        (["evaluate", "{tmp}/missing.jsonl", "{tmp}/missing.jsonl"], "missing.jsonl"),
        (["extract", "{tmp}/missing.jsonl"], "missing.jsonl"),
        (["build", "-o", "{tmp}/g"], "no input is named"),
        (["push", "{graph}", "ftp://nowhere/store"], "ftp://nowhere/store"),
        (["push", "{graph}", "http://127.0.0.1:9/store", "--header", "Authorization"], "Authorization"),
        (["push", "{tmp}/g", "http://127.0.0.1:9/store"], "{tmp}/g"),
        (["shards", "{tmp}/missing.jsonl", "-o", "{tmp}/s"], "missing.jsonl"),
        (["shards", "{graph}", "-o", "{tmp}/s"], "kg export"),
    ],
)
def test_a_users_error_is_one_line_and_status_2(
    arguments: list[str], says: str, graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What, where, what to do; nothing else, and nothing left behind."""
    capsys.readouterr()
    assert main([part.format(graph=graph, tmp=tmp_path) for part in arguments]) == YOURS
    err = capsys.readouterr().err
    assert says.format(graph=graph, tmp=tmp_path) in err
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_our_own_fault_is_one_line_and_status_3() -> None:
    """No traceback, unless it is asked for."""
    code = "import kg.cli as c; c.main = lambda: 1 / 0; c.run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == OURS
    assert "ZeroDivisionError" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_extract_and_link_by_themselves(inputs: Path, tmp_path: Path) -> None:
    """The stages alone give one line a paper and one line a thing."""
    records, things = tmp_path / "records.jsonl", tmp_path / "things.jsonl"
    assert main(["extract", str(inputs), "-o", str(records), "--extractor", "rules", "--quiet"]) == DONE
    assert main(["link", str(records), "-o", str(things), "--quiet"]) == DONE
    assert [json.loads(line)["id"] for line in records.read_text(encoding="utf-8").splitlines()] == ["quick", "slow"]
    labels = {json.loads(line)["label"] for line in things.read_text(encoding="utf-8").splitlines()}
    assert {"QuickNet", "CIFAR-10"} <= labels


def test_removing_gives_what_was_before(tmp_path: Path) -> None:
    """A paper that is taken out of a file of several leaves no trace: every export is that of a file without it."""
    exports = []
    for name, papers in (("both", PAPERS), ("one", PAPERS[1:])):
        place = tmp_path / name
        place.mkdir()
        (place / "papers.jsonl").write_text("\n".join(map(json.dumps, papers)) + "\n", encoding="utf-8")
        verbs.build([place / "papers.jsonl"], place / "graph", extractor="rules")
        if len(papers) > 1:
            verbs.remove(place / "graph", ["quick"])
        verbs.export(place / "graph", ["all"], place / "out")
        exports.append({path.name: path.read_bytes() for path in sorted((place / "out").iterdir())})
    assert exports[0].keys() == exports[1].keys()
    assert [name for name in exports[0] if exports[0][name] != exports[1][name]] == []


def test_a_valid_graph_has_nothing_to_complain_of(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """SHACL and the folder's own checks."""
    capsys.readouterr()
    assert main(["validate", str(graph)]) == DONE
    assert "nothing" in capsys.readouterr().err


def test_a_closed_pipe_is_no_error(graph: Path) -> None:
    """`kg … | head` ends quietly."""
    program = f"{sys.executable} -m kg.cli query {graph} 'SELECT * {{ ?s ?p ?o }}' | head -1"
    done = subprocess.run(program, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_build_without_inputs_brings_a_folder_up_to_date(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays; nothing is read twice."""
    capsys.readouterr()
    assert main(["build", "-o", str(graph), "--quiet", "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["stats"]["papers"], said["changed"]["read"], said["changed"]["extracted"]) == (2, 0, 0)


def test_a_build_without_inputs_and_without_an_end_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A first build that was stopped has kept no list of its inputs."""
    with Writer.open(tmp_path / "g"):
        pass
    assert main(["build", "-o", str(tmp_path / "g")]) == YOURS
    assert "no build of" in capsys.readouterr().err


def test_validate_says_how_much_was_looked_at(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words and in JSON."""
    capsys.readouterr()
    assert main(["validate", str(graph)]) == DONE
    assert "SHACL looked at 2 of 2 papers" in capsys.readouterr().err
    assert main(["validate", str(graph), "--all", "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["conforms"], said["shacl"]["papers"]) == (True, 2)


def test_shards_are_made_and_made_again(inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rejects count as they do for a build."""
    pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
    command = ["shards", str(inputs), "-o", str(tmp_path / "s"), "--extractor", "rules", "--partitions", "2", "--quiet"]
    assert main([*command, "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["papers"], said["rejected"]) == (2, 1)
    assert main([*command, "--strict"]) == REJECTED
    assert "2 papers, 1 entries rejected" in capsys.readouterr().out
