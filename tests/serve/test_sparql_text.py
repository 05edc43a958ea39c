"""SPARQL as text: what would reach out, bases, and datasets of updates."""

from __future__ import annotations

import pytest

from kg.serve.sparql_text import reaches_out, with_base, with_dataset

SERVICES = (
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "select * { service ?s { ?s ?p ?o } }",
    "SELECT * { SERVI\\u0043E <http://x/> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<http://x/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'it\\'s' SERVICE SILENT <http://x/> { } }",
    'SELECT * { ?s ?p """a"b""" SERVICE <http://x/> { } }',
    "PREFIX p: <a:b> SELECT * { ?s p:a\\' ?o SERVICE <http://x/> { } ?s p:b\\' ?o }",
    'SELECT * { FILTER(?x = "a\\u0022 b") SERVICE <http://x/> { } FILTER(?y = "c") }',
    "SELECT * { # SELECT\n SERVICE <http://x/> { } }",
    "LOAD <http://x/>",
    "INSERT DATA { } ; load silent <http://x/> INTO GRAPH <a:b>",
)
HARMLESS = (
    "SELECT * { ?service ?load 'SERVICE' }",
    "SELECT * { <http://x/SERVICE> <http://x/LOAD> ?o } # SERVICE",
    "SELECT * { ?s ?p '''LOAD ' SERVICE''' }",
)


@pytest.mark.parametrize("text", SERVICES)
def test_what_reaches_out_is_seen(text: str) -> None:
    """However the keyword is written or hidden."""
    assert reaches_out(text) in ("SERVICE", "LOAD")


@pytest.mark.parametrize("text", HARMLESS)
def test_words_in_strings_are_harmless(text: str) -> None:
    """Strings, IRIs, variables and comments may hold the words."""
    assert reaches_out(text) is None


def test_base_only_where_needed() -> None:
    """A text without relative IRIs stays as it is."""
    assert with_base("ASK { <a:b> ?p ?o }", "http://x/") == "ASK { <a:b> ?p ?o }"


def test_dataset_conflict() -> None:
    """A request may not name a dataset when its text does."""
    with pytest.raises(ValueError, match="USING"):
        with_dataset("INSERT { ?s ?p 1 } USING <a:b> WHERE { ?s ?p ?o }", ["http://x/"], [])
    with pytest.raises(ValueError, match="is no IRI"):
        with_dataset("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", ["http://x/> INSERT"], [])


def test_where_inside_groups_is_left_alone() -> None:
    """Only the WHERE of an operation gets a dataset, not that of a subquery."""
    text = "DELETE { ?s ?p ?o } WHERE { { SELECT ?s WHERE { ?s ?p ?o } } }"
    assert with_dataset(text, ["http://x/"], []).count("USING") == 1
