"""The SPARQL 1.1 Protocol: an HTTP request becomes an operation, or is refused with the status that says why.

In: method, headers, query string and body. Out: `Operation`. Statuses: 400 for what the request says wrongly, 405 for
a method, 415 for a body's media type, 403 for what this server does not do (updates while read-only, SERVICE, LOAD).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.errors import QueryError
from kg.rdf.sparql import check
from kg.serve.sparql_text import reaches_out
from kg.serve.workers import Refused

__all__ = ["Operation", "operation"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a request asks for: its text and form (SELECT, ASK, CONSTRUCT, DESCRIBE, UPDATE), and its dataset."""

    text: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: str | None = None


def operation(
    method: str, headers: Mapping[str, str], query_string: bytes, body: bytes, *, writable: bool
) -> Operation:
    """The operation of a request. Raises Refused with the status."""
    if method not in ("GET", "HEAD", "POST"):
        raise Refused(f"{method} is not a method of the SPARQL protocol", 405, to_do="use GET or POST")
    parameters = _parameters(query_string)
    if method != "POST":
        if "update" in parameters:
            raise Refused("an update must be sent by POST", 400)
        return _query(_one(parameters, "query"), parameters)
    media_type, charset = _content_type(headers.get("content-type"))
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(f"the body is in {charset}, not in UTF-8", 415)
    if media_type == _FORM:
        sent = _parameters(body)
        merged = {name: [*parameters.get(name, ()), *sent.get(name, ())] for name in {*parameters, *sent}}
        if ("query" in sent) == ("update" in sent):
            raise Refused("a form must hold one query or one update", 400)
        if "query" in sent:
            return _query(_one(sent, "query"), merged)
        return _update(_one(sent, "update"), merged, writable)
    if media_type == _QUERY:
        return _query(_decoded(body), parameters)
    if media_type == _UPDATE:
        return _update(_decoded(body), parameters, writable)
    raise Refused(f"a body of type {media_type or 'none'} is not understood", 415, to_do=f"use {_QUERY} or {_FORM}")


def _query(text: str, parameters: Mapping[str, Sequence[str]]) -> Operation:
    _stay_inside(text)
    try:
        kind = check(text)
    except QueryError as error:
        raise Refused(error.what, 400, to_do=error.to_do) from error
    return Operation(
        text=text,
        form=kind,
        default_graphs=tuple(parameters.get("default-graph-uri", ())),
        named_graphs=tuple(parameters.get("named-graph-uri", ())),
        wanted=next(iter(parameters.get("format", ())), None),
    )


def _update(text: str, parameters: Mapping[str, Sequence[str]], writable: bool) -> Operation:
    if not writable:
        raise Refused("this graph is read-only", 403, to_do="start the server with --writable")
    _stay_inside(text)
    return Operation(
        text=text,
        form="UPDATE",
        default_graphs=tuple(parameters.get("using-graph-uri", ())),
        named_graphs=tuple(parameters.get("using-named-graph-uri", ())),
    )


def _stay_inside(text: str) -> None:
    if word := reaches_out(text):
        raise Refused(f"{word} is not allowed here: this server opens no connections", 403)


def _parameters(encoded: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise Refused("the parameters are not in UTF-8", 400) from None
    except ValueError as error:
        raise Refused(f"the parameters cannot be read: {error}", 400) from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _one(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name, ())
    if len(values) != 1:
        raise Refused(f"exactly one {name!r} is needed, {len(values)} are given", 400)
    return values[0]


def _content_type(header: str | None) -> tuple[str, str]:
    media_type, _, rest = (header or "").partition(";")
    charset = next((p.partition("=")[2] for p in rest.split(";") if p.strip().lower().startswith("charset=")), "")
    return media_type.strip().lower(), charset.strip().strip('"').lower()


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("the body is not in UTF-8", 400) from None
