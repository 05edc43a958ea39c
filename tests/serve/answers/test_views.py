"""What each view answers on the three sample papers."""

from __future__ import annotations

import json

import pytest

from kg.serve.answers.about import about
from kg.serve.answers.around import around
from kg.serve.answers.common import common
from kg.serve.answers.family import family
from kg.serve.answers.gaps import gaps
from kg.serve.answers.growth import growth
from kg.serve.answers.leaderboard import leaderboard, leaderboards, lower_is_better
from kg.serve.answers.overview import community, overview
from kg.serve.answers.paper import claim_page, paper_page
from kg.serve.answers.paths import paths
from kg.serve.answers.proof import fact_evidence
from kg.serve.answers.rivals import rivals
from kg.serve.answers.search import search
from kg.serve.answers.shapes import Answer, NotHere
from kg.serve.answers.thing import thing_page
from kg.serve.index import Index


def _said(evidence: Answer) -> str:
    return "".join(segment[0] for segment in evidence["segments"])


def test_about(index: Index) -> None:
    """Counts, years and where to begin."""
    found = about(index, title="T")
    assert found["title"] == "T"
    assert found["counts"]["papers"] == 3
    assert found["years"] == [2019, 2021]
    assert found["start"]["ARCH"][0]["label"] == "QuickNet"


def test_thing_page(index: Index) -> None:
    """All that is said of a thing, by relation, with the paper that introduces it."""
    page = thing_page(index, "quicknet")
    sections = {section["title"]: section["items"] for section in page["sections"]}
    assert [item["thing"]["label"] for item in sections["Used for"]] == ["image sorting"]
    assert [item["thing"]["label"] for item in sections["Better than"]] == ["SlowNet"]
    assert [item["thing"]["label"] for item in sections["Beaten by"]] == ["SlowNet"]
    assert sections["Better than"][0]["papers"] == 2
    assert [paper["id"] for paper in page["introduced_by"]] == ["p1"]
    assert page["years"] == [[2019, 1], [2020, 1], [2021, 1]]
    assert page["papers"]["total"] == 3


def test_thing_page_cuts_and_tells(index: Index) -> None:
    """A cut list says how long it was."""
    page = thing_page(index, "thing/quicknet", limit=1)
    assert page["papers"]["total"] == 3
    assert len(page["papers"]["items"]) == 1


def test_evidence_is_the_very_sentence(index: Index) -> None:
    """Each paper that states a fact, with its sentence, the surest first."""
    proof = fact_evidence(index, "thing/quicknet", "outperforms", "thing/slownet")
    assert proof["papers"] == 2
    assert [_said(item) for item in proof["items"]] == [
        "QuickNet outperforms SlowNet on TinyImages.",
        "On TinyImages QuickNet beats SlowNet by 2.5% accuracy.",
    ]
    assert [item["paper"]["id"] for item in proof["items"]] == ["p2", "p1"]


def test_evidence_of_a_mention(index: Index) -> None:
    """What a paper mentions is shown in its sentence."""
    proof = fact_evidence(index, "paper/p2", "mentions", "thing/gradient-dropping")
    assert [_said(item) for item in proof["items"]] == ["It uses gradient dropping."]


def test_paper_page(index: Index) -> None:
    """The abstract, what is introduced, claims with links, and where it was read."""
    page = paper_page(index, "p1")
    paper = next(p for p in index.graph.papers() if p.id == "p1")
    assert "".join(segment[0] for segment in page["abstract"]) == paper.text
    assert [thing["label"] for thing in page["introduces"]] == ["QuickNet"]
    comparison = next(claim for claim in page["claims"] if claim["kind"] == "COMPARISON")
    assert comparison["value"] == "2.5%"
    assert comparison["dataset"]["thing"]["id"] == "thing/tinyimages"
    assert page["sources"] == [{"file": "papers.jsonl", "format": "jsonl", "entry": 1, "line": 1}]
    assert claim_page(index, comparison["id"])["claim"] == comparison


@pytest.mark.parametrize("words", ["QuickNet", "quicknet", "QuikNet", "quick net", "Quicknte", "quick"])
def test_search_forgives(index: Index, words: str) -> None:
    """Case, spaces and typing errors do not matter."""
    assert search(index, words)["things"][0]["thing"]["id"] == "thing/quicknet"


@pytest.mark.parametrize("words", ["", "   ", "\u0000", '"', "'; DROP TABLE things; --", "* OR *", "NEAR(", "zzzzzz"])
def test_search_answers_anything(index: Index, words: str) -> None:
    """Nothing that is typed is a command."""
    assert search(index, words)["things"] == []


def test_search_by_type_and_paper(index: Index) -> None:
    """One type of thing, or papers alone."""
    assert search(index, "quick", kind="TASK")["things"] == []
    assert [paper["id"] for paper in search(index, "number 2", kind="PAPER")["papers"]] == ["p2"]


def test_around_bundles_what_is_too_much(index: Index) -> None:
    """More than is shown is a bundle that holds the rest; nothing is lost."""
    whole, cut = around(index, "quicknet", shown=50), around(index, "quicknet", shown=0)
    assert whole["bundles"] == []
    in_bundles = [item for bundle in cut["bundles"] for item in bundle["items"]]
    mine = [edge for edge in whole["edges"] if whole["centre"] in (edge["s"], edge["o"])]
    shown = [edge for edge in cut["edges"] if cut["centre"] in (edge["s"], edge["o"])]
    assert len(in_bundles) + len(shown) == len(mine)


def test_rivals_show_the_contradiction(index: Index) -> None:
    """Two papers say one thing, a third the opposite."""
    found = rivals(index)
    assert found["contradictions"] == 1
    assert {(edge["s"], edge["o"], edge["opposed"]) for edge in found["edges"]} == {
        ("thing/quicknet", "thing/slownet", True),
        ("thing/slownet", "thing/quicknet", True),
    }
    first = next(edge for edge in found["edges"] if edge["s"] == "thing/quicknet")
    assert first["terms"] == ["TinyImages, accuracy"]
    assert rivals(index, thing_id="slownet")["total"] == 2
    assert rivals(index, task_id="tinyimages")["total"] == 2


def test_growth_has_every_year(index: Index) -> None:
    """Years without a paper are there with 0."""
    found = growth(index, ["gradient-dropping"])
    assert found["years"] == [2019, 2020, 2021]
    assert found["lines"][0]["papers"] == [0, 1, 0]
    assert next(line["thing"]["label"] for line in growth(index, [])["lines"]) == "QuickNet"


def test_leaderboard(index: Index) -> None:
    """Comparisons stand beside; the dataset is offered."""
    assert leaderboards(index)["items"][0]["thing"]["label"] == "TinyImages"
    board = leaderboard(index, "tinyimages")
    assert [claim["subject"]["text"] for claim in board["comparisons"]] == ["QuickNet"]
    assert leaderboard(index, "tinyimages", task="image-sorting")["task"]["label"] == "image sorting"


@pytest.mark.parametrize(("metric", "lower"), [("Error rate", True), ("accuracy", False), ("FID", True), ("F1", False)])
def test_which_way_is_better(metric: str, lower: bool) -> None:
    """By the words of the measure."""
    assert lower_is_better(metric) is lower


def test_paths(index: Index) -> None:
    """The shortest way, each step with its sentence; and the papers that name both."""
    found = paths(index, "slownet", "image-sorting")
    way = found["paths"][0]
    assert [step["predicate"] for step in way] == ["comparedWith", "usedFor"] or [
        step["predicate"] for step in way
    ] == ["outperforms", "usedFor"]
    assert _said(way[-1]["evidence"][0]) == "We propose QuickNet for image sorting."
    assert found["together"]["total"] == 1


def test_paths_to_nowhere(index: Index) -> None:
    """Things that nothing joins have no way between them, and one thing has none to itself."""
    assert paths(index, "gradient-dropping", "image-sorting")["paths"] == []
    assert paths(index, "quicknet", "quicknet")["paths"] == []


def test_common(index: Index) -> None:
    """What several papers name, and in which of them."""
    found = common(index, ["p1", "p2", "p3"])
    in_all = {item["thing"]["label"] for item in found["things"] if item["in"] == 3}
    assert in_all == {"QuickNet", "SlowNet", "TinyImages"}
    assert found["facts"][0]["predicate"] == "outperforms"
    assert [paper["id"] for paper in found["papers"]] == ["p1", "p2", "p3"]


def test_gaps(index: Index) -> None:
    """An empty cell is a gap; a pair that a paper names together is none."""
    found = gaps(index)
    pairs = {(gap["row"]["label"], gap["column"]["label"]) for gap in found["gaps"]}
    assert ("gradient dropping", "image sorting") in pairs
    assert ("QuickNet", "image sorting") not in pairs


def test_family(index: Index) -> None:
    """A thing without relations of that kind stands alone."""
    assert [node["generation"] for node in family(index, "quicknet")["nodes"]] == [0]


def test_overview_and_community(index: Index) -> None:
    """Four things that hang together are a community with a place for each."""
    found = overview(index)
    assert [group["size"] for group in found["communities"]] == [4]
    assert "QuickNet" in found["communities"][0]["name"]
    assert {node["id"] for node in found["nodes"]} == {node["id"] for node in community(index, 0)["nodes"]}


@pytest.mark.parametrize(
    "asked",
    [
        lambda index: thing_page(index, "nothing"),
        lambda index: paper_page(index, "../../etc/passwd"),
        lambda index: claim_page(index, "nothing"),
        lambda index: fact_evidence(index, "thing/quicknet", "usedFor", "thing/slownet"),
        lambda index: community(index, 99),
        lambda index: common(index, ["nothing"]),
        lambda index: paths(index, "quicknet", "nothing"),
    ],
)
def test_what_is_not_here(index: Index, asked: object) -> None:
    """Every view says so in the same way."""
    with pytest.raises(NotHere):
        asked(index)  # type: ignore[operator]  # a lambda of the list above


def test_answers_are_json(index: Index) -> None:
    """Everything can be written as JSON."""
    json.dumps([thing_page(index, "quicknet"), overview(index), gaps(index), rivals(index)], allow_nan=False)
