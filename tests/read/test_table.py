"""Tables: columns, delimiters, quotes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read.text import flow
from tests.read.conftest import ReadAs


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(read_as: ReadAs, delimiter: str) -> None:
    """Whatever stands in the rows."""
    paper = read_as(
        delimiter.join(("Title", "Year", "Abstract"))
        + "\n"
        + delimiter.join(("Nets", "2020", '"We, too; | it."'))
        + "\n"
    ).paper

    assert (paper.title, paper.year, paper.text) == ("Nets", 2020, "We, too; | it.")


def test_columns_can_be_mapped_by_name_and_by_number(read_as: ReadAs) -> None:
    """By number where there is no header; `abstract` is another name of text."""
    table = "Name;Notes\nNets;We train nets.\n"
    by_name = read_as(table, format="csv", columns={"title": "name", "abstract": "Notes"})
    by_number = read_as("x1,Nets,We train nets.\n", format="csv", columns={"id": "1", "title": "2", "text": "3"})

    assert by_name.paper.text == by_number.paper.text == "We train nets."
    assert by_number.paper.id == "x1"


def test_a_column_that_is_not_there_is_told_with_those_that_are(read_as: ReadAs) -> None:
    """So that the user sees the right name."""
    outcome = read_as("Name,Notes\nNets,We.\n", format="csv", columns={"text": "Abstrakt"})

    assert outcome.reasons == ["no column 'Abstrakt'"]
    assert outcome.rejects[0].to_do == "the columns are: Name, Notes"


def test_a_table_without_abstracts_is_told(read_as: ReadAs) -> None:
    """With how to name the column."""
    outcome = read_as("Name,Notes\nNets,We.\n", "a.csv")

    assert outcome.reasons == ["no column that is known to hold abstracts"]
    assert "--columns" in (outcome.rejects[0].to_do or "")


def test_fields_over_the_parsers_own_limit_are_read(read_as: ReadAs) -> None:
    """131,072 characters are csv's."""
    text = "word " * 60_000

    assert len(read_as(f"id,title,abstract\n1,Nets,{text}\n").paper.text) == len(text) - 1


def test_headers_of_scopus_and_web_of_science(read_as: ReadAs) -> None:
    """Names as these services write them."""
    scopus = 'Authors,"Author full names",Title,Year,"Source title",DOI,Link,Abstract,EID\n"A. B.; C. D.","Bee, Ada; Dee, Cy",Nets,2020,Tests,10.5555/n,https://example.org,We train.,2-s2.0-1\n'
    paper = read_as(scopus).paper

    assert (paper.id, paper.venue, paper.doi, paper.url) == ("2-s2.0-1", "Tests", "10.5555/n", "https://example.org")


cells = st.text(alphabet=st.sampled_from('ab ,;"\n\té|'), max_size=30)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cells, cells), max_size=8))
def test_what_a_writer_wrote_is_read(read_as: ReadAs, rows: list[tuple[str, str]]) -> None:
    """Any cells through Python's own writer; those without a text are rejected."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [("id", "title", "abstract"), *((f"r{n}", *row) for n, row in enumerate(rows))]
    )

    outcome = read_as(out.getvalue() + "last,Last,We end.\n")

    wanted = [(f"r{n}", flow(text.strip()).text) for n, (_, text) in enumerate(rows) if text.strip()] + [
        ("last", "We end.")
    ]
    assert [(paper.id, paper.text) for paper in outcome.papers] == wanted
    assert set(outcome.reasons) <= {"no abstract"}
