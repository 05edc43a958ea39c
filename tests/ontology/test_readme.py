"""The page about the ontology tells the truth: its queries run and find something, its files are there."""

from __future__ import annotations

import re

import pytest

from kg.rdf.query import load, query
from kg.rdf.results import Table
from kg.resources import ontology_file, ontology_folder
from tests.rdf import corpus

PAGE = ontology_file("README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", QUERIES)
def test_queries_find_something(text: str) -> None:
    """Each example has an answer in the invented papers."""
    answer = query(load(corpus.graph()), text)
    assert isinstance(answer, Table)
    assert answer.rows
    assert all(term is not None for row in answer.rows for term in row)


def test_files_are_there() -> None:
    """Every file that the table names exists."""
    names = re.findall(r"^\| `([\w*./-]+)`", PAGE, re.MULTILINE)
    assert len(names) == 5
    for name in names:
        assert list(ontology_folder().glob(name)), name


def test_terms_are_declared() -> None:
    """Every term of ours on the page is in the ontology."""
    declared = ontology_file("kg.ttl").read_text(encoding="utf-8")
    for name in set(re.findall(r"akg:\w+", PAGE)):
        assert re.search(rf"^{name} a ", declared, re.MULTILINE), name
