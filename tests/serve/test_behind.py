"""The SPARQL behind each view runs, and says what the view says."""

from __future__ import annotations

import csv
import io

import pytest

from kg.serve import behind
from kg.serve.answers.common import common
from kg.serve.answers.growth import growth
from kg.serve.answers.rivals import rivals
from kg.serve.answers.thing import thing_page
from kg.serve.api import VIEWS
from tests.serve.server import Running

EXAMPLES = {
    "search": "?q=quick",
    "evidence": "?subject=thing/quicknet&predicate=usedFor&object=thing/image-sorting",
    "leaderboard": "?dataset=tinyimages",
    "paths": "?from=slownet&to=image-sorting",
    "common": "?paper=p1&paper=p2",
    "growth": "?thing=quicknet",
}
NAMES = {"thing": "quicknet", "paper": "p1", "around": "quicknet", "family": "quicknet", "community": "0"}


def _rows(server: Running, text: str) -> list[dict[str, str]]:
    response = server.client.post("/sparql", data={"query": text}, headers={"accept": "text/csv"})
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize("view", [view for view in VIEWS if view.name not in ("about", "claim")], ids=lambda v: v.name)
def test_every_view_has_its_sparql(view: object, server: Running) -> None:
    """It parses and runs, and finds something wherever the view does."""
    name, path = view.name, view.path  # type: ignore[attr-defined]  # a View, told to pytest as an object
    address = path.replace("{name}", NAMES.get(name, "")) + EXAMPLES.get(name, "")
    answer = server.client.get(address)
    assert answer.status_code == 200, answer.text
    rows = _rows(server, answer.json()["sparql"])
    empty = name in ("family", "leaderboards", "leaderboard")
    assert bool(rows) is not empty


def test_thing_edges_agree(server: Running) -> None:
    """The query of a thing counts the same links and papers as its page."""
    page = thing_page(server.index, "quicknet")
    rows = _rows(server, page["sparql"])
    mine = {(item["fact"][1], item["thing"]["label"], item["papers"]) for s in page["sections"] for item in s["items"]}
    theirs = {
        (row["relation"].rpartition("#")[2], other, int(row["papers"]))
        for row in rows
        if "paper/" not in row["subject"]
        for other in (row["object"] if row["subject"] == "QuickNet" else row["subject"],)
    }
    assert theirs == mine


def test_rivals_agree(server: Running) -> None:
    """The same pairs, and the same contradictions."""
    found = rivals(server.index)
    rows = _rows(server, found["sparql"])
    assert {(row["winner"].rpartition("/")[2], row["opposed"]) for row in rows} == {
        (edge["s"].rpartition("/")[2], "true" if edge["opposed"] else "false") for edge in found["edges"]
    }


def test_growth_and_common_agree(server: Running) -> None:
    """The same counts of papers."""
    lines = growth(server.index, ["quicknet"])
    rows = _rows(server, lines["sparql"])
    assert {int(row["year"]): int(row["papers"]) for row in rows} == dict(
        zip(lines["years"], lines["lines"][0]["papers"], strict=True)
    )
    shared = common(server.index, ["p1", "p2", "p3"])
    rows = _rows(server, shared["sparql"])
    assert {row["label"]: int(row["papers"]) for row in rows} == {
        i["thing"]["label"]: i["in"] for i in shared["things"]
    }


@pytest.mark.parametrize("node", ["thing/a b", 'thing/a"> ?x', "thing/..", "thing/日本"])
def test_ids_cannot_become_syntax(node: str, server: Running) -> None:
    """Whatever an id holds, the query stays one query about one node."""
    assert _rows(server, behind.thing(node)) == []
