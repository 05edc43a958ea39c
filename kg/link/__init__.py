"""Names across papers become things: one node for one thing, every alias kept, every join with its reason.

    Record ──names──▶ Name ──tally──▶ Node ──propose · decide · cluster · abbreviation──▶ Thing

`names` is the map step, a pure function of one record; `link` does the rest. See the modules for each step, and
`kg.link.linker` for doing it again when papers come and go.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.callable_module import make_callable
from kg.domain import Record, Thing
from kg.link.authority import NO_AUTHORITY, Authority, Concept, default_authority, load_authority
from kg.link.curation import NO_CURATION, Curation, parse_curation, read_curation
from kg.link.name import Name, decode_name, encode_name, names
from kg.link.thing import hierarchy, thing_from_json, thing_to_json

__all__ = [
    "NO_AUTHORITY",
    "NO_CURATION",
    "Authority",
    "Concept",
    "Curation",
    "Name",
    "decode_name",
    "default_authority",
    "encode_name",
    "hierarchy",
    "link",
    "load_authority",
    "names",
    "parse_curation",
    "read_curation",
    "thing_from_json",
    "thing_to_json",
]

make_callable(__name__)


def link(
    found: Iterable[Record | Name], *, authority: Authority | None = None, curation: Curation | None = None
) -> tuple[Thing, ...]:
    """The things that records or names speak of, sorted by id; their order does not matter.

    authority: what is known beforehand; None for our own concepts, `NO_AUTHORITY` for nothing.
    curation: a person's word, which overrides everything.
    """
    from kg.link.whole import link_names

    every = (name for item in found for name in ((item,) if isinstance(item, Name) else names(item)))
    return link_names(every, default_authority() if authority is None else authority, curation or NO_CURATION)
