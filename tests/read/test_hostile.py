"""Hostile input: no traceback, no hang, bounded memory, and the good entries around the damage are kept."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read import FORMATS, read
from tests.read.conftest import ReadAs, outcome_of
from tests.read.mutations import BUILDERS, damaged

NO_BOUNDARIES = ("page", "plain")
"""Formats in which two entries that run together cannot be told from one."""


def line(name: str, **fields: object) -> str:
    """A good line of our own form."""
    return json.dumps({"id": name, "title": f"Good paper {name}", "abstract": "We test. It works."} | fields) + "\n"


def check_damaged(folder: Path, seed: int) -> None:
    """One hostile file: nothing untouched is lost, nothing is lost in silence, and reading ends."""
    chance = random.Random(seed)
    name = sorted(BUILDERS)[seed % len(BUILDERS)]
    built = BUILDERS[name](12, chance)
    data, safe = damaged(built, chance)
    path = folder / f"{name}{seed}"
    path.write_bytes(data)

    outcome = outcome_of(path)

    assert safe <= set(outcome.titles), f"{name}, seed {seed}: lost {sorted(safe - set(outcome.titles))}"
    if name not in NO_BOUNDARIES:
        assert len(outcome.papers) + len(outcome.rejects) >= 12, f"{name}, seed {seed}: dropped in silence"
    path.unlink()


@pytest.mark.parametrize("start", range(0, 90, 30))
def test_damage_costs_only_the_entry_it_is_in(tmp_path: Path, start: int) -> None:
    """Ninety damaged files, ten of each format with boundaries."""
    for seed in range(start, start + 30):
        check_damaged(tmp_path, seed)


@pytest.mark.slow
def test_a_thousand_hostile_files(tmp_path: Path) -> None:
    """0 tracebacks, 0 untouched entries lost, 0 dropped in silence."""
    for seed in range(1_000, 2_008):
        check_damaged(tmp_path, seed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), name=st.sampled_from((None, *FORMATS)))
def test_any_bytes_in_any_format_end_in_papers_or_rejects(tmp_path: Path, data: bytes, name: str | None) -> None:
    """Random bytes never raise, and never pass without a word."""
    path = tmp_path / "random"
    path.write_bytes(data)

    outcome = outcome_of(path, format=name)

    assert outcome.papers or outcome.rejects


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(
        st.sampled_from(
            ['{"title": "', "abstract", '"', "}", "]", "[", ": ", ",", "\n", "TY  - ", "AB  - ", "ER  -", "@article{", "={",
             "<entry>", "</entry>", "<PubmedArticle>", "# ", "\n\n", "Some words. More.", "• 3 authors", "PMID- 1", "&a;", "\\", "$"]
        ),
        max_size=60,
    ),
    name=st.sampled_from((None, *FORMATS)),
)  # fmt: skip
def test_any_soup_of_syntax_ends_in_papers_or_rejects(tmp_path: Path, text: list[str], name: str | None) -> None:
    """Fragments of all formats in any order never raise, and never pass without a word."""
    path = tmp_path / "soup"
    path.write_text("".join(text))

    outcome = outcome_of(path, format=name)

    assert outcome.papers or outcome.rejects


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
                          lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)),
       key=st.sampled_from(("id", "title", "abstract", "text", "year", "date", "authors", "author", "venue", "doi", "DOI", "url", "issued",
                            "paper", "summary", "abstract_inverted_index", "authorships", "primary_location", "versions", "message",
                            "authors_parsed", "externalIds", "comments", "author_count", "code", "other_ids", "mentions", "container-title")),
       base=st.sampled_from(({"id": "a", "title": "T", "abstract": "We."}, {"DOI": "10.1/a", "title": ["T"], "abstract": "We."},
                             {"paper": {"id": "1", "title": "T", "summary": "We."}, "upvotes": 1}, {"type": "book", "DOI": "10.1/a", "title": "T"},
                             {"id": "https://openalex.org/W1", "display_name": "T"}, {"paperId": "1", "title": "T", "abstract": "We."},
                             {"id": "1", "abstract": "We.", "authors_parsed": []})))  # fmt: skip
def test_any_value_in_any_json_field_is_read_or_rejected(
    tmp_path: Path, value: object, key: str, base: dict[str, object]
) -> None:
    """A field of the wrong kind costs at most its own entry."""
    path = tmp_path / "fields.jsonl"
    path.write_text(line("before") + json.dumps(base | {key: value}) + "\n" + line("after"))

    outcome = outcome_of(path)

    assert {"Good paper before", "Good paper after"} <= set(outcome.titles)
    assert len(outcome.papers) + len(outcome.rejects) == 3


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_a_line_of_fifty_megabytes_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    """In line mode and in document mode, and without holding the line."""
    long = '{"id": "x", "title": "t", "abstract": "' + "a " * 25_000_000 + '"}'
    lines = tmp_path / "long.jsonl"
    lines.write_text(line("a") + long + "\n" + line("b"))
    array = tmp_path / "long.json"
    array.write_text("[" + line("a") + ",\n" + long + ",\n" + line("b") + "]")
    del long

    code = (
        "import re, sys; from pathlib import Path; from kg.read import read; rejects = []\n"
        "ids = [paper.id for paper in read(sys.argv[1:], on_reject=rejects.append)]\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]\n"
        "print(ids, [reject.reason for reject in rejects], peak)"
    )
    for path in (lines, array):
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        said, _, peak = done.stdout.rpartition(" ")
        assert said.startswith("['a', 'b'] [") and said.count("16,777,216 characters") == 1
        assert int(peak) < 200_000


def test_an_abstract_of_a_megabyte_is_read(read_as: ReadAs) -> None:
    """Long is not wrong."""
    abstract = ("word " * 200_000).strip()

    assert read_as(line("a", abstract=abstract)).paper.text == abstract


@pytest.mark.parametrize("value", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000])
def test_json_nested_a_hundred_thousand_deep_is_rejected(read_as: ReadAs, value: str) -> None:
    """Neither a crash nor a RecursionError; what stands around is read."""
    lines = read_as(line("a") + value + "\n" + line("b"), "deep.jsonl")
    array = read_as("[" + line("a") + ",\n" + value + ",\n" + line("b") + "]", "deep.json")

    for outcome in (lines, array):
        assert outcome.titles == ["Good paper a", "Good paper b"]
        assert outcome.reasons == ["not JSON: nested too deep"]


@pytest.mark.parametrize("pack", ["gzip", "zstd"])
def test_a_compression_bomb_is_stopped(tmp_path: Path, pack: str) -> None:
    """The papers before it are read; the reason names the bomb; memory stays bounded."""
    bomb = line("a").encode() + b" " * 400_000_000
    packed = gzip.compress(bomb) if pack == "gzip" else zstandard.ZstdCompressor().compress(bomb)
    path = tmp_path / "bomb"
    path.write_bytes(packed)
    del bomb

    tracemalloc.start()
    outcome = outcome_of(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert outcome.titles == ["Good paper a"]
    assert any("a compression bomb" in reason for reason in outcome.reasons)
    assert peak < 150 * 1024**2


def test_max_bytes_bounds_a_file_with_a_clear_reason(read_as: ReadAs) -> None:
    """What comes after the bound is not read, and the user is told what to raise."""
    outcome = read_as("".join(line(f"n{number}") for number in range(50_000)), max_bytes=1_000_000)

    assert 0 < len(outcome.papers) < 50_000
    assert outcome.reasons[-1] == "more than 1,000,000 bytes"
    assert "--max-bytes" in (outcome.rejects[-1].to_do or "")


@pytest.mark.parametrize("pack", ["gzip", "zstd"])
def test_a_compressed_file_that_is_cut_off_gives_what_is_there(tmp_path: Path, pack: str) -> None:
    """The papers before the cut are read, and the damage is told."""
    content = "".join(line(f"n{number}", abstract=os.urandom(20).hex()) for number in range(5_000)).encode()
    packed = gzip.compress(content) if pack == "gzip" else zstandard.ZstdCompressor().compress(content)
    path = tmp_path / "cut"
    path.write_bytes(packed[: len(packed) // 2])

    outcome = outcome_of(path)

    assert 1_000 < len(outcome.papers) < 5_000
    assert "the compressed data are damaged" in outcome.reasons[-1]


def test_entity_bombs_and_external_entities_are_never_resolved(read_as: ReadAs, tmp_path: Path) -> None:
    """Billion laughs and file entities are undefined names, and cost their own record."""
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))

    def record(text: str) -> str:
        return (
            "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle><Abstract>"
            f"<AbstractText>{text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
        )

    outcome = read_as(
        f'<?xml version="1.0"?><!DOCTYPE x [{laughs}<!ENTITY f SYSTEM "{secret.as_uri()}">]>\n<PubmedArticleSet>\n'
        + "".join(record(text) for text in ("We say &l9;.", "We say &f;.", "We say hello &amp; &eacute;."))
        + "</PubmedArticleSet>"
    )

    assert [paper.text for paper in outcome.papers] == ["We say hello & é."]
    assert outcome.reasons == ["not XML: Entity 'l9' not defined", "not XML: Entity 'f' not defined"]


def test_a_quote_that_is_never_closed_costs_one_row(read_as: ReadAs) -> None:
    """The csv parser would swallow the rest of the file."""
    rows = "".join(f'{number},"Title {number}","We do {number} things."\n' for number in range(500))

    outcome = read_as("id,title,abstract\n" + '999,"Never closed,We do\n' + rows)

    assert len(outcome.papers) == 500
    assert [reject.where.line for reject in outcome.rejects] == [2]


def test_strings_of_bibtex_that_grow_or_turn_in_circles_are_rejected(read_as: ReadAs) -> None:
    """A chain that doubles sixty times, and a cycle: each costs the entry that uses it."""
    chain = "".join(f"@string{{s{n} = s{n + 1} # s{n + 1}}}\n" for n in range(60)) + "@string{s60 = {x}}\n"

    outcome = read_as(
        chain
        + "@string{a = b}\n@string{b = a}\n"
        + "@article{big, title = s0, abstract = {We grow}}\n"
        + "@article{round, title = a, abstract = {We turn}}\n"
        + "@article{good, title = {A good one}, journal = a, abstract = {We do}}\n"
    )

    assert [paper.id for paper in outcome.papers] == ["good"]
    assert outcome.papers[0].venue is None
    assert [reject.where.line for reject in outcome.rejects] == [64, 65]


def test_text_that_would_act_elsewhere_stays_text(read_as: ReadAs) -> None:
    """Scripts, formulas, query fragments, right-to-left and combining characters are kept as they are."""
    nasty = (
        "<script>alert(1)</script> \"]} =cmd() '; DROP TABLE x; } UNION { ?s ?p ?o MATCH (n) DETACH DELETE n"
        " \u05e9\u05dc\u05d5\u05dd \u202eabc e\u0301 \U0001f600"
    )

    paper = read_as(line("a", abstract=nasty, title="=1+1")).paper

    assert (paper.title, paper.text) == ("=1+1", nasty)


def test_control_characters_and_lone_surrogates_are_replaced_and_remarked(read_as: ReadAs) -> None:
    """The entry is kept, every character keeps its place, and the remark counts what was replaced."""
    outcome = read_as('{"id": "a", "title": "T\\u0000T", "abstract": "We \\ud83d go\\u0007 on."}\n')

    assert (outcome.paper.title, outcome.paper.text) == ("T T", "We \ufffd go  on.")
    assert [remark.what for remark in outcome.remarks] == [
        "title: 1 control characters taken out",
        "abstract: 1 control characters taken out",
        "abstract: 1 broken characters replaced by U+FFFD",
    ]


def test_bytes_that_are_not_utf8_cost_their_entry(read_as: ReadAs) -> None:
    """The reason names the byte; the rest of the file is read; naming the encoding reads all."""
    data = "@article{a, title={Caf\xe9}, abstract={We do}}\n@article{b, title={Bar}, abstract={We do}}\n".encode(
        "latin-1"
    )

    outcome = read_as(data)

    assert [paper.id for paper in outcome.papers] == ["b"]
    assert outcome.reasons == ['title holds a byte that is not UTF-8: 0xe9 after "Caf"']
    assert read_as(data, encoding="latin-1").titles == ["Café", "Bar"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_tell_the_encoding(read_as: ReadAs, encoding: str) -> None:
    """And are no part of the text."""
    assert read_as(line("é1").encode(encoding)).paper.id == "é1"


@pytest.mark.parametrize(
    "abstract",
    [
        "<!--" * 50_000,
        "<jats:alternatives>" * 20_000,
        "<![CDATA[" * 30_000,
        "<p " * 80_000,
        "<a x='" * 50_000,
        "&amp" * 60_000,
    ],
)
def test_markup_that_is_never_closed_takes_no_time(read_as: ReadAs, abstract: str) -> None:
    """Patterns that look for an end do not look for it again from every beginning."""
    outcome = read_as(json.dumps({"DOI": "10.5555/a", "title": ["T"], "abstract": abstract + "x"}), format="crossref")

    assert len(outcome.papers) == 1


@pytest.mark.parametrize("value", ["$" * 99_999, "\\(" * 50_000, "\\[" * 50_000, "\\'" * 50_000, "$$" * 40_001 + "x"])
def test_formulae_that_are_never_closed_take_no_time(read_as: ReadAs, value: str) -> None:
    """The same for LaTeX."""
    outcome = read_as(f"@article{{a, title={{T}}, abstract={{{value}}}}}")

    assert len(outcome.papers) == 1


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first paper comes before the second is looked at."""
    path = tmp_path / "a.jsonl"
    path.write_text(line("a") + "broken\n")
    rejects: list[object] = []

    papers = read([path], on_reject=rejects.append)

    assert next(papers).id == "a"
    assert rejects == []
    assert list(papers) == []
    assert len(rejects) == 1
