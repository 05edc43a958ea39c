"""Answers to queries, and the forms they are written in.

    Table     what SELECT gives: columns, and rows of RDF terms
    Triples   what CONSTRUCT and DESCRIBE give
    bool      what ASK gives

In: terms as the engine gives them. Out: JSON, XML, CSV and TSV of the SPARQL 1.1 recommendations, in chunks, so that an
answer is sent while it is being found; rows of short words for people.
What it cannot do: quoted triples of SPARQL 1.2 have no place in CSV.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.rdf.terms import expand, safe_text, shorten

__all__ = ["MEDIA_TYPES", "Row", "Table", "Term", "Triples", "boolean_chunks", "table_chunks", "write_table"]

Term = NamedNode | Literal | BlankNode | Triple
"""What stands in a cell."""

Row = Sequence[Term | None]
"""One answer; None where a column is unbound."""

MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
"""Formats of tables and truth values, by name."""

_BATCH = 256
_STRING = expand("xsd:string")
_BARE = {expand(f"xsd:{name}") for name in ("integer", "decimal", "double", "boolean")}
_BARE_TEXT = re.compile(r"true|false|[+-]?[0-9]+|[+-]?[0-9]*\.[0-9]+|[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Answers to a SELECT: `truncated` where there were more than the limit let through."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def values(self) -> Iterator[tuple[Any, ...]]:
        """Rows of plain values: IRIs and texts as str, numbers as int, float or bool, None where unbound."""
        return (tuple(_value(term) for term in row) for row in self.rows)

    def words(self) -> Iterator[tuple[str, ...]]:
        """Rows for people: IRIs shortened by prefixes, texts on one line without marks that turn its direction."""
        return (tuple(_words(term) for term in row) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triples:
    """Answers to a CONSTRUCT or DESCRIBE, sorted, each once. `kg.rdf.serialise` writes them."""

    triples: tuple[Triple, ...]
    truncated: bool = False


def _value(term: Term | None) -> Any:
    if term is None:
        return None
    if not isinstance(term, Literal):
        return str(term) if isinstance(term, Triple) else term.value
    makers: dict[str, Callable[[str], Any]] = {
        expand("xsd:integer"): int,
        expand("xsd:decimal"): float,
        expand("xsd:double"): float,
        expand("xsd:boolean"): lambda text: text in ("true", "1"),
    }
    try:
        return makers.get(term.datatype.value, str)(term.value)
    except ValueError:
        return term.value


def _words(term: Term | None) -> str:
    if term is None:
        return ""
    text = shorten(term.value) if isinstance(term, NamedNode) else str(term) if isinstance(term, Triple) else term.value
    return " ".join(_DIRECTION_MARKS.sub("", safe_text(text)).split())


def table_chunks(columns: Sequence[str], rows: Iterable[Row], format: str) -> Iterator[bytes]:
    """A table in one of the formats, as it comes. Raises QueryError for a format that tables do not have."""
    if format not in _WRITERS:
        raise QueryError(f"no format {format!r} for a table", to_do=f"use one of {', '.join(MEDIA_TYPES)}")
    held: list[str] = []
    for number, text in enumerate(_WRITERS[format](columns, rows), 1):
        held.append(text)
        if number % _BATCH == 0:
            yield "".join(held).encode("utf-8", "replace")
            held.clear()
    yield "".join(held).encode("utf-8", "replace")


def write_table(table: Table, format: str) -> bytes:
    """A whole table in one of the formats."""
    return b"".join(table_chunks(table.columns, table.rows, format))


def boolean_chunks(answer: bool, format: str) -> Iterator[bytes]:
    """An answer to ASK. CSV and TSV have no form for it in the recommendation; they get the word."""
    word = "true" if answer else "false"
    if format == "json":
        yield f'{{"head":{{}},"boolean":{word}}}\n'.encode()
    elif format == "xml":
        yield f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>\n".encode()
    else:
        yield f"{word}\n".encode()


def _json(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f'{{"head":{{"vars":{json.dumps(list(columns))}}},"results":{{"bindings":['
    keys = [f"{json.dumps(name)}:" for name in columns]
    comma = ""
    for row in rows:
        cells = [key + _json_cell(term) for key, term in zip(keys, row, strict=True) if term is not None]
        yield f"{comma}\n{{{','.join(cells)}}}"
        comma = ","
    yield "\n]}}\n"


@lru_cache(maxsize=8192)
def _json_cell(term: Term) -> str:
    return json.dumps(_json_term(term), ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f"{_XML_HEAD}<head>{''.join(f'<variable name={quoteattr(name)}/>' for name in columns)}</head><results>\n"
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(columns, row, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"
    text = escape(safe_text(term.value))
    if isinstance(term, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    datatype = "" if term.datatype.value == _STRING else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{datatype}>{text}</literal>"


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield ",".join(map(_csv_cell, columns)) + "\r\n"
    for row in rows:
        yield ",".join(_csv_cell(_csv_text(term)) for term in row) + "\r\n"


def _csv_text(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Triple):
        return str(term)
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _csv_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '",\r\n') else text


def _tsv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in columns) + "\n"
    for row in rows:
        yield "\t".join(_tsv_term(term) for term in row) + "\n"


def _tsv_term(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal) and term.datatype.value in _BARE and _BARE_TEXT.fullmatch(term.value):
        return term.value
    return str(term).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_WRITERS: dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
