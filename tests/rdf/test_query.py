"""Asking: the same answer from a graph, a store, a folder and a worker; every limit holds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.graph import MemoryGraph
from kg.rdf.engine import Limits, Question
from kg.rdf.query import load, query
from kg.rdf.results import Table, Triples
from kg.rdf.terms import EVIDENCE_GRAPH, FACTS_GRAPH, expand, safe_text
from kg.rdf.workers import Workers

_YEARS = "SELECT ?title ?year { ?paper akg:year ?year ; dcterms:title ?title } ORDER BY ?year ?title"
_ENDLESS = """SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l
  FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l))) < 0) }"""
_LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


def test_same_answer_everywhere(graph: MemoryGraph, store: Store, place: Path) -> None:
    """Graph, store, folder and worker agree, for all four forms of a query."""
    forms = (
        _YEARS,
        "ASK { ?s akg:outperforms ?o }",
        "CONSTRUCT { ?o akg:beatenBy ?s } WHERE { ?s akg:outperforms ?o }",
        "DESCRIBE thing:beaconnet",
    )
    with Workers(place) as workers:
        for text in forms:
            answers = [query(target, text) for target in (graph, store, place, workers)]
            assert all(answer == answers[0] for answer in answers)
            assert type(answers[0]) in (Table, Triples, bool)


def test_union_and_named_graphs(store: Store, place: Path) -> None:
    """Without FROM all graphs are seen; with FROM, or with graphs given, those alone."""
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"

    def number(text: str, **graphs: list[str]) -> int:
        answers = [query(target, text, **graphs) for target in (store, place)]  # type: ignore[arg-type]  # by name
        assert answers[0] == answers[1]
        assert isinstance(answers[0], Table)
        return int(next(answers[0].values())[0])

    facts = number(count.format(f"FROM <{FACTS_GRAPH}>"))
    evidence = number(count.format(f"FROM <{EVIDENCE_GRAPH}>"))
    assert number(count.format("")) == facts + evidence
    assert number(count.format(""), default_graphs=[FACTS_GRAPH]) == facts
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(inside, named_graphs=[EVIDENCE_GRAPH]) == evidence


def test_rows_are_cut(store: Store, place: Path) -> None:
    """What is more than the limit is left out, and the answer says so; what is not more is whole."""
    for target in (store, place):
        cut = query(target, _YEARS, limits=Limits(rows=2))
        whole = query(target, _YEARS, limits=Limits(rows=5))
        assert isinstance(cut, Table)
        assert isinstance(whole, Table)
        assert (len(cut.rows), cut.truncated) == (2, True)
        assert (len(whole.rows), whole.truncated) == (5, False)
        triples = query(target, "CONSTRUCT WHERE { ?s ?p ?o }", limits=Limits(rows=3))
        assert isinstance(triples, Triples)
        assert (len(triples.triples), triples.truncated) == (3, True)


def test_runaway_query_is_stopped(place: Path) -> None:
    """A query that finds nothing is ended at its limit, and the next one is answered."""
    with Workers(place, count=1) as workers:
        started = time.monotonic()
        with pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
            query(workers, _ENDLESS, limits=Limits(seconds=0.5))
        assert time.monotonic() - started < 60
        assert query(workers, "ASK { ?s ?p ?o }") is True


def test_time_is_looked_at_between_rows(store: Store) -> None:
    """In this process, rows that come too late are not waited for."""
    with pytest.raises(QueryError, match="stopped after"):
        query(store, "SELECT * { ?a ?b ?c . ?d ?e ?f }", limits=Limits(seconds=0.0))


def test_memory_is_bounded(place: Path) -> None:
    """A query that needs more than it may is ended, and the next one is answered."""
    if not Path("/proc/self/statm").is_file():
        pytest.skip("this system cannot bound a process's memory")
    with Workers(place, count=1) as workers:
        with pytest.raises(QueryError, match="memory of 64 MiB"):
            query(workers, _LARGE, limits=Limits(memory=64 << 20, seconds=300))
        assert query(workers, "ASK { ?s ?p ?o }", limits=Limits(memory=64 << 20)) is True


def test_leaving_early_ends_the_query(place: Path) -> None:
    """Who leaves before the end frees the process for others."""
    with Workers(place, count=1, waiting=5) as workers:
        with workers.ask(Question(text="SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), table="tsv") as answer:
            assert answer.media_type.startswith("text/tab-separated-values")
            next(answer.chunks())
        assert query(workers, "ASK { ?s ?p ?o }") is True


def test_one_too_many_waits_and_is_told(place: Path) -> None:
    """Beyond the number of processes a query waits its turn, and is refused when that takes too long."""
    with Workers(place, count=1, waiting=0.2) as workers:
        entered, leave = threading.Event(), threading.Event()

        def hold() -> None:
            with workers.ask(Question(text=_YEARS)):
                entered.set()
                leave.wait(120)

        thread = threading.Thread(target=hold)
        thread.start()
        entered.wait(120)
        with pytest.raises(QueryError, match="too many queries"):
            query(workers, _YEARS)
        leave.set()
        thread.join()
        assert isinstance(query(workers, _YEARS), Table)


def test_many_threads_share_the_workers(place: Path) -> None:
    """Answers do not get mixed up."""
    with Workers(place, count=2) as workers:
        answers: dict[int, object] = {}

        def ask(number: int) -> None:
            answers[number] = query(workers, f"SELECT ({number} AS ?n) {{}}")

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {n: next(a.values())[0] for n, a in answers.items() if isinstance(a, Table)} == {n: n for n in range(12)}


def test_errors_of_a_worker_are_the_same(store: Store, place: Path) -> None:
    """Line and advice come through."""
    told = []
    for target in (store, place):
        with pytest.raises(QueryError) as caught:
            query(target, "SELECT ?x {\n ?x nope:a ?y }")
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_formats_are_checked_before(place: Path) -> None:
    """An unknown format is told before anything runs."""
    with (
        Workers(place) as workers,
        pytest.raises(QueryError, match="turtle"),
        workers.ask(Question(text=_YEARS), table="turtle"),
    ):
        pass


def test_no_store_is_told(tmp_path: Path) -> None:
    """A folder without triples is a sentence, not a new empty store."""
    with pytest.raises(QueryError, match="no triples"):
        query(tmp_path, "ASK { ?s ?p ?o }")
    with Workers(tmp_path / "nothing") as workers, pytest.raises(QueryError, match="cannot be opened"):
        query(workers, "ASK { ?s ?p ?o }")
    assert list(tmp_path.iterdir()) == []


def test_closed_workers_say_so(place: Path) -> None:
    """After closing there is no answer."""
    workers = Workers(place)
    workers.close()
    with pytest.raises(QueryError, match="closed"):
        query(workers, _YEARS)


@given(st.one_of(st.text(), st.integers(-(2**40), 2**40), st.booleans(), st.floats(allow_nan=False)))
def test_parameters_are_terms(value: str | float | bool) -> None:
    """Whatever the value, it comes back as itself, and never as syntax."""
    answer = query(load([]), "SELECT (1 AS ?one) (STRLEN(STR($a)) AS ?n) {}", parameters={"a": value})
    assert isinstance(answer, Table)
    length = len(str(Literal(safe_text(value) if isinstance(value, str) else value).value))
    assert list(answer.values()) == [(1, length)]


def test_iris_are_parameters(store: Store) -> None:
    """A node is given as a node."""
    text = "SELECT ?name { $thing skos:prefLabel ?name }"
    answer = query(store, text, parameters={"thing": NamedNode(expand("thing:townmaps"))})
    assert isinstance(answer, Table)
    assert list(answer.words()) == [("TownMaps",)]


def test_graphs_must_be_iris(store: Store) -> None:
    """A graph's name that is no IRI is told."""
    with pytest.raises(QueryError, match="no IRI"):
        query(store, _YEARS, default_graphs=["no iri"])


def test_quads_can_be_asked() -> None:
    """Quads of any origin can be loaded and asked."""
    assert query(load(iter([])), "ASK { ?s ?p ?o }") is False


@pytest.mark.slow
def test_an_orphan_ends_itself(place: Path) -> None:
    """A worker whose asker was killed does not run on for ever."""
    if not Path("/proc/self/statm").is_file():
        pytest.skip("this system cannot bound a process's time")
    code = (
        "import sys; from kg.rdf.engine import Limits; from kg.rdf.query import query; "
        f"query(sys.argv[1], {_ENDLESS!r}, limits=Limits(seconds=3))"
    )
    asker = subprocess.Popen([sys.executable, "-c", code, str(place)])
    worker = _child_of(asker.pid)
    asker.kill()
    asker.wait()
    deadline = time.monotonic() + 300
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}").exists()


def _child_of(parent: int) -> int:
    """The process that it started, once that is at work."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found = children.read_text(encoding="ascii").split()
        if found and _ticks(int(found[0])) > 10:
            return int(found[0])
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def _ticks(process: int) -> int:
    """Hundredths of a second of the processor that it has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
