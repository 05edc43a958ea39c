"""Saved pages of the Hugging Face site: what is a paper, what is its date, and what belongs to the page."""

from __future__ import annotations

from tests.read.conftest import ReadAs

HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 11\n\n"
LONG = "We show that a long abstract is told from a title by its length and its full stops. " * 5


def dated(title: str, date: str, text: str = LONG, count: str = "3 authors") -> str:
    return f"{title}\n\n{text}\n\n  • {count}\n·\n{date}\n\n"


def test_the_date_at_the_top_is_the_pages_own(read_as: ReadAs) -> None:
    """Neither the first paper's nor anyone's."""
    assert read_as(HEAD + f"A Title\n\n{LONG}\n").paper.date is None


def test_dates_years_and_comments(read_as: ReadAs) -> None:
    """With and without a year, with and without comments; a day that does not exist is no date."""
    page = (
        HEAD
        + dated("One", "Mar 3, 2022")
        + dated("Two", "Jul 16 2")
        + dated("Three", "May 22, 2024 1", count="1 authors")
    )

    papers = read_as(page).papers

    assert [(paper.date, paper.year, paper.comments, paper.author_count) for paper in papers] == [
        ("2022-03-03", 2022, None, 3),
        ("--07-16", None, 2, 3),
        ("2024-05-22", 2024, 1, 1),
    ]


def test_titles_that_look_like_sentences(read_as: ReadAs) -> None:
    """Questions, "vs.", a subtitle after a question mark, a full stop at the end."""
    titles = [
        "What can it learn? A study",
        "Right vs. Wrong",
        "Does it scale? Yes.",
        "Yi: Models by 01.AI",
        "Is this a title?",
    ]
    plain = read_as(HEAD + "".join(f"{title}\n\n{LONG}\n\n" for title in titles))
    with_dates = read_as(HEAD + "".join(dated(title, "Mar 3, 2022") for title in titles))

    assert plain.titles == with_dates.titles == titles


def test_short_abstracts_without_a_full_stop_are_read_where_facts_close_them(read_as: ReadAs) -> None:
    """The layout says what they are."""
    assert read_as(HEAD + dated("A Title", "Mar 3, 2022", text="Something short")).paper.text == "Something short"


def test_furniture_of_the_site_is_passed_over(read_as: ReadAs) -> None:
    """Counts of upvotes, who submitted it, menus."""
    page = (
        HEAD
        + "12\n\nSubmitted by\n\n"
        + dated("A Title", "Mar 3, 2022")
        + "Previous\n\nNext\n\nCompany\n\nTOS\n\nPrivacy\n"
    )

    assert read_as(page).titles == ["A Title"]


def test_facts_on_one_line_and_other_page_heads(read_as: ReadAs) -> None:
    """A page that was saved by another browser."""
    page = (
        f"Daily Papers\n\nby Someone and the research community\n\nA Title\n\n{LONG}\n\n• 3 authors · Mar 3, 2022 · 4\n"
    )

    paper = read_as(page).paper

    assert (paper.title, paper.date, paper.comments) == ("A Title", "2022-03-03", 4)


def test_a_lost_abstract_or_title_is_told_and_takes_no_neighbour_along(read_as: ReadAs) -> None:
    """In both layouts."""
    page = (
        HEAD + dated("One", "Mar 3, 2022") + "Lost\n\n  • 3 authors\n·\nMar 3, 2022\n\n" + dated("Two", "Mar 3, 2022")
    )
    outcome = read_as(page)
    assert (outcome.titles, outcome.reasons) == (["One", "Two"], ["no abstract"])

    outcome = read_as(HEAD + f"One\n\n{LONG}\n\nLost\n\nTwo\n\n{LONG}\n")
    assert (outcome.titles, outcome.reasons) == (["One", "Two"], ["no abstract"])

    outcome = read_as(HEAD + f"{LONG}\n\nTwo\n\n{LONG}\n")
    assert (outcome.titles, outcome.reasons) == (["Two"], ["text without a title above it"])


def test_code_in_the_abstract_is_kept_apart_too(read_as: ReadAs) -> None:
    """The text stays as it is."""
    paper = read_as(HEAD + f"One\n\n{LONG} Code: https://github.com/a/b.\n").paper

    assert paper.code == ("https://github.com/a/b",)
    assert paper.text.endswith("https://github.com/a/b.")
