"""Answers: the engine reads its own formats back from what is written here."""

from __future__ import annotations

import csv
import io

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions

from kg.errors import QueryError
from kg.rdf.results import MEDIA_TYPES, Table, Term, boolean_chunks, table_chunks, write_table
from kg.rdf.terms import expand

_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)
_TERMS: st.SearchStrategy[Term | None] = st.one_of(
    st.none(),
    st.builds(Literal, _TEXT),
    st.builds(lambda text: Literal(text, language="en-gb"), _TEXT),
    st.builds(Literal, st.integers(-(2**40), 2**40)),
    st.builds(lambda n: Literal(f"{n}.5", datatype=NamedNode(expand("xsd:decimal"))), st.integers(0, 99)),
    st.builds(lambda text: Literal(text, datatype=NamedNode("x:type")), _TEXT),
    st.sampled_from([NamedNode("https://example.org/a?b=c&d"), BlankNode("b1")]),
)
_READERS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}


def _table(rows: list[tuple[Term | None, ...]]) -> Table:
    return Table(columns=("first", "second"), rows=tuple(rows))


@pytest.mark.parametrize("format", ["json", "tsv"])
@given(rows=st.lists(st.tuples(_TERMS, _TERMS), max_size=5))
def test_the_engine_reads_it_back(format: str, rows: list[tuple[Term | None, ...]]) -> None:
    """Columns, terms and gaps survive."""
    back = pyoxigraph.parse_query_results(write_table(_table(rows), format), _READERS[format])
    assert isinstance(back, QuerySolutions)
    assert [variable.value for variable in back.variables] == ["first", "second"]
    assert [tuple(solution) for solution in back] == rows


@given(rows=st.lists(st.tuples(_TERMS, _TERMS), max_size=5))
def test_xml_parses_whatever_the_text(rows: list[tuple[Term | None, ...]]) -> None:
    """Control characters do not break XML; rows and gaps survive."""
    back = pyoxigraph.parse_query_results(write_table(_table(rows), "xml"), QueryResultsFormat.XML)
    assert isinstance(back, QuerySolutions)
    assert [tuple(term is None for term in solution) for solution in back] == [
        tuple(term is None for term in row) for row in rows
    ]


def test_xml_keeps_terms() -> None:
    """IRIs, languages and types are kept in XML."""
    row = (Literal('a <b> & "c"', language="en"), Literal("1.5", datatype=NamedNode(expand("xsd:decimal"))))
    back = pyoxigraph.parse_query_results(write_table(_table([row]), "xml"), QueryResultsFormat.XML)
    assert isinstance(back, QuerySolutions)
    assert [tuple(solution) for solution in back] == [row]


@given(rows=st.lists(st.tuples(_TERMS, _TERMS), max_size=5))
def test_csv_is_what_the_csv_module_reads(rows: list[tuple[Term | None, ...]]) -> None:
    """Texts with commas, quotes and line ends come back whole."""
    text = write_table(_table(rows), "csv").decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["first", "second"]
    told = [
        ["" if term is None else str(term) if isinstance(term, BlankNode) else _value(term) for term in row]
        for row in rows
    ]
    assert [row or ["", ""] for row in read[1:]] == told


def _value(term: Term) -> str:
    assert isinstance(term, Literal | NamedNode)
    return term.value


def test_values_and_words() -> None:
    """Programs get numbers, people get short names on one line."""
    row = (Literal(3), Literal("a\nb\u202ec"), Literal("x", datatype=NamedNode(expand("xsd:integer"))))
    names = (NamedNode(expand("thing:cifar-10")), None, Literal(True))
    table = Table(columns=("a", "b", "c"), rows=(row, names))
    assert list(table.values()) == [(3, "a\nb\u202ec", "x"), (expand("thing:cifar-10"), None, True)]
    assert list(table.words()) == [("3", "a bc", "x"), ("thing:cifar-10", "", "true")]


@pytest.mark.parametrize("format", sorted(MEDIA_TYPES))
def test_yes_and_no(format: str) -> None:
    """ASK has its answer in every format."""
    written = b"".join(boolean_chunks(True, format))
    if format in ("json", "xml"):
        assert pyoxigraph.parse_query_results(written, _READERS[format]) == _true()
    else:
        assert written == b"true\n"


def _true() -> QueryBoolean:
    parsed = pyoxigraph.parse_query_results(b'{"head":{},"boolean":true}', QueryResultsFormat.JSON)
    assert isinstance(parsed, QueryBoolean)
    return parsed


def test_long_tables_come_in_chunks() -> None:
    """Rows are sent as they come, not at the end."""
    taken = 0

    def rows() -> list[tuple[Term | None, ...]]:
        return [(Literal(number),) for number in range(1000)]

    def counted() -> object:
        nonlocal taken
        for row in rows():
            taken += 1
            yield row

    chunks = table_chunks(["n"], counted(), "json")  # type: ignore[arg-type]  # a generator typed as object to count
    next(chunks)
    assert 0 < taken < 1000


def test_unknown_format_is_told() -> None:
    """Tables are not written as Turtle."""
    with pytest.raises(QueryError, match="json"):
        list(table_chunks(["n"], [], "turtle"))
