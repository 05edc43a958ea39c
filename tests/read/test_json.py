"""JSON: its shapes, and the services' ways with it."""

from __future__ import annotations

import json

import pytest

from kg.read.openalex import words_in_order
from tests.read.conftest import ReadAs

A = {"id": "a", "title": "Paper a", "abstract": "We do."}
B = {"id": "b", "title": "Paper b", "abstract": "We do, too.", "authors": [{"name": "Ada"}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(A) + "\n" + json.dumps(B),
        json.dumps([A, B]),
        json.dumps([A, B], indent=4),
        "[" + json.dumps(A) + ",\n" + json.dumps(B) + "\n]\n",
        json.dumps({"results": [A, B]}),
        json.dumps({"meta": {"count": 2, "list": [1]}, "results": [A, B], "more": {"x": []}}, indent=1),
        json.dumps({"status": "ok", "message": {"items": [A, B]}}),
        json.dumps({"total": 2, "data": [A, B]}, indent=2),
        json.dumps({"results": [A]}) + "\n" + json.dumps({"results": [B]}) + "\n",
        json.dumps(A, indent=2) + "\n" + json.dumps(B, indent=2),
        json.dumps([A]) + "\n" + json.dumps([B]),
        "  \n\n" + json.dumps(A) + json.dumps(B),
    ],
)
def test_shapes(read_as: ReadAs, text: str) -> None:
    """Lines, arrays, pages, pretty-printed, joined together."""
    outcome = read_as(text)

    assert (outcome.titles, outcome.reasons) == (["Paper a", "Paper b"], [])


def test_a_large_array_on_one_line_is_read_in_a_window(read_as: ReadAs) -> None:
    """Longer than any block, shorter than the memory it would take at once."""
    many = [dict(A, id=f"n{n}", abstract="We do. " * 50) for n in range(3_000)]

    assert [paper.id for paper in read_as(json.dumps(many)).papers] == [f"n{n}" for n in range(3_000)]


def test_an_array_that_is_cut_off_gives_what_stands_before(read_as: ReadAs) -> None:
    """And says where it is cut."""
    outcome = read_as(json.dumps([A, B, A])[:-20])

    assert outcome.titles == ["Paper a", "Paper b"]
    assert len(outcome.rejects) == 1


def test_damage_in_a_pretty_array_is_told_once(read_as: ReadAs) -> None:
    """Parts of the damaged element are not taken for elements."""
    text = json.dumps([A, B, A], indent=2).replace('"name": "Ada"', '"name": Ada')

    outcome = read_as(text)

    assert outcome.titles == ["Paper a", "Paper a"]
    assert [reject.where.line for reject in outcome.rejects] == [7]


def test_own_form_keeps_every_character_in_its_place(read_as: ReadAs) -> None:
    """Double blanks and newlines count in offsets made elsewhere."""
    text = "We  do\nit. So\u00a0there."

    assert read_as(json.dumps(dict(A, abstract=text))).paper.text == text


def test_own_form_takes_numbers_and_lists_as_they_come(read_as: ReadAs) -> None:
    """An id that is a number, authors as objects or one string, a year as text."""
    paper = read_as(
        json.dumps(
            {
                "id": 7,
                "title": "T",
                "text": "We.",
                "authors": "Ada Bee and Cy Dee",
                "year": "2020",
                "url": "javascript:x",
            }
        )
    ).paper

    assert (paper.id, paper.authors, paper.year, paper.url) == ("7", ("Ada Bee", "Cy Dee"), 2020, None)


def test_a_paper_without_a_title_is_kept_if_it_has_an_id(read_as: ReadAs) -> None:
    """A DOI is one, too; without any it is rejected."""
    outcome = read_as(
        '{"id": "x", "abstract": "We do."}\n{"title": "", "abstract": "We do.", "doi": "10.5555/a"}\n'
        '{"title": " ", "abstract": "We do."}\n'
    )

    assert [(paper.id[:13], paper.title) for paper in outcome.papers] == [("x", ""), ("doi-10.5555-a", "")]
    assert outcome.reasons == ["neither a title nor an id"]


def test_code_that_is_no_address_is_left_out(read_as: ReadAs) -> None:
    """It would act when clicked."""
    links = ["javascript:alert(1)", "https://example.org/code"]

    assert read_as(json.dumps(dict(A, code=links))).paper.code == ("https://example.org/code",)


def test_side_fields_that_are_not_understood_are_remarked(read_as: ReadAs) -> None:
    """The paper is kept."""
    outcome = read_as(json.dumps(dict(A, year="n.d.", doi="none", date="soon")))

    assert outcome.paper.year is None
    assert [remark.what for remark in outcome.remarks] == [
        "a date that is not understood: 'soon'",
        "a year that is not understood: 'n.d.'",
        "a DOI that is none: 'none'",
    ]
    assert outcome.remarks[0].where.line == 1


def test_openalex_words_repeat_and_entities_span_words(read_as: ReadAs) -> None:
    """Words come back at each of their positions, joined before entities are decoded."""
    assert words_in_order({"b": [1, 3], "a": [0, 2]}) == "a b a b"
    index = {"We": [0], "go": [1, 3], "&amp;": [2], "<p>far</p>": [4]}
    paper = read_as(
        json.dumps({"id": "https://openalex.org/W1", "display_name": "T &lt; U", "abstract_inverted_index": index})
    ).paper
    assert (paper.id, paper.title, paper.text) == ("W1", "T < U", "We go & go\nfar")


@pytest.mark.parametrize("index", [{"a": [10**15], "b": [-5]}, {"a": [0, 0, 0]}])
def test_openalex_positions_are_an_order_not_places(index: dict[str, list[int]], read_as: ReadAs) -> None:
    """A position beyond all bounds allocates nothing."""
    assert read_as(
        json.dumps({"id": "https://openalex.org/W1", "title": "T", "abstract_inverted_index": index})
    ).paper.text


def test_machine_made_summaries_are_no_abstracts(read_as: ReadAs) -> None:
    """Semantic Scholar's tldr, Hugging Face's ai_summary."""
    outcome = read_as(
        json.dumps({"paperId": "1", "title": "T", "abstract": None, "tldr": {"text": "We."}})
        + "\n"
        + json.dumps({"paper": {"id": "2001.00001", "title": "T", "ai_summary": "We."}})
    )

    assert outcome.reasons == ["no abstract", "no abstract"]


def test_identifiers_come_from_wherever_they_stand(read_as: ReadAs) -> None:
    """arXiv's DOI, an address, externalIds."""
    outcome = read_as(
        json.dumps(dict(A, doi="10.48550/arXiv.2001.00001"))
        + "\n"
        + json.dumps(dict(A, url="https://arxiv.org/abs/2001.00001v3"))
        + "\n"
        + json.dumps({"paperId": "1", "title": "T", "abstract": "We.", "externalIds": {"ArXiv": "2001.00001"}})
        + "\n"
        + json.dumps({"paper": {"id": "2001.00001", "title": "T", "summary": "We."}})
    )

    assert [paper.arxiv for paper in outcome.papers] == ["2001.00001"] * 4


def test_a_flavour_that_is_asked_for_reads_nothing_else(read_as: ReadAs) -> None:
    """With what it is told by."""
    outcome = read_as(json.dumps(A), format="openalex")

    assert outcome.reasons == [
        "an object without abstract_inverted_index, or an id at openalex.org; its fields are: abstract, id, title"
    ]


def test_mixed_lines_are_each_read_in_their_own_way(read_as: ReadAs) -> None:
    """A file that was put together from several services."""
    outcome = read_as(
        json.dumps(A) + "\n" + json.dumps({"DOI": "10.5555/b", "title": ["T"], "abstract": "<jats:p>We.</jats:p>"})
    )

    assert [paper.sources[0].format for paper in outcome.papers] == ["json", "crossref"]
