"""Namespaces, and RDF terms as the strings that N-Quads is made of.

In: the values of the domain, with whatever text they hold. Out: terms in N-Triples syntax ("<…>", "\"…\""), safe to be
joined into lines. Strings, not objects, because tens of millions of them are made in a build: a line is one f-string.

Text that no RDF format can carry everywhere is replaced code point by code point, so that offsets stay true: control
characters (XML 1.0, section 2.2, excludes them), lone surrogates and U+FFFE, U+FFFF become U+FFFD; a carriage return,
which XML parsers turn into a line feed (section 2.11), becomes a line feed. Nothing else of a text is changed.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.identifiers import ONTOLOGY, RESOURCE

__all__ = [
    "EVIDENCE_GRAPH",
    "FACTS_GRAPH",
    "IN_EVIDENCE",
    "IN_FACTS",
    "PREFIXES",
    "TERM",
    "boolean",
    "date",
    "decimal",
    "expand",
    "integer",
    "iri",
    "node",
    "number",
    "passage",
    "safe_text",
    "shorten",
    "string",
    "web",
]

FACTS_GRAPH = f"{RESOURCE}graph/facts"
"""The named graph of papers, things, claims and the edges between them."""

EVIDENCE_GRAPH = f"{RESOURCE}graph/evidence"
"""The named graph of statements about facts, of passages and of where things come from."""

IN_FACTS = f" <{FACTS_GRAPH}> ."
"""How a line of the facts ends."""

IN_EVIDENCE = f" <{EVIDENCE_GRAPH}> ."
"""How a line of the evidence ends."""

PREFIXES: dict[str, str] = {
    "akg": ONTOLOGY,
    "claim": f"{RESOURCE}claim/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "paper": f"{RESOURCE}paper/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "thing": f"{RESOURCE}thing/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that are written into every file and known in every query."""

_XSD = PREFIXES["xsd"]
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_QUOTED = re.compile(r'[\\"\n\r\t]')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_WEB = re.compile(
    r"(https?)://([A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?(?::[0-9]{1,5})?)([/?#].*)?", re.I | re.S | re.A
)
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT_IN_ADDRESS = "/?#:@!$&'()*+,;=-._~%"
_NODE = re.compile(r"[A-Za-z0-9\-._~/]+")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_LARGEST, _PLACES = 1e15, 18
_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date", "{}"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth", "{}-01"),
    (re.compile(r"\d{4}"), "gYear", "{}-01-01"),
    (re.compile(r"--\d\d-\d\d"), "gMonthDay", "2000{}"),
)


def safe_text(text: str) -> str:
    """The text with what some format cannot carry replaced, each code point by one.

    >>> safe_text("a\\x00b\\ud800")
    'a\ufffdb\ufffd'
    """
    return _UNSAFE.sub(lambda hit: "\n" if hit.group() == "\r" else "\ufffd", text) if _UNSAFE.search(text) else text


def string(text: str) -> str:
    """A plain literal.

    >>> print(string('a "b"'))
    "a \\"b\\""
    """
    text = safe_text(text)
    return f'"{text.translate(_ESCAPES)}"' if _QUOTED.search(text) else f'"{text}"'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^<{_XSD}integer>'


def boolean(value: bool) -> str:
    """An xsd:boolean."""
    return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'


@lru_cache(maxsize=16_384)
def decimal(value: float, digits: int = 4) -> str:
    """An xsd:decimal of that many digits, in the canonical form of XML Schema 1.1, which stores give back unchanged.

    >>> decimal(0.9), decimal(1.0)
    ('"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return f'"{"0" if text == "-0" else text}"^^<{_XSD}decimal>'


def number(value: float) -> str | None:
    """A number as it was written: xsd:decimal, or xsd:double where that would be too long; None if not finite.

    >>> number(83.2)
    '"83.2"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if not math.isfinite(value):
        return None
    text = format(Decimal(repr(float(value))), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if abs(value) >= _LARGEST or len(text.partition(".")[2]) > _PLACES:
        return f'"{_double(value)}"^^<{_XSD}double>'
    return f'"{"0" if text == "-0" else text}"^^<{_XSD}decimal>'


def _double(value: float) -> str:
    """Mantissa and exponent, as XML Schema's canonical form has them."""
    mantissa, _, exponent = f"{Decimal(repr(value)).normalize():E}".partition("E")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{int(exponent)}"


def date(text: str) -> str:
    """A date as exact as it is known; a plain literal where it is none of the calendar's.

    >>> date("2022-03")
    '"2022-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    for pattern, datatype, filled in _DATES:
        if pattern.fullmatch(text):
            try:
                datetime.date.fromisoformat(filled.format(text if datatype != "gMonthDay" else text[1:]))
            except ValueError:
                break
            return f'"{text}"^^<{_XSD}{datatype}>'
    return string(text)


@lru_cache(maxsize=16_384)
def node(node_id: str) -> str:
    """The IRI of a node by its id ("thing/cifar-10"), whatever the id holds.

    >>> node("thing/cifar-10")
    '<https://w3id.org/abstract-kg/resource/thing/cifar-10>'
    """
    safe = node_id if _NODE.fullmatch(node_id) else quote(safe_text(node_id), safe="/-._~")
    return f"<{RESOURCE}{safe}>"


def passage(paper_node: str, part: str, start: int, end: int) -> str:
    """The IRI of a stretch of a paper's text: [start, end) in code points.

    The fragment is that of RFC 5147 (char=start,end) for the abstract; a title's says so.

    >>> passage("paper/2203.01522", "text", 0, 79)
    '<https://w3id.org/abstract-kg/resource/paper/2203.01522#char=0,79>'
    """
    return f"{node(paper_node)[:-1]}#{'title.' if part == 'title' else ''}char={start},{end}>"


@lru_cache(maxsize=4096)
def iri(text: str) -> str | None:
    """An absolute IRI that was given, as a term; None if it is not one (RFC 3987, by the engine's own check).

    >>> iri("https://example.org/concept"), iri("no such thing")
    ('<https://example.org/concept>', None)
    """
    if _UNSAFE.search(text):
        return None
    try:
        return str(NamedNode(text))
    except ValueError:
        return None


def web(address: str) -> str | None:
    """A web address as a term, percent-encoded where it must be; None if it is none.

    >>> web("https://example.org/a b"), web("javascript:alert(1)")
    ('<https://example.org/a%20b>', None)
    """
    match = _WEB.fullmatch(safe_text(address.strip()))
    if match is None:
        return None
    scheme, host, rest = match.groups()
    path, mark, fragment = (rest or "").partition("#")
    kept = path + mark + fragment.replace("#", "%23")
    encoded = quote(_BARE_PERCENT.sub("%25", kept), safe=_KEPT_IN_ADDRESS)
    return f"<{scheme.lower()}://{host}{encoded}>"


def expand(name: str) -> str:
    """The IRI of a prefixed name, without brackets. KeyError for a prefix that is not ours.

    >>> expand("akg:Method")
    'https://w3id.org/abstract-kg/ontology#Method'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


_BY_NAMESPACE = sorted(((namespace, prefix) for prefix, namespace in PREFIXES.items()), key=lambda x: -len(x[0]))


def shorten(address: str) -> str:
    """An IRI as a prefixed name where one of our prefixes fits, else as it is.

    >>> shorten("https://w3id.org/abstract-kg/resource/thing/cifar-10")
    'thing:cifar-10'
    """
    for namespace, prefix in _BY_NAMESPACE:
        if address.startswith(namespace) and _LOCAL.fullmatch(local := address[len(namespace) :]):
            return f"{prefix}:{local}"
    return address


class _Terms(dict[str, str]):
    """Prefixed names to terms, made when first asked for."""

    def __missing__(self, name: str) -> str:
        term = self[name] = f"<{expand(name)}>"
        return term


TERM = _Terms()
"""The term of a prefixed name: `TERM["akg:Method"]` is "<https://w3id.org/abstract-kg/ontology#Method>"."""
