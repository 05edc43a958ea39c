"""Whatever happened on the way, a folder holds what a build from scratch of the same papers gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import build, remove
from kg.errors import UsageError
from kg.export import FORMATS
from kg.export import export as write_exports
from kg.graph import MemoryGraph
from kg.link import hierarchy, link, load_authority
from kg.store import Folder, check
from kg.store.triples import load
from tests.flow.corpus import OPTIONS, PAPERS, paper, write
from tests.flow.states import state


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All papers, built at once from three files."""
    room = tmp_path_factory.mktemp("whole")
    files = [write(room / f"{part}.jsonl", PAPERS[4 * part : 4 * part + 4]) for part in range(3)]
    build(files, room / "graph", options=OPTIONS)
    return room / "graph"


def _parts(room: Path) -> list[Path]:
    return [write(room / f"{part}.jsonl", PAPERS[4 * part : 4 * part + 4]) for part in range(3)]


def _exports(folder: Path, room: Path) -> dict[str, bytes]:
    with Folder.open(folder) as opened:
        write_exports(opened.graph, list(FORMATS), room)
    return {file.relative_to(room).as_posix(): file.read_bytes() for file in sorted(room.rglob("*")) if file.is_file()}


def test_the_build_says_what_the_graph_in_memory_says(whole: Path) -> None:
    """Linking and graph by the folder, and by the plain functions on the same records."""
    with Folder.open(whole) as opened:
        records = list(opened.graph.records())
        things = link(records)
        memory = MemoryGraph.of(records, things, hierarchy=hierarchy(things, load_authority()))
        assert list(memory.things()) == list(opened.graph.things())
        assert list(memory.facts()) == list(opened.graph.facts())
        assert memory.counts() == opened.graph.counts()
    assert check(whole) == ()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_adding_is_building_all(whole: Path, tmp_path: Path, order: tuple[int, ...]) -> None:
    """File by file, in any order."""
    files = _parts(tmp_path)
    for part in order:
        build([files[part]], tmp_path / "graph", options=OPTIONS)
    assert state(whole) == state(tmp_path / "graph")
    assert check(tmp_path / "graph") == ()


def test_removing_is_never_having_read(whole: Path, tmp_path: Path) -> None:
    """The papers of one file added and taken out again, by id, by node and by another id."""
    files = _parts(tmp_path)
    more = write(tmp_path / "more.jsonl", [paper(20), paper(21), paper(22, other_ids=["also-22"])])
    build([*files, more], tmp_path / "graph", options=OPTIONS)
    assert state(whole) != state(tmp_path / "graph")
    report = remove(tmp_path / "graph", ["p020", "paper/p021", "also-22"], options=OPTIONS)
    assert (report.papers, report.stats["papers"]) == (3, 12)
    assert state(whole) == state(tmp_path / "graph")
    assert check(tmp_path / "graph") == ()


def test_every_export_is_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    """Of a folder with a history and of one without."""
    files = _parts(tmp_path)
    build([files[2], write(tmp_path / "more.jsonl", [paper(30)])], tmp_path / "graph", options=OPTIONS)
    build([files[0]], tmp_path / "graph", options=OPTIONS)
    remove(tmp_path / "graph", ["p030"], options=OPTIONS)
    build([files[1]], tmp_path / "graph", options=OPTIONS)
    first, second = _exports(whole, tmp_path / "first"), _exports(tmp_path / "graph", tmp_path / "second")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_an_edited_file_replaces_what_it_said(tmp_path: Path) -> None:
    """A changed text, a new first entry that moves all lines, an entry that could not be read before."""
    file = write(tmp_path / "a.jsonl", PAPERS[:5], broken=['{"id": "x"'])
    build([file], tmp_path / "graph", options=OPTIONS)
    edited = [
        paper(9),
        *PAPERS[:2],
        paper(2, abstract="We show that dropout hurts ResNet-50 on ImageNet."),
        *PAPERS[3:5],
    ]
    write(file, edited)
    build([file], tmp_path / "graph", options=OPTIONS)
    build([file], tmp_path / "fresh", options=OPTIONS)
    assert state(tmp_path / "fresh") == state(tmp_path / "graph")


def test_a_later_file_corrects_a_paper_by_its_id(tmp_path: Path) -> None:
    """The same given id with another text, in the same form: the newer one counts."""
    build([write(tmp_path / "a.jsonl", PAPERS[:3])], tmp_path / "graph", options=OPTIONS)
    correction = paper(1, title="Another title that says it better than before", abstract="We introduce HopLSTM.")
    build([write(tmp_path / "b.jsonl", [correction])], tmp_path / "graph", options=OPTIONS)
    build([write(tmp_path / "a.jsonl", [PAPERS[0], PAPERS[2]])], tmp_path / "part", options=OPTIONS)
    with Folder.open(tmp_path / "graph") as opened:
        contribution = opened.graph.contribution("p001")
        assert contribution is not None
        assert contribution.paper.text == "We introduce HopLSTM."
        assert opened.stats()["papers"] == 3


def test_building_again_changes_nothing(whole: Path, tmp_path: Path) -> None:
    """Not even the state's number; and nothing is read by the extractor twice."""
    files = _parts(tmp_path)
    first = build(files, tmp_path / "graph", options=OPTIONS)
    again = build(files, tmp_path / "graph", options=OPTIONS)
    assert (first.extracted, again.extracted, again.papers) == (12, 0, 0)
    with Folder.open(tmp_path / "graph") as opened:
        assert opened.manifest.generation == 1
    assert first.stats == again.stats


def test_one_paper_in_two_files_knows_both(tmp_path: Path) -> None:
    """One paper, two sources; when one of the files is read again without it, nothing is lost."""
    one, two = write(tmp_path / "one.jsonl", PAPERS[:2]), write(tmp_path / "two.jsonl", PAPERS[1:3])
    build([one, two], tmp_path / "both", options=OPTIONS)
    for file in (two, one):
        build([file], tmp_path / "each", options=OPTIONS)
    assert state(tmp_path / "both") == state(tmp_path / "each")
    with Folder.open(tmp_path / "both") as opened:
        sources = [source.file for paper in opened.graph.papers() if paper.id == "p001" for source in paper.sources]
    assert sources == ["one.jsonl", "two.jsonl"]


def test_two_papers_of_one_id_give_a_reject_that_goes_with_its_cause(tmp_path: Path) -> None:
    """The first by source keeps the id; when it is removed, the other one has it."""
    other = paper(5, id="p000")
    build(
        [write(tmp_path / "a.jsonl", [PAPERS[0]]), write(tmp_path / "b.jsonl", [other])],
        tmp_path / "g",
        options=OPTIONS,
    )
    with Folder.open(tmp_path / "g") as opened:
        assert tuple(opened.stats()[name] for name in ("papers", "entries_read", "rejected")) == (1, 1, 1)
        assert "duplicate id" in next(opened.rejects())["reason"]
    assert check(tmp_path / "g") == ()
    remove(tmp_path / "g", ["p000"], options=OPTIONS)
    with Folder.open(tmp_path / "g") as opened:
        assert tuple(opened.stats()[name] for name in ("papers", "entries_read", "rejected")) == (1, 1, 0)


def test_what_cannot_be_read_is_counted_once(tmp_path: Path) -> None:
    """Rejects are replaced when their file is read again."""
    file = write(tmp_path / "a.jsonl", PAPERS[:2], broken=["{", '{"id": "no text"}'])
    for _ in range(2):
        report = build([file], tmp_path / "graph", options=OPTIONS)
        assert report.rejected == report.stats["rejected"] == 2


def test_an_unknown_id_changes_nothing(tmp_path: Path) -> None:
    """Not even for the ids that are known."""
    build([write(tmp_path / "a.jsonl", PAPERS[:2])], tmp_path / "graph", options=OPTIONS)
    before = state(tmp_path / "graph")
    with pytest.raises(UsageError, match="nobody"):
        remove(tmp_path / "graph", ["p000", "nobody"], options=OPTIONS)
    assert before == state(tmp_path / "graph")


def test_the_last_paper_can_go(tmp_path: Path) -> None:
    """An empty graph is a graph."""
    build([write(tmp_path / "a.jsonl", PAPERS[:1])], tmp_path / "graph", options=OPTIONS)
    report = remove(tmp_path / "graph", ["p000"], options=OPTIONS)
    assert report.stats["papers"] == report.stats["triples"] == report.stats["nodes"] == 0
    assert check(tmp_path / "graph") == ()


def test_curation_and_authority_are_kept_for_later_builds(tmp_path: Path) -> None:
    """Given once, used ever after; given anew, the new one counts; the graph is that of a fresh build with both."""
    curation = tmp_path / "curation.txt"
    curation.write_text("same: RippleNet | CalmGAN\nlabel: RippleNet | Ripple and Calm\n")
    scheme = tmp_path / "own.ttl"
    scheme.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://example.org/ripple> a skos:Concept ; skos:prefLabel "RippleNet"@en .\n'
    )
    first, second = write(tmp_path / "a.jsonl", PAPERS[:6]), write(tmp_path / "b.jsonl", PAPERS[6:])
    curated = replace(OPTIONS, curation=curation, authority=(scheme,), own_authority=False)
    build([first], tmp_path / "graph", options=curated)
    curation.unlink()
    scheme.unlink()
    build([second], tmp_path / "graph", options=OPTIONS)
    with Folder.open(tmp_path / "graph") as opened:
        labels = {thing.label: thing for thing in opened.graph.things()}
    assert "Ripple and Calm" in labels
    assert labels["Ripple and Calm"].concept == "http://example.org/ripple"
    build([first, second], tmp_path / "plain", options=OPTIONS)
    assert "Ripple and Calm" not in {thing.label for thing in state(tmp_path / "plain")["things"]}


def test_another_extractor_or_score_reads_everything_again(whole: Path, tmp_path: Path) -> None:
    """The fingerprint decides; back again, it is the same graph."""
    files = _parts(tmp_path)
    build(files, tmp_path / "graph", options=OPTIONS)
    surer = build([], tmp_path / "graph", options=replace(OPTIONS, min_score=0.5))
    assert surer.extracted == 12
    assert (
        surer.stats["mentions"] + surer.stats["edges"]
        < state(whole)["stats"]["mentions"] + state(whole)["stats"]["edges"]
    )
    build([], tmp_path / "graph", options=replace(OPTIONS, min_score=0.0))
    assert state(whole) == state(tmp_path / "graph")


def test_lost_triples_are_made_again(whole: Path, tmp_path: Path) -> None:
    """What `kg validate` tells the user to do works."""
    import shutil

    files = _parts(tmp_path)
    build(files, tmp_path / "graph", options=OPTIONS)
    shutil.rmtree(next((tmp_path / "graph").glob("triples-*")))
    assert len(check(tmp_path / "graph")) == 1
    build([], tmp_path / "graph", options=OPTIONS)
    assert check(tmp_path / "graph") == ()
    assert state(whole) == state(tmp_path / "graph")


def test_any_history_ends_in_the_same_state(tmp_path: Path) -> None:
    """Random additions and removals against a build from scratch of what is left."""
    chance = random.Random(7)
    pool = [paper(number) for number in range(18)]
    files = {fields["id"]: write(tmp_path / f"{fields['id']}.jsonl", [fields]) for fields in pool}
    there: set[str] = set()
    for _ in range(6):
        going = set(chance.sample(sorted(there), k=min(len(there), chance.randint(0, 3))))
        if going:
            remove(tmp_path / "graph", sorted(going), options=OPTIONS)
        there -= going
        coming = set(chance.sample(sorted(map(str, files)), k=chance.randint(1, 6)))
        build(
            [files[name] for name in sorted(coming, key=lambda _: chance.random())], tmp_path / "graph", options=OPTIONS
        )
        there |= coming
    build([files[name] for name in sorted(there)], tmp_path / "fresh", options=OPTIONS)
    assert state(tmp_path / "fresh") == state(tmp_path / "graph")
    assert check(tmp_path / "graph") == ()


def test_many_changes_are_written_in_bulk(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And end where a few at a time do; what was chosen by name is kept, and changes nothing."""
    loads: list[Path] = []

    def counted(place: Path, lines: Iterable[bytes], *, meanwhile: Callable[[], None]) -> int:
        loads.append(place)
        return load(place, lines, meanwhile=meanwhile)

    files = _parts(tmp_path)
    build(files[:1], tmp_path / "graph", options=replace(OPTIONS, extractor="rules"))
    monkeypatch.setattr("kg.flow.publishing._FEW", 0)
    monkeypatch.setattr("kg.flow.publishing.load", counted)
    build(files[1:], tmp_path / "graph", options=OPTIONS)
    assert len(loads) == 1
    assert state(whole) == state(tmp_path / "graph")
    assert check(tmp_path / "graph") == ()


def test_hostile_text_is_kept_as_it_is(tmp_path: Path) -> None:
    """Ids, titles and names that mean something elsewhere are text here: in rows, triples, words, and after removal."""
    hostile = (
        "<script>alert(1)</script>",
        '"]} ; DROP TABLE papers; --',
        "=cmd|' /C calc'!A0",
        "../../etc/passwd",
        "} INSERT DATA { <a> <b> <c>",
        "MATCH (n) DETACH DELETE n",
        "مرحبا \u202eabc\u202c עברית",
        "e\u0301\u0327 \U0001d54f \U0001f600 名前",
        "%s %d {0} $1 \\x00 \\u0000",
        "a" * 400,
    )
    papers = [
        paper(
            number,
            id=text,
            title=f"{text} and a title of its own number {number}",
            abstract=f"We propose {text} Net, a CNN.",
        )
        for number, text in enumerate(hostile)
    ]
    long = paper(11, abstract=" ".join(f"We train network {number} on ImageNet." for number in range(300)))
    file = write(tmp_path / "a.jsonl", [*papers, long])
    report = build([file], tmp_path / "graph", options=OPTIONS)
    assert (len(hostile) + 1, 0) == (report.stats["papers"], report.stats["rejected"])
    assert check(tmp_path / "graph") == ()
    with Folder.open(tmp_path / "graph") as opened:
        told = {found.id: found.text for found in opened.graph.papers()}
        records = list(opened.graph.records())
        memory = MemoryGraph.of(records, link(records), hierarchy=hierarchy(link(records), load_authority()))
        assert list(memory.facts()) == list(opened.graph.facts())
    assert {str(fields["id"]): fields["abstract"] for fields in papers} == {
        name: text for name, text in told.items() if name != "p011"
    }
    build([write(tmp_path / "b.jsonl", [long])], tmp_path / "other", options=OPTIONS)
    remove(tmp_path / "graph", hostile, options=OPTIONS)
    assert state(tmp_path / "graph")["facts"] == state(tmp_path / "other")["facts"]
