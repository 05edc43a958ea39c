"""Named questions: each gives the answer that the invented papers have, on two engines, and nothing can slip in."""

from __future__ import annotations

from decimal import Decimal

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph import MemoryGraph
from kg.rdf.names import find
from kg.rdf.query import load, query
from kg.rdf.questions import NamedQuestion, ask, parse_question, question, questions, resolve
from kg.rdf.results import Table
from kg.rdf.serialise import serialise
from kg.rdf.sparql import tokens
from kg.rdf.terms import PREFIXES, expand
from tests.rdf import corpus

Values = dict[str, str | int | float]
BEATS = "On TownMaps, BeaconNet reaches an accuracy of 91.5% and outperforms StoneNet."
BEATEN = "StoneNet outperforms BeaconNet on RiverMaps."
BUILT = "We present BeaconNet, a kind of LampNet built upon StoneNet, for map reading."

ANSWERS: list[tuple[str, Values, list[tuple[str, ...]]]] = [
    (
        "about",
        {"thing": "pebblenet"},
        [
            ("kind of", "BeaconNet", ""),
            ("label", "PebbleNet", ""),
            ("papers", "1", ""),
            ("basedOn", "", "1"),
            ("isA", "", "1"),
            ("usedFor", "", "1"),
            ("·comparedWith", "", "1"),
        ],
    ),
    ("beaten-by", {"method": "StoneNet"}, [("BeaconNet", "0.7", "2018", "StoneNet, revisited", BEATEN, "thing:beaconnet")]),
    (
        "built-on",
        {"thing": "stonenet"},
        [("BeaconNet", "3", "true", BUILT, "thing:beaconnet"), ("PebbleNet", "1", "false", "", "thing:pebblenet")],
    ),
    (
        "claims-of",
        {"paper": "10.5555/LAMP"},
        [
            ("contribution", "", "introduces", "LampNet", "", "", "", "positive", "We propose LampNet for map reading."),
            ("result", "LampNet", "achieves", "", "accuracy", "80.5%", "TownMaps", "positive", "It reaches an accuracy of 80.5% on TownMaps."),
            ("limitation", "LampNet", "lacks", "speed", "", "", "", "positive", "It is slow."),
        ],
    ),
    ("co-occurring", {"thing": "BeaconNet"}, [("TownMaps", "3", "4", "thing:townmaps"), ("StoneNet", "2", "2", "thing:stonenet")]),
    (
        "compared-with",
        {"method": "beaconnet"},
        [("PebbleNet", "0.5", "PebbleNet", "PebbleNet and BeaconNet are compared on TownMaps.", "thing:pebblenet")],
    ),
    (
        "contradictions",
        {"a": "stonenet"},
        [("StoneNet", "BeaconNet", "StoneNet, revisited", BEATEN, "BeaconNet for map reading", BEATS)],
    ),
    (
        "evaluated-on",
        {"dataset": "town maps"},
        [
            ("BeaconNet", "2", "0.95", "thing:beaconnet"),
            ("route finding", "1", "0.9", "thing:route-finding"),
            ("LampNet", "1", "0.8", "thing:lampnet"),
        ],
    ),
    (
        "evidence-for",
        {"a": "TownMaps", "b": "BeaconNet"},
        [
            ("BeaconNet", "evaluatedOn", "TownMaps", "0.9", "relations", "2017", "BeaconNet for map reading", BEATS),
            ("BeaconNet", "evaluatedOn", "TownMaps", "0.5", "relations", "2019", "PebbleNet", "PebbleNet and BeaconNet are compared on TownMaps."),
        ],
    ),
    ("gaps", {"task": "map reading"}, [("PebbleNet", "1", "1", "thing:pebblenet")]),
    ("growth", {"thing": "lampnet"}, [("2015", "1"), ("2017", "2")]),
    (
        "introduced-by-year",
        {"since": 2016},
        [
            ("2017", "architecture", "2", "1"),
            ("2017", "method, architectures among them", "2", "1"),
            ("2019", "architecture", "1", "1"),
            ("2019", "method, architectures among them", "1", "1"),
        ],
    ),
    (
        "kinds-of",
        {"thing": "lampnet"},
        [
            ("BeaconNet", "3", "thing:beaconnet"),
            ("StoneNet", "2", "thing:stonenet"),
            ("PebbleNet", "1", "thing:pebblenet"),
        ],
    ),
    (
        "leaderboard",
        {"dataset": "townmaps", "task": "map reading", "metric": "accuracy"},
        [
            ("accuracy", "91.5%", "BeaconNet", "result", "2017", "BeaconNet for map reading", BEATS),
            ("accuracy", "80.5%", "LampNet", "result", "2015", "LampNet", "It reaches an accuracy of 80.5% on TownMaps."),
        ],
    ),
    ("limitations", {}, [("LampNet", "2015", "LampNet", "It is slow.")]),
    ("measured-by", {"thing": "map reading"}, [("accuracy", "1", "0.6", "thing:accuracy")]),
    (
        "methods-for-task",
        {"task": "map reading", "since": "2016"},
        [("2017", "BeaconNet", "1", "thing:beaconnet"), ("2017", "LampNet", "1", "thing:lampnet")],
    ),
    ("most-used-datasets", {"top": 1}, [("TownMaps", "4", "thing:townmaps")]),
    (
        "new-in-year",
        {"year": 2017},
        [
            ("BeaconNet", "BeaconNet for map reading", BUILT, "thing:beaconnet"),
            ("signal head", "BeaconNet for map reading", "A signal head is part of BeaconNet.", "thing:signal-head"),
        ],
    ),
    (
        "outperforms",
        {"method": "stonenet"},
        [("BeaconNet", "91.5%", "accuracy", "TownMaps", "0.8", "2017", "BeaconNet for map reading", BEATS, "thing:beaconnet")],
    ),
    (
        "papers",
        {"thing": "StoneNet"},
        [
            ("beacon", "BeaconNet for map reading", "2017", "7", "paper:beacon"),
            ("stone", "StoneNet, revisited", "2018", "5", "paper:stone"),
        ],
    ),
    (
        "papers-like",
        {"paper": "BeaconNet for map reading", "top": 2},
        [("LampNet", "2015", "4", "1.42", "paper:lamp"), ("StoneNet, revisited", "2018", "3", "1.08", "paper:stone")],
    ),
    ("parts-of", {"thing": "beaconnet"}, [("signal head", "1", "thing:signal-head")]),
    ("results-of", {"method": "beaconnet"}, [("accuracy", "91.5%", "TownMaps", "2017", "BeaconNet for map reading", BEATS)]),
    ("trained-on", {"dataset": "TownMaps"}, [("StoneNet", "1", "0.9", "thing:stonenet")]),
    ("used-for", {"thing": "slow start"}, [("StoneNet", "1", "0.6", "thing:stonenet")]),
    ("what-connects", {"a": "signal head", "b": "TownMaps"}, [("partOf", "BeaconNet", "evaluatedOn")]),
]  # fmt: skip
ASKED = pytest.mark.parametrize(("name", "values", "rows"), ANSWERS, ids=[name for name, _, _ in ANSWERS])


def test_every_question_is_asked_here() -> None:
    """No question comes without an answer in these tests, and there are at least fifteen."""
    names = {item.name for item in questions()}
    assert {name for name, _, _ in ANSWERS} == names
    assert len(names) >= 15


@ASKED
def test_the_answer_is_the_true_one(store: Store, name: str, values: Values, rows: list[tuple[str, ...]]) -> None:
    """Rows, order and columns are those that the papers give."""
    answer = ask(store, name, values)
    assert isinstance(answer, Table)
    assert list(answer.words()) == rows


@pytest.fixture(scope="module")
def other(graph: MemoryGraph) -> rdflib.Graph:
    """The same statements in rdflib."""
    return rdflib.Graph().parse(data=serialise(graph, "ntriples"), format="nt")


@ASKED
def test_rdflib_agrees(
    store: Store, other: rdflib.Graph, name: str, values: Values, rows: list[tuple[str, ...]]
) -> None:
    """The other engine gives the same rows; numbers are compared as numbers."""
    asked = question(name)
    text = asked.bind(resolve(store, asked, values))
    answer = query(store, text)
    assert isinstance(answer, Table)
    found = other.query(text, initNs=PREFIXES)
    assert [str(name) for name in found.vars or ()] == list(answer.columns)
    theirs = sorted(
        tuple(_plain(row[name]) for name in found.vars or ())
        for row in found
        if isinstance(row, rdflib.query.ResultRow)
    )
    ours = sorted(tuple(_plain(value) for value in row) for row in answer.values())
    assert theirs == ours
    assert len(rows) == len(theirs)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, rdflib.Literal) and value.datatype is not None:
        value = value.toPython()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{float(value):.2f}"
    return str(value)


@pytest.mark.parametrize("asked", questions(), ids=lambda item: item.name)
def test_headers_are_whole(asked: NamedQuestion) -> None:
    """Title, explanation and parameters are there; each parameter is used, and only as a parameter."""
    assert asked.title[0].isupper() and len(asked.title) < 80
    assert asked.about.endswith(".")
    written = {token.text for token in tokens(asked.text) if token.kind == "variable"}
    for parameter in asked.parameters:
        assert f"${parameter.name}" in written
        assert f"?{parameter.name}" not in written
        assert parameter.example and parameter.about
    assert {name[1:] for name in written if name[0] == "$"} == {parameter.name for parameter in asked.parameters}


def test_no_slow_shape() -> None:
    """What is 165 times slower than MINUS on the engine is in no question."""
    assert not any("NOT EXISTS" in item.text.upper() for item in questions())


@pytest.mark.parametrize(
    "name",
    ["TownMaps", "townmaps", "TOWN MAPS", "thing:townmaps", "thing/townmaps", expand("thing:townmaps"), " TownMaps "],
)
def test_things_have_many_names(store: Store, name: str) -> None:
    """Any alias in any case, an id, an IRI."""
    assert find(store, name, "Dataset") == expand("thing:townmaps")


@pytest.mark.parametrize(
    "name", ["beacon", "BEACONNET FOR MAP READING", "10.5555/beacon", "paper:beacon", "paper/beacon"]
)
def test_papers_have_many_names(store: Store, name: str) -> None:
    """Title, id, DOI in any case, an IRI."""
    assert find(store, name, "Paper") == expand("paper:beacon")


def test_a_typo_is_told_with_what_was_meant(store: Store) -> None:
    """The nearest names are proposed, of the type that is asked for."""
    with pytest.raises(QueryError, match=r"no dataset is called 'TwonMaps'.*did you mean 'TownMaps'"):
        ask(store, "evaluated-on", {"dataset": "TwonMaps"})
    with pytest.raises(QueryError, match="no architecture"):
        find(store, "TownMaps", "Architecture")
    with pytest.raises(QueryError, match="did you mean evaluated-on"):
        question("evaluted-on")
    with pytest.raises(QueryError, match="there are about"):
        question("zzzzzz")


def test_label_comes_before_alias() -> None:
    """Of two things with one name, the one that is called so; then the one of more papers."""
    records = corpus.records()
    one, two, *rest = corpus.things(records)
    things = (one, type(two)(id=two.id, label=two.label, type=two.type, members=two.members, aliases=((one.label, 9),)))
    store = load(MemoryGraph.of(records, (*things, *rest)))
    assert find(store, one.label) == expand(f"thing:{one.id.partition('/')[2]}")


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("evaluated-on", {}, "needs dataset"),
        ("evaluated-on", {"dataset": "TownMaps", "foo": 1}, "no parameter 'foo'"),
        ("new-in-year", {"year": "20x7"}, "to be a number"),
        ("most-used-datasets", {"top": "1 } #"}, "to be a number"),
        ("evaluated-on", {"dataset": "any"}, "no dataset is called 'any'"),
    ],
)
def test_wrong_parameters_are_told(store: Store, name: str, values: Values, says: str) -> None:
    """What is missing, unknown or of another type is a sentence with an example."""
    with pytest.raises(QueryError, match=says):
        ask(store, name, values)


@given(st.text(max_size=30))
def test_nothing_slips_in(text: str) -> None:
    """Whatever is given as a value, the query keeps its tokens but for the parameter's own."""
    asked = parse_question(
        "x", '# A title\n# An explanation.\n# $t: text, for example "a"; it\nSELECT ?s { ?s ?p $t . ?s ?q ?o }'
    )
    bound = asked.bind({"t": text})
    kinds = [token.kind for token in tokens(bound)]
    assert kinds == ["string" if token.text == "$t" else token.kind for token in tokens(asked.text)]
    query(load([]), bound)


@pytest.mark.parametrize("value", ["x", "<x:y>", "x:y> } #", "x:\u0000", "x:{"])
def test_nodes_are_bound_as_iris_alone(value: str) -> None:
    """A thing must be an IRI when it is filled in."""
    with pytest.raises(QueryError, match="IRI"):
        question("evaluated-on").bind({"dataset": value})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { }",
        "# Only a title\nASK {}",
        "# T\n# About.\n# $x: Colour, for example red; it\nASK {}",
        "# T\n# About.\n# what?\nASK {}",
    ],
)
def test_bad_headers_are_told(text: str) -> None:
    """A file that does not say what it asks is no question."""
    with pytest.raises(QueryError, match="question bad"):
        parse_question("bad", text)
