"""OpenAlex works: objects, JSON Lines of a snapshot, or a page of the API with `results`.

The abstract is an inverted index, {word: [positions]}: words come back in the order of their positions, a word that
repeats at each of them. Entities and tags in titles and words are turned into text, after the words are joined.
The id is OpenAlex's own without its address ("W2741809807").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.errors import ReadError
from kg.read.entry import Entry, field_text
from kg.read.format import Flavour
from kg.read.locators import arxiv_id
from kg.read.markup import plain_text

__all__ = ["FLAVOUR", "words_in_order"]

_ADDRESS = "https://openalex.org/"
_MOST_WORDS = 500_000


def words_in_order(index: Mapping[str, object]) -> str:
    """The text of an inverted index. Raises ReadError if it is not one.

    >>> words_in_order({"to": [0, 4], "be": [1, 5], "or": [2], "not": [3]})
    'to be or not to be'
    """
    placed: list[tuple[int, str]] = []
    for word, positions in index.items():
        if not isinstance(positions, list) or not all(type(position) is int for position in positions):
            raise ReadError(f"the inverted index has no list of positions for {word[:40]!r}")
        placed += [(position, word) for position in positions]
        if len(placed) > _MOST_WORDS:
            raise ReadError(f"an inverted index of more than {_MOST_WORDS:,} words")
    return " ".join(word for _, word in sorted(placed))


def fits(fields: Mapping[str, object]) -> bool:
    """Whether an object is a work."""
    if "abstract_inverted_index" in fields:
        return True
    name = fields.get("id")
    return isinstance(name, str) and name.startswith(_ADDRESS) and "display_name" in fields


def entry(fields: Mapping[str, object], line: int | None) -> Entry:
    """The entry in a work. Raises ReadError for a field that is not what it should be."""
    index = fields.get("abstract_inverted_index")
    if index is not None and not isinstance(index, dict):
        raise ReadError("abstract_inverted_index is not an object")
    text = words_in_order(index) if index else field_text(fields, "abstract")
    title = field_text(fields, "title", "display_name")
    name = field_text(fields, "id")
    year, date = fields.get("publication_year"), fields.get("publication_date")
    return Entry(
        format="openalex",
        line=line,
        id=name.removeprefix(_ADDRESS) if name else None,
        title=plain_text(title) if title else None,
        text=plain_text(text) if text else None,
        year=year if isinstance(year, int | str) else None,
        date=date if isinstance(date, str) else None,
        venue=_venue(fields),
        authors=_authors(fields.get("authorships")),
        url=_landing_page(fields) or name,
        doi=field_text(fields, "doi"),
        arxiv=next((page for page in _pages(fields) if arxiv_id(page)), None),
        escaped=True,
    )


def _place(fields: Mapping[str, object]) -> Mapping[str, object]:
    place = fields.get("primary_location")
    return place if isinstance(place, dict) else {}


def _landing_page(fields: Mapping[str, object]) -> str | None:
    page = _place(fields).get("landing_page_url")
    return page if isinstance(page, str) else None


def _pages(fields: Mapping[str, object]) -> Iterator[str]:
    """All pages of a work: that of its preprint may be any of them."""
    places = fields.get("locations")
    for place in (_place(fields), *(places if isinstance(places, list) else ())):
        page = place.get("landing_page_url") if isinstance(place, dict) else None
        if isinstance(page, str):
            yield page


def _venue(fields: Mapping[str, object]) -> str | None:
    source = _place(fields).get("source") or fields.get("host_venue")
    name = source.get("display_name") if isinstance(source, dict) else None
    return plain_text(name) if isinstance(name, str) else None


def _authors(authorships: object) -> tuple[str, ...]:
    if not isinstance(authorships, list):
        return ()
    authors = [item.get("author") for item in authorships if isinstance(item, dict)]
    names = [author.get("display_name") for author in authors if isinstance(author, dict)]
    return tuple(name for name in names if isinstance(name, str))


FLAVOUR = Flavour(
    name="openalex",
    description="OpenAlex works: snapshot (JSON Lines) or a page of the API",
    told_by="abstract_inverted_index, or an id at openalex.org",
    fits=fits,
    entry=entry,
)
