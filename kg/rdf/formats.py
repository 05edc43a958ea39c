"""The RDF formats that a graph is written in, by name."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import ExportError

__all__ = ["FORMATS", "RdfFormat", "rdf_format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RdfFormat:
    """One format. `graphs`: whether it tells which named graph a triple is in."""

    name: str
    suffix: str
    media_type: str
    graphs: bool


FORMATS: dict[str, RdfFormat] = {
    item.name: item
    for item in (
        RdfFormat(name="turtle", suffix=".ttl", media_type="text/turtle", graphs=False),
        RdfFormat(name="ntriples", suffix=".nt", media_type="application/n-triples", graphs=False),
        RdfFormat(name="nquads", suffix=".nq", media_type="application/n-quads", graphs=True),
        RdfFormat(name="trig", suffix=".trig", media_type="application/trig", graphs=True),
        RdfFormat(name="jsonld", suffix=".jsonld", media_type="application/ld+json", graphs=True),
        RdfFormat(name="rdfxml", suffix=".rdf", media_type="application/rdf+xml", graphs=False),
    )
}
"""Formats by name."""

_OTHER_NAMES = {"ttl": "turtle", "nt": "ntriples", "n-triples": "ntriples", "nq": "nquads", "n-quads": "nquads"}
_OTHER_NAMES |= {"json-ld": "jsonld", "rdf": "rdfxml", "rdf-xml": "rdfxml", "rdf/xml": "rdfxml", "xml": "rdfxml"}


def rdf_format(name: str) -> RdfFormat:
    """The format of that name, suffix or media type. Raises ExportError with the names that there are.

    >>> rdf_format(".ttl").name, rdf_format("application/ld+json").name
    ('turtle', 'jsonld')
    """
    wanted = name.lower().strip()
    by_media_type = {item.media_type: item for item in FORMATS.values()}
    found = by_media_type.get(wanted) or FORMATS.get(_OTHER_NAMES.get(wanted.lstrip("."), wanted.lstrip(".")))
    if found is None:
        raise ExportError(f"no RDF format {name!r}", to_do=f"use one of {', '.join(FORMATS)}")
    return found
