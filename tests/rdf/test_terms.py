"""Terms: whatever a text holds, its term parses and says the same."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.rdf.terms import (
    PREFIXES,
    TERM,
    date,
    decimal,
    expand,
    iri,
    node,
    number,
    passage,
    safe_text,
    shorten,
    string,
    web,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=40)
"""Lone surrogates and control characters among them."""


def _parsed(term: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """The object of a triple with that term, by the engine's own parser."""
    (quad,) = pyoxigraph.parse(f"<x:s> <x:p> {term} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, pyoxigraph.NamedNode | pyoxigraph.Literal)
    return quad.object


@given(ANY_TEXT)
@example('"\\\n\r\t\x00\ud800\uffff\U0001f600')
def test_string_parses_back(text: str) -> None:
    """A literal is the text, but for what no format can carry."""
    assert _parsed(string(text)).value == safe_text(text)


@given(ANY_TEXT)
def test_safe_text_keeps_offsets(text: str) -> None:
    """Every code point stays one code point; a second time changes nothing."""
    safe = safe_text(text)
    assert len(safe) == len(text)
    assert safe_text(safe) == safe
    safe.encode("utf-8")


@given(ANY_TEXT)
@example("http://[::1")
@example("https://a/%zz#b#c")
@example("HTTP://A.B:80")
@example("http\u017f://a.b/")
def test_addresses_are_iris_or_nothing(text: str) -> None:
    """What is taken for an address or an IRI is one to the parser; the rest is refused."""
    for made in (web(text), web(f"https://example.org/{text}"), iri(text), iri(f"https://example.org/{text}")):
        if made is not None:
            assert isinstance(_parsed(made), pyoxigraph.NamedNode)


@given(ANY_TEXT.filter(bool))
def test_nodes_are_always_iris(text: str) -> None:
    """A node's id makes an IRI whatever it holds."""
    assert _parsed(node(f"thing/{text}")).value.startswith(PREFIXES["thing"])
    assert isinstance(_parsed(passage(f"paper/{text}", "title", 0, 3)), pyoxigraph.NamedNode)


@pytest.mark.parametrize(
    ("given_text", "made"),
    [
        ("https://example.org/a b", "<https://example.org/a%20b>"),
        ("  http://example.org ", "<http://example.org>"),
        ("javascript:alert(1)", None),
        ("ftp://example.org", None),
        ("example.org", None),
        ("http://", None),
    ],
)
def test_web(given_text: str, made: str | None) -> None:
    """Only addresses of the web are links."""
    assert web(given_text) == made


@given(st.floats(min_value=0, max_value=1))
def test_scores_are_as_the_store_gives_them_back(score: float) -> None:
    """A score is written in the canonical form, so that a store does not change it."""
    store = pyoxigraph.Store()
    term = _parsed(decimal(score))
    store.add(pyoxigraph.Quad(pyoxigraph.NamedNode("x:s"), pyoxigraph.NamedNode("x:p"), term))
    assert [quad.object for quad in store] == [term]


@given(st.floats())
@example(1e300)
@example(-0.0)
@example(83.2)
def test_numbers_keep_their_value(figure: float) -> None:
    """A finite number is its term's value, and what a store gives back; others have no term."""
    term = number(figure)
    if term is None:
        assert figure in (float("inf"), float("-inf")) or figure != figure
        return
    literal = _parsed(term)
    assert isinstance(literal, pyoxigraph.Literal)
    assert float(literal.value) == figure
    if literal.datatype.value == expand("xsd:decimal"):
        assert "E" not in literal.value
        store = pyoxigraph.Store()
        store.add(pyoxigraph.Quad(pyoxigraph.NamedNode("x:s"), pyoxigraph.NamedNode("x:p"), literal))
        (sum_,) = store.query("SELECT (?o + 0 AS ?same) { ?s ?p ?o }")  # type: ignore[misc]  # a SELECT gives solutions
        assert sum_["same"] == literal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2022", "gYear"),
        ("2022-03", "gYearMonth"),
        ("2022-03-31", "date"),
        ("--03-03", "gMonthDay"),
        ("2022-02-31", "string"),
        ("2022-13", "string"),
        ("spring", "string"),
    ],
)
def test_dates_are_as_exact_as_known(text: str, kind: str) -> None:
    """A date of the calendar gets its type, anything else stays a text."""
    literal = _parsed(date(text))
    assert isinstance(literal, pyoxigraph.Literal)
    assert (literal.value, literal.datatype.value) == (text, expand(f"xsd:{kind}"))


def test_names_and_iris() -> None:
    """Prefixed names expand and shorten; what would not be a name stays an IRI."""
    assert TERM["akg:Method"] == f"<{expand('akg:Method')}>"
    assert shorten(expand("thing:cifar-10")) == "thing:cifar-10"
    assert shorten(f"{PREFIXES['paper']}x#char=0,1") == f"{PREFIXES['paper']}x#char=0,1"
    assert shorten(PREFIXES["thing"]) == PREFIXES["thing"]
    with pytest.raises(KeyError):
        expand("nothing:here")
