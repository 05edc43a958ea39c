"""The contract of every reader: every good entry in, every bad one in the rejects with file, line and reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.read import FORMATS
from tests.read.conftest import outcome_of

SAMPLES = Path(__file__).parent / "samples"

GRAPHS = "Gentle Indexes for Growing Graphs"
LEAVES = "Quiet Sensors Count Leaves: A Field Study"
TEXTS = {
    GRAPHS: (
        "We keep an index of a graph that grows by 5% a day. It answers path queries in 3 ms & needs no rebuild while"
        " n < 10^6."
    ),
    LEAVES: (
        "Cheap microphones hear leaves fall. We count them with an error of $x_{1} = 2.5$ leaves an hour, and show that"
        " wind matters less than rain does."
    ),
}
AUTHORS = {GRAPHS: ("Ada Example", "Bo Müller"), LEAVES: ("Cleo Sample",)}
YEARS = {GRAPHS: 2021, LEAVES: 2020}
DOIS = {GRAPHS: "10.5555/gentle.1", LEAVES: "10.5555/leaves.2"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A file with the two papers, where they begin, and what is wrong with the rest of it, by line."""

    file: str
    format: str
    lines: tuple[int, int]
    rejects: tuple[tuple[int, str], ...] = ()
    bare: bool = False  # a format that has neither authors nor DOIs

    def __str__(self) -> str:
        return self.file


CASES = (
    Sample("json.good.jsonl", "json", (1, 2)),
    Sample("json.good.json", "json", (2, 15)),
    Sample(
        "json.broken.jsonl",
        "json",
        (1, 10),
        (
            (2, "not JSON: Unterminated string"),
            (3, "not JSON: Expecting value"),
            (4, "not an object but an array"),
            (5, "no abstract"),
            (6, "title is not a text"),
            (7, "an object without title and abstract; its fields are: colour, size"),
            (9, "neither a title nor an id"),
        ),
    ),
    Sample("json.broken.json", "json", (2, 7), ((3, "not JSON: Expecting ','"), (4, "not JSON: Invalid control"))),
    Sample("record.good.jsonl", "record", (1, 2)),
    Sample("record.broken.jsonl", "record", (1, 3), ((2, "no abstract"),)),
    Sample("arxiv.good.jsonl", "arxiv", (1, 2)),
    Sample("arxiv.broken.jsonl", "arxiv", (1, 4), ((2, "no abstract"), (3, "not JSON: Unterminated string"))),
    Sample("arxiv-atom.good.xml", "arxiv-atom", (4, 16)),
    Sample("arxiv-atom.broken.xml", "arxiv-atom", (4, 40), ((16, "Entity 'unknown' not defined"), (28, "no abstract"))),
    Sample("openalex.good.json", "openalex", (6, 116)),
    Sample(
        "openalex.broken.jsonl",
        "openalex",
        (1, 5),
        ((2, "no abstract"), (3, "no list of positions for 'go'"), (4, "not JSON")),
    ),
    Sample("semantic-scholar.good.json", "semantic-scholar", (1, 1)),
    Sample("semantic-scholar.broken.jsonl", "semantic-scholar", (1, 3), ((2, "no abstract"),)),
    Sample("hf-daily.good.json", "hf-daily", (2, 25), bare=True),
    Sample("hf-daily.broken.json", "hf-daily", (2, 4), ((3, "no abstract"),), bare=True),
    Sample("crossref.good.json", "crossref", (1, 1)),
    Sample("crossref.broken.jsonl", "crossref", (1, 3), ((2, "no abstract"),)),
    Sample("csl.good.json", "csl", (2, 29)),
    Sample("csl.broken.json", "csl", (2, 56), ((29, "no abstract"),)),
    Sample("csv.good.csv", "csv", (2, 3)),
    Sample("csv.good.tsv", "csv", (2, 3)),
    Sample(
        "csv.broken.csv",
        "csv",
        (2, 7),
        ((3, "a stray quote"), (4, "3 fields where the header has 6"), (5, "a stray quote"), (6, "no abstract")),
    ),
    Sample("bibtex.good.bib", "bibtex", (5, 14)),
    Sample(
        "bibtex.broken.bib",
        "bibtex",
        (6, 31),
        ((15, "not BibTeX"), (19, "the @string 'one' stands for itself"), (24, "no abstract")),
    ),
    Sample("ris.good.ris", "ris", (2, 16)),
    Sample("ris.broken.ris", "ris", (1, 24), ((14, "no abstract"), (18, "no abstract"))),
    Sample("nbib.good.nbib", "nbib", (1, 15)),
    Sample("nbib.broken.nbib", "nbib", (1, 23), ((15, "no abstract"), (18, "no abstract"))),
    Sample("pubmed.good.xml", "pubmed", (4, 9)),
    Sample(
        "pubmed.broken.xml",
        "pubmed",
        (4, 17),
        (
            (9, "no abstract"),
            (14, "Entity 'b' not defined"),
            (15, "tag mismatch"),
            (16, "a record that is not closed"),
        ),
    ),
    Sample("hf-page.good.txt", "hf-page", (11, 15), bare=True),
    Sample("hf-page.dated.txt", "hf-page", (13, 21), bare=True),
    Sample(
        "hf-page.broken.txt",
        "hf-page",
        (13, 33),
        ((23, "no abstract"), (29, "a number of authors without a title")),
        bare=True,
    ),
    Sample("text.good.txt", "text", (1, 9)),
    Sample("text.broken.txt", "text", (1, 7), ((5, "no abstract"), (13, "text without a title")), bare=True),
    Sample("markdown.good.md", "markdown", (6, 13)),
    Sample("markdown.broken.md", "markdown", (1, 7), ((5, "no abstract"),), bare=True),
)


@pytest.mark.parametrize("sample", CASES, ids=str)
def test_every_good_entry_is_read(sample: Sample) -> None:
    """The two papers come with their titles, texts and side fields, from the format that the content shows."""
    papers = outcome_of(SAMPLES / sample.file).papers

    assert [paper.title for paper in papers] == [GRAPHS, LEAVES]
    for paper, line in zip(papers, sample.lines, strict=True):
        (source,) = paper.sources
        assert paper.text == TEXTS[paper.title]
        assert (source.format, source.line) == (sample.format, line)
        assert source.file.endswith(sample.file)
        assert not source.file.startswith("/")
        if not sample.bare:
            assert (paper.authors, paper.year, paper.doi) == (
                AUTHORS[paper.title],
                YEARS[paper.title],
                DOIS[paper.title],
            )


@pytest.mark.parametrize("sample", CASES, ids=str)
def test_every_bad_entry_is_rejected_with_its_place_and_reason(sample: Sample) -> None:
    """As many rejects as there are bad entries, each with file, line, entry and the reason."""
    rejects = outcome_of(SAMPLES / sample.file).rejects

    assert [reject.where.line for reject in rejects] == [line for line, _ in sample.rejects]
    for reject, (_, reason) in zip(rejects, sample.rejects, strict=True):
        assert reason in reject.reason
        assert reject.where.file is not None and reject.where.file.endswith(sample.file)
        assert reject.where.entry is not None


@pytest.mark.parametrize("sample", [case for case in CASES if not case.rejects], ids=str)
def test_a_format_that_is_asked_for_reads_what_detection_reads(sample: Sample) -> None:
    """Naming the format gives the same papers as telling it."""
    told = outcome_of(SAMPLES / sample.file)

    assert outcome_of(SAMPLES / sample.file, format=sample.format) == told


@pytest.mark.parametrize("sample", CASES, ids=str)
def test_line_ends_and_byte_order_marks_change_nothing(sample: Sample, tmp_path: Path) -> None:
    """Windows line ends and a mark at the beginning give the same titles and texts."""
    content = (SAMPLES / sample.file).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    windows = tmp_path / sample.file
    windows.write_bytes(("\ufeff" + content.replace("\n", "\r\n")).encode("utf-8"))

    papers = outcome_of(windows).papers

    assert {paper.title: paper.text for paper in papers} == TEXTS


def test_every_format_has_a_good_and_a_broken_sample() -> None:
    """The contract covers all of `FORMATS`."""
    assert {case.format for case in CASES if not case.rejects} == set(FORMATS)
    assert {case.format for case in CASES if case.rejects} == set(FORMATS)


def test_every_sample_is_used() -> None:
    """No file lies in the folder that no test reads."""
    assert {case.file for case in CASES} == {path.name for path in SAMPLES.iterdir()}
