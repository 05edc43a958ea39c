"""BibTeX, RIS, nbib, PubMed, Atom: what each has that the others have not."""

from __future__ import annotations

import pytest

from kg.read.bibtex import expanded
from tests.read.conftest import ReadAs


def test_bibtex_strings_months_and_concatenation(read_as: ReadAs) -> None:
    """Names in any case, months, # and quotes."""
    text = (
        '@STRING{Conf = "Conference on " # {Tests}}\n@string(short = "Conf.")\n'
        '@inproceedings{k, title = "Nets", booktitle = CONF # ", " # 2020, month = mar, year = 2020, abstract = "We {\\"u}se it."}\n'
    )
    paper = read_as(text).paper

    assert (paper.venue, paper.date, paper.text) == ("Conference on Tests, 2020", "2020-03", "We üse it.")


def test_bibtex_preprints_editors_and_repeated_fields(read_as: ReadAs) -> None:
    """eprint is an arXiv id, "others" is nobody, a repeated keyword harms nothing."""
    text = "@misc{k, title={Nets}, author={Doe, Jane and others}, eprint={2001.00001v2}, archivePrefix={arXiv}, keywords={a}, keywords={b}, abstract={We do.}}"
    paper = read_as(text).paper

    assert (paper.arxiv, paper.authors, paper.id) == ("2001.00001", ("Jane Doe",), "k")


def test_bibtex_comments_of_biber_between_fields(read_as: ReadAs) -> None:
    """They are no part of a field's name."""
    text = "@online{k,\n  % before\n  title = {Nets},\n  % between\n  abstract = {We do.}\n  % after\n}\n"

    assert read_as(text).paper.title == "Nets"


def test_bibtex_expansion_of_unknown_names() -> None:
    """They stand for themselves, as they are written."""
    assert expanded("unknown", {}) == "unknown"
    assert expanded('{a # b} # "c # d"', {}) == "a # bc # d"


def test_bibtex_after_an_unclosed_entry_goes_on(read_as: ReadAs) -> None:
    """At the next line that begins one."""
    outcome = read_as("@article{a, title={Open, abstract={We\n@article{b, title={Good}, abstract={We do.}}\n")

    assert (outcome.titles, len(outcome.rejects)) == (["Good"], 1)


def test_bibtex_fields_outside_of_an_entry_are_told(read_as: ReadAs) -> None:
    """Not taken for a comment."""
    outcome = read_as("article{a,\n  title = {Lost},\n}\n\n@article{b, title={Good}, abstract={We do.}}\n")

    assert (outcome.titles, outcome.reasons) == (["Good"], ["fields outside of an entry"])


@pytest.mark.parametrize("abstract", ["AB  - We do.\n", "N2  - We do.\n", "AB  - We\ndo.\n", "AB  -\nN2  - We do.\n"])
def test_ris_abstracts(read_as: ReadAs, abstract: str) -> None:
    """AB, else N2, on several lines."""
    assert read_as(f"TY  - JOUR\nT1  - Nets\nA1  - Doe, Jane\nY1  - 2020///\n{abstract}ER  -\n").paper.text == "We do."


def test_ris_with_one_blank_and_with_junk(read_as: ReadAs) -> None:
    """Some writers leave out a blank; Ovid counts, and adds tags of its own."""
    loose = "TY - JOUR\nTI - Nets\nAB - We do.\nER -\n"
    ovid = "1.\n\nTY  - JOUR\nXT  - 1\nTI  - Nets\nN1  - junk\n<2>\nAB  - We do.\nUR  - https://example.org\nER  -\nNL  - J Tests\n\nLink to the text: https://example.org\n\n2.\n"

    assert read_as(loose).paper.text == read_as(ovid).paper.text == "We do."


def test_nbib_wrapped_lines_and_dois(read_as: ReadAs) -> None:
    """Lines that go on are indented; the DOI is marked."""
    text = "PMID- 1\nDP  - 2020 Mar-Apr\nTI  - Nets that\n      learn\nAID - S1 [pii]\nAID - 10.5555/n [doi]\nAB  - BACKGROUND: We\n      do. METHODS: So.\nFAU - Doe, Jane\n"
    paper = read_as(text).paper

    assert (paper.title, paper.text, paper.doi, paper.year) == (
        "Nets that learn",
        "BACKGROUND: We do. METHODS: So.",
        "10.5555/n",
        2020,
    )
    assert paper.authors == ("Jane Doe",)


def test_pubmed_sections_keep_their_labels(read_as: ReadAs) -> None:
    """Several AbstractText, inline tags, and no text of OtherAbstract."""
    text = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><PubDate>"
        "<MedlineDate>2020 Mar-Apr</MedlineDate></PubDate></JournalIssue></Journal><ArticleTitle>Nets</ArticleTitle><Abstract>"
        '<AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">We <i>do</i> it &#x3b1;.</AbstractText>'
        '<AbstractText Label="UNLABELLED">So.</AbstractText><AbstractText Label="RESULTS">10<sup>-3</sup> &lt; x.</AbstractText>'
        "<CopyrightInformation>Ours.</CopyrightInformation></Abstract></Article>"
        "<OtherAbstract><AbstractText>Nous faisons.</AbstractText></OtherAbstract></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    paper = read_as(text).paper

    assert paper.text == "BACKGROUND: We do it α.\nSo.\nRESULTS: 10^-3 < x."
    assert (paper.year, paper.date) == (2020, "2020")


def test_records_in_large_files_are_cut_out_across_blocks(read_as: ReadAs) -> None:
    """More than one block of text, with lines counted."""
    record = "<PubmedArticle>\n<MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>Nets {n}</ArticleTitle><Abstract><AbstractText>{text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
    count = 400
    text = (
        "<PubmedArticleSet>\n"
        + "".join(record.format(n=n, text="word " * 400) for n in range(count))
        + "</PubmedArticleSet>"
    )

    outcome = read_as(text)

    assert [(paper.id, paper.sources[0].line) for paper in outcome.papers] == [
        (str(n), 2 + 2 * n) for n in range(count)
    ]


def test_atom_in_a_declared_encoding(read_as: ReadAs) -> None:
    """Believed if it is one of bytes."""
    feed = '<?xml version="1.0" encoding="ISO-8859-1"?><feed><entry><id>http://arxiv.org/abs/2001.00001v1</id><title>Né</title><summary>We do.</summary></entry></feed>'

    assert read_as(feed.encode("latin-1")).paper.title == "Né"
    assert read_as(feed.replace("ISO-8859-1", "rot13").encode()).paper.title == "Né"
