"""PubMed XML: PubmedArticle records of E-utilities, of the baseline files, and PubmedBookArticle.

A structured abstract has several AbstractText; each becomes a paragraph that begins with its label ("METHODS: ...").
The id is the PMID. OtherAbstract (other languages, plain-language summaries) is not read.
DTD: https://dtd.nlm.nih.gov/ncbi/pubmed/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.read.entry import Entry, Fault
from kg.read.feed import Feed
from kg.read.format import Format
from kg.read.xml_chunks import chunks, first, text_at, words

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["FORMAT"]

_SIGNATURE = re.compile(r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle)[\s>]")


def sign(head: str) -> int | None:
    """Where the records' tag stands in the head."""
    found = _SIGNATURE.search(head)
    return found.start() if found else None


def entries(feed: Feed) -> Iterator[Entry | Fault]:
    """The records of a file, in its order."""
    for found in chunks(feed, "PubmedArticle", "PubmedBookArticle", holding="AbstractText"):
        if isinstance(found, Fault):
            yield found
        else:
            line, record = found
            yield _entry(record, line)


def _entry(record: _Element, line: int) -> Entry:
    citation = first(record, "MedlineCitation")
    if citation is None:
        citation = first(record, "BookDocument")
    if citation is None:
        citation = record
    article = first(citation, "Article")
    if article is None:
        article = citation
    pmid = text_at(citation, "PMID")
    return Entry(
        format="pubmed",
        line=line,
        id=pmid,
        title=text_at(article, "ArticleTitle") or text_at(article, "Book", "BookTitle"),
        text=_abstract(first(article, "Abstract")),
        date=_date(article),
        venue=text_at(article, "Journal", "Title") or text_at(citation, "MedlineJournalInfo", "MedlineTA"),
        authors=_authors(first(article, "AuthorList")),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid and pmid.isdigit() else None,
        doi=_doi(record, article),
    )


def _abstract(abstract: _Element | None) -> str | None:
    """The sections with their labels, apart by an empty line."""
    if abstract is None:
        return None
    sections: list[str] = []
    for section in abstract.iterchildren("{*}AbstractText"):
        text, label = words(section).strip(), (section.get("Label") or "").strip()
        if text:
            sections.append(f"{label}: {text}" if label and label.upper() != "UNLABELLED" else text)
    return "\n\n".join(sections)


def _date(article: _Element) -> str | None:
    """The day the article appeared on line, else the issue's date; "2020 Mar-Apr" and seasons give the year."""
    for place in (("ArticleDate",), ("Journal", "JournalIssue", "PubDate"), ("Book", "PubDate")):
        found = first(article, *place)
        if found is None:
            continue
        year, month, day = (text_at(found, part) for part in ("Year", "Month", "Day"))
        if year is None:
            return (text_at(found, "MedlineDate") or "")[:4] or None
        if month and month.isalpha() and not day:
            return f"{year} {month}"
        return (
            "-".join(part for part in (year, month, day) if part)
            if not (month or "").isalpha()
            else f"{year} {month} {day}"
        )
    return None


def _authors(authors: _Element | None) -> tuple[str, ...]:
    if authors is None:
        return ()
    names: list[str] = []
    for author in authors.iterchildren("{*}Author"):
        given, family = text_at(author, "ForeName") or text_at(author, "Initials"), text_at(author, "LastName")
        name = " ".join(part for part in (given, family) if part) or text_at(author, "CollectiveName")
        if name:
            names.append(name)
    return tuple(names)


def _doi(record: _Element, article: _Element) -> str | None:
    for place in article.iterchildren("{*}ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN") != "N":
            return words(place)
    listed = first(record, "PubmedData", "ArticleIdList")
    for item in listed if listed is not None else ():
        if item.get("IdType") == "doi":
            return words(item)
    return None


FORMAT = Format(
    name="pubmed",
    description="PubMed XML, with labelled sections",
    told_by="the tag PubmedArticle",
    extensions=("xml",),
    sign=sign,
    entries=entries,
)
