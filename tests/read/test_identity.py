"""When entries are one paper, what it is called, and what it says: whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.domain import Paper, Source
from kg.identifiers import slug
from kg.read import Reject, distinct, group, identity_keys, made_id, merge
from kg.read.identity import folded, is_distinctive

LONG = "Attention Is All You Need for Parsing"


def entry(
    number: int = 1, *, file: str = "a.jsonl", title: str = LONG, text: str = "We parse.", **fields: object
) -> Paper:
    """An entry as a reader gives it: the id is made unless it is given."""
    source = Source(file=file, format="json", entry=number, line=number)
    paper = Paper(id="?", title=title, text=text, sources=(source,))
    paper = replace(paper, **fields)  # type: ignore[arg-type] # fields of Paper by name
    return paper if "id" in fields else replace(paper, id=made_id(paper))


def one(*entries: Paper) -> Paper:
    """The only distinct paper."""
    (paper,) = distinct(entries)
    return paper


def count(*entries: Paper) -> int:
    """How many distinct papers."""
    return len(list(distinct(entries)))


def test_one_doi_one_paper() -> None:
    """Titles may differ."""
    assert (
        count(
            entry(1, title="A preprint title here", doi="10.1/a"), entry(2, title="The final title here", doi="10.1/a")
        )
        == 1
    )


def test_one_arxiv_id_one_paper() -> None:
    """And versions do not count: readers leave them out."""
    assert (
        count(
            entry(1, title="One title of a paper", arxiv="1706.03762"),
            entry(2, title="Two title of a paper", arxiv="1706.03762"),
        )
        == 1
    )


def test_one_folded_title_one_paper() -> None:
    """Case, punctuation, accents and LaTeX marks do not matter."""
    assert count(entry(1), entry(2, title="{Attention} is all you need -- for pársing!", text="Other.")) == 1


def test_generic_and_short_titles_need_the_same_beginning() -> None:
    """Two editorials are two papers; one editorial on two pages is one."""
    first = "In this issue we look at graphs. " * 3
    assert count(entry(1, title="Editorial", text=first), entry(2, title="Editorial", text="We look at trees.")) == 2
    assert count(entry(1, title="Editorial", text=first), entry(2, title="Editorial", text=first + "And more.")) == 1
    assert (
        count(entry(1, title="Scaling MLPs", text="We scale."), entry(2, title="Scaling MLPs", text="We do not.")) == 2
    )
    assert not is_distinctive(folded("Introduction to the special issue on graph learning"))
    assert is_distinctive(folded(LONG))


def test_entries_are_joined_in_a_chain() -> None:
    """One by DOI, the next by title: all three are one."""
    a, b = entry(1, title="Some title of one kind", doi="10.1/a"), entry(2, doi="10.1/a", text="Longer text here.")
    assert count(a, b, entry(3)) == 1


def test_the_fullest_text_and_all_sources_stay() -> None:
    """And identifiers and side fields from wherever they stand."""
    paper = one(
        entry(1, file="b", text="We parse."),
        entry(2, file="a", text="We parse trees.", year=2018, venue="ACL", code=("https://github.com/a/b",)),
        entry(3, file="c", author_count=3, doi="10.1/a", comments=2),
    )

    assert paper.text == "We parse trees."
    assert (paper.year, paper.venue, paper.doi, paper.author_count, paper.comments) == (2018, "ACL", "10.1/a", 3, 2)
    assert [source.file for source in paper.sources] == ["a", "b", "c"]
    assert paper.id == made_id(paper)


def test_a_date_without_a_year_takes_the_year_of_the_same_day_only() -> None:
    """Never guessed: another day is another date, and a bare year gives none."""
    assert one(entry(1, date="--03-11"), entry(2, date="2022-03-11")).date == "2022-03-11"
    assert one(entry(1, date="--03-11"), entry(2)).date == "--03-11"
    assert one(entry(1, date="--03-11"), entry(2, year=2022)).date == "--03-11"
    assert one(entry(1, date="--03-11"), entry(2, date="2022-03-12")).date == "2022-03-12"
    assert one(entry(1, date="--03-11"), entry(2, date="--03-11")).year is None


def test_given_ids_are_kept() -> None:
    """The smallest is the id, the others are other ids; a made one gives way."""
    paper = one(entry(1, id="zeta"), entry(2, id="alpha"), entry(3))

    assert (paper.id, paper.other_ids) == ("alpha", ("zeta",))


def test_other_identifiers_are_kept() -> None:
    """Of two DOIs the publisher's comes first, the other is not lost."""
    paper = one(
        entry(1, doi="10.48550/arxiv.1706.03762", arxiv="1706.03762"), entry(2, doi="10.1/a", arxiv="1706.03762")
    )

    assert (paper.doi, paper.other_ids) == ("10.1/a", ("doi:10.48550/arxiv.1706.03762",))


def test_an_id_for_two_papers_is_kept_for_the_first_and_the_other_is_rejected() -> None:
    """By source, whatever the order; with where the first one stands."""
    first = entry(1, file="a", id="x", title="The first paper of two", text="We do one thing.")
    other = entry(7, file="b", id="x", title="The other paper of two", text="We do another.")
    for order in ((first, other), (other, first)):
        rejects: list[Reject] = []
        assert [paper.title for paper in distinct(order, on_reject=rejects.append)] == [first.title]
        (reject,) = rejects
        assert (reject.where.file, reject.where.entry, reject.where.paper) == ("b", 7, "x")
        assert reject.reason == "duplicate id with a different text, which is kept from a, entry 1"


def test_an_id_with_the_same_title_or_the_same_text_is_one_paper() -> None:
    """A corrected title or a longer abstract of one id is no clash."""
    assert (
        count(entry(1, id="x", title="Nets", text="We net."), entry(2, id="x", title="Nets", text="We net more.")) == 1
    )
    assert count(entry(1, id="x", title="Nets", text="We net."), entry(2, id="x", title="Nests", text="We net.")) == 1


def test_made_ids_are_slugs_and_do_not_depend_on_the_text_of_a_distinctive_title() -> None:
    """So they stand unchanged in addresses, and stay when a longer abstract is found."""
    assert entry(1).id == entry(2, text="Quite another text.").id
    assert entry(1, title="Nets", text="We.").id != entry(2, title="Nets", text="You.").id
    for paper in (
        entry(1),
        entry(1, doi="10.1/(a)<b>" + "c" * 90),
        entry(1, arxiv="hep-th/9901001"),
        entry(1, title="Ωμέγα", text="x"),
        entry(1, title="", text="x"),
    ):
        assert slug(paper.id) == paper.id


words = st.sampled_from(
    ("Deep nets for all of us", "deep NETS for all of us!", "Editorial", "Short", "Other nets for all of us", "")
)
papers = st.builds(
    lambda number, file, title, text, doi, arxiv, date, year, given, authors: entry(
        number, file=file, title=title, text=text, doi=doi, arxiv=arxiv, date=date, year=year, authors=authors,
        **({"id": given} if given else {}),
    ),
    number=st.integers(1, 50),
    file=st.sampled_from(("a", "b", "c")),
    title=words,
    text=st.sampled_from(("We do.", "We do it well.", "You do.")),
    doi=st.sampled_from((None, "10.1/a", "10.1/b", "10.48550/arxiv.1706.03762")),
    arxiv=st.sampled_from((None, "1706.03762", "1810.04805")),
    date=st.sampled_from((None, "--03-11", "2022-03-11", "2021", "2022-03")),
    year=st.sampled_from((None, 2020, 2022)),
    given=st.sampled_from((None, "x", "y")),
    authors=st.sampled_from(((), ("A B",), ("A B", "C D"), ("E F", "C D"))),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(papers, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(entries: list[Paper], chance: random.Random) -> None:
    """Neither papers nor rejects, for entries that are all at different places."""
    placed = [
        replace(paper, sources=(replace(paper.sources[0], entry=number),)) for number, paper in enumerate(entries)
    ]
    shuffled = list(placed)
    chance.shuffle(shuffled)
    rejects: tuple[list[Reject], list[Reject]] = ([], [])

    assert list(distinct(placed, on_reject=rejects[0].append)) == list(distinct(shuffled, on_reject=rejects[1].append))
    assert rejects[0] == rejects[1]


@settings(deadline=None)
@given(st.lists(papers, min_size=1, max_size=6), st.integers(1, 5))
def test_merging_may_be_done_in_steps(entries: list[Paper], cut: int) -> None:
    """Associative and idempotent: what was merged can be merged again."""
    left, right = entries[:cut], entries[cut:]
    whole = merge(entries)

    assert merge([merge(left), *right]) == whole
    assert merge([whole]) == whole
    assert merge([whole, *entries]) == whole


@settings(deadline=None)
@given(st.lists(papers, max_size=12))
def test_groups_are_a_partition_and_every_source_is_accounted_for(entries: list[Paper]) -> None:
    """No entry is lost: each source is of one paper or of a reject."""
    assert sum(len(members) for members in group(entries)) == len(entries)
    rejects: list[Reject] = []
    kept = {source for paper in distinct(entries, on_reject=rejects.append) for source in paper.sources}
    lost = {(reject.where.file, reject.where.entry) for reject in rejects}
    assert {(source.file, source.entry) for paper in entries for source in paper.sources} == {
        (source.file, source.entry) for source in kept
    } | lost


@settings(deadline=None)
@given(papers)
def test_every_paper_has_a_key(paper: Paper) -> None:
    """So that union-find has something to hold on to, and keys are sorted."""
    keys = identity_keys(paper)

    assert keys and list(keys) == sorted(keys)
