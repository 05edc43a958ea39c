"""Plain text and Markdown: what is a title, and where an entry ends."""

from __future__ import annotations

from tests.read.conftest import ReadAs


def test_a_title_on_the_line_above(read_as: ReadAs) -> None:
    """At the beginning, after a rule, after two blank lines."""
    text = "Nets that learn\nWe train nets. They learn.\n\n---\nNets that fail\nWe break nets. They fail.\n\n\nNets at rest\nWe wait. They rest.\n"

    papers = read_as(text).papers

    assert [(paper.title, paper.text) for paper in papers] == [
        ("Nets that learn", "We train nets. They learn."),
        ("Nets that fail", "We break nets. They fail."),
        ("Nets at rest", "We wait. They rest."),
    ]


def test_abstracts_of_several_paragraphs_and_wrapped_lines(read_as: ReadAs) -> None:
    """Lines are joined, paragraphs stay apart by one newline."""
    text = "A title that is\nwrapped over lines\n\nWe train\nnets. They learn.\n\nThen they stop. We wonder why.\n\nAnother title\n\nWe do more.\n"

    first, second = read_as(text).papers

    assert (first.title, first.text) == (
        "A title that is wrapped over lines",
        "We train nets. They learn.\nThen they stop. We wonder why.",
    )
    assert second.title == "Another title"


def test_titles_that_end_in_a_full_stop(read_as: ReadAs) -> None:
    """If the first one does, the others may."""
    outcome = read_as(
        "Nets that learn.\n\nWe train nets. They learn, and so do we, at length.\n\nNets that fail.\n\nWe break nets. They fail, and so do we.\n"
    )

    assert outcome.titles == ["Nets that learn.", "Nets that fail."]


def test_said_outright(read_as: ReadAs) -> None:
    """Title:, Abstract: and facts."""
    text = "Title: Nets. And more nets.\nID: n1\nDOI: 10.5555/nets\nAuthors: Ada Example; Bo Sample\nYear: 2020\nVenue: Tests\n\nAbstract: We train\n\nTitle: Other\n\nAbstract:\n\nWe rest.\n"

    first, second = read_as(text).papers

    assert (first.id, first.title, first.text, first.doi, first.year, first.venue) == (
        "n1",
        "Nets. And more nets.",
        "We train",
        "10.5555/nets",
        2020,
        "Tests",
    )
    assert first.authors == ("Ada Example", "Bo Sample")
    assert (second.title, second.text) == ("Other", "We rest.")


def test_underlined_titles(read_as: ReadAs) -> None:
    """As reStructuredText and some mail have them."""
    assert read_as("Nets. Again\n===========\n\nWe train.\n\nMore nets\n---------\nWe rest.\n").titles == [
        "Nets. Again",
        "More nets",
    ]


def test_markdown_headings(read_as: ReadAs) -> None:
    """Sections without text are no papers; Abstract headings, links, emphasis, code blocks and front matter."""
    text = (
        "---\nkind: list\n---\n# Reading\n\n## 2020\n\n### [Nets](https://arxiv.org/abs/2001.00001)\n\nWe **train** `nets` on [data](https://example.org)"
        " with $a_{*}b*$.\n\n```\n# not a heading\n```\n\nThey learn.\n\n## 2021 ##\n\n### More nets\n\n#### Abstract\n\nWe rest.\n"
    )

    first, second = read_as(text).papers

    assert (first.title, first.text, first.arxiv, first.id) == (
        "Nets",
        "We train nets on data with $a_{*}b*$.\nThey learn.",
        "2001.00001",
        "arxiv-2001.00001",
    )
    assert (second.title, second.text) == ("More nets", "We rest.")


def test_an_empty_heading_is_rejected(read_as: ReadAs) -> None:
    """One that is no section."""
    outcome = read_as("# Nets\n\nWe train.\n\n# Nothing\n\n# More\n\nWe rest.\n")

    assert (outcome.titles, outcome.reasons) == (["Nets", "More"], ["no abstract"])


def test_a_name_of_a_markdown_file_decides_where_content_does_not(read_as: ReadAs) -> None:
    """One heading in the middle."""
    text = "Some words first.\n\n# Nets\n\nWe train.\n"

    assert read_as(text, "a.md").titles == ["Nets"]
    assert read_as(text, "a.txt").papers[0].sources[0].format == "text"
