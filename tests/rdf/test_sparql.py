"""SPARQL as tokens: no spelling of what is forbidden passes, nothing harmless is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from kg.errors import QueryError
from kg.rdf.query import load, query
from kg.rdf.sparql import check, substitute, tokens

_PREFIXES = "PREFIX : <http://127.0.0.1:9/> PREFIX ex: <http://127.0.0.1:9/> "
_INSIDE = "{ ?a ?b ?c } }"


@given(st.text(max_size=60))
def test_tokens_joined_are_the_text(text: str) -> None:
    """Whatever the text, no character is lost."""
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://a/> { ?x ?y ?z }" }',
        "SELECT * { ?s ?p '''it's a SERVICE''' }",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "SELECT * { ?s ?p ?SERVICE } # SERVICE <http://a/>",
        "PREFIX ex: <http://a/> SELECT * { ?s ex:webService ?o }",
        "ASK { ?s ?p ?LOAD }",
        "# LOAD <http://a/>\nDESCRIBE <http://a/>",
    ],
)
def test_harmless_queries_pass(text: str) -> None:
    """The words in literals, IRIs, names, variables and comments mean nothing."""
    check(text)
    query(load([]), text)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE <http://127.0.0.1:9/> {_INSIDE}",
        f"SELECT * {{ service silent <http://127.0.0.1:9/> {_INSIDE}",
        f"SELECT * {{ SERV\\u0049CE <http://127.0.0.1:9/> {_INSIDE}",
        f"SELECT * {{ SERV\\U00000049CE <http://127.0.0.1:9/> {_INSIDE}",
        f"{_PREFIXES}SELECT * {{ SERVICE:x {_INSIDE}",
        f"{_PREFIXES}SELECT * {{ SERVICESILENT:x {_INSIDE}",
        f"{_PREFIXES}SELECT * {{ ?s ?p trueSERVICE <http://127.0.0.1:9/> {_INSIDE}",
        f"{_PREFIXES}SELECT * {{ ?s ?p true.SERVICE:x {_INSIDE}",
        f"{_PREFIXES}SELECT * {{ ?s ?p ?o.SERVICE:x {_INSIDE}",
        f"SELECT * {{ OPTIONAL {{SERVICE?a {_INSIDE} }}",
    ],
)
def test_no_query_leaves_the_machine(text: str) -> None:
    """SERVICE is refused however it is written, glued to a neighbour or in code point escapes."""
    with pytest.raises(QueryError, match="SERVICE"):
        check(text)


def _asks_elsewhere(text: str) -> bool:
    """Whether the engine, unguarded, tries to reach the port of the test."""
    try:
        answer = Store().query(text)
        assert isinstance(answer, QuerySolutions)
        list(answer)
    except OSError:
        return True
    except (SyntaxError, RuntimeError, ValueError):
        return False
    return False


@given(
    st.lists(
        st.sampled_from(
            ["SERVICE", "service", "SILENT", ":x", "<http://127.0.0.1:9/>", "?v", "{ ?a ?b ?c }", "true", "1", ".", "ex:", "a",
             "'x'", "@en", "_:b", "{", "}", " ", "\n", "#", "\\u0053ERVICE", "UNION", "OPTIONAL", '"', "^^", "e0", "%41", "\\"]
        ),
        max_size=8,
    )
)  # fmt: skip
def test_what_the_guard_lets_through_asks_nobody(parts: list[str]) -> None:
    """Of any mixture of terminals, the engine reaches out for none that the guard lets through."""
    text = f"{_PREFIXES}SELECT * {{ ?s ?p ?o . {''.join(parts)} }}"
    try:
        check(text)
    except QueryError:
        return
    assert not _asks_elsewhere(text)


@pytest.mark.parametrize("word", ["LOAD <http://a/>", "INSERT DATA { <a> <b> <c> }", "CLEAR ALL", "with <a> DELETE {}"])
def test_updates_are_refused(word: str) -> None:
    """A graph is read; the error names the word."""
    with pytest.raises(QueryError, match=word.split()[0].upper()):
        check(f"PREFIX a: <x:> {word}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no SPARQL query"),
        ("please", "no SPARQL query"),
        ("SELECT ?x WHERE {\n ?x foo:a ?y }", "line 2: unknown prefix foo:"),
        ("SELECT ?x WHERE { ?x akg:year ?y ]", "line 1: column 35"),
        ("SELECT (SUM(?x) AS ?y) ?z WHERE { ?z akg:year ?x }", "line 1: column"),
    ],
)
def test_errors_have_their_place(text: str, says: str) -> None:
    """What does not parse is told in one line, with line and column."""
    with pytest.raises(QueryError) as caught:
        query(load([]), text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_substitute_touches_parameters_alone() -> None:
    """Tokens are replaced, not text: strings, comments and ?variables stay."""
    text = 'SELECT ?a { $a ?p "$a" ; ?q $ab } # $a'
    assert substitute(text, {"a": "<x:y>"}) == 'SELECT ?a { <x:y> ?p "$a" ; ?q $ab } # $a'
