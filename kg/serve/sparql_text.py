"""SPARQL as text: whether it would reach out, its base, and the dataset that a request names for an update.

The engine takes no dataset for updates, so USING is written into the text (SPARQL 1.1 Protocol, section 2.2.3).
"""

from __future__ import annotations

import re

from kg.rdf.sparql import tokens

__all__ = ["reaches_out", "with_base", "with_dataset"]

_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_UNSAFE = re.compile(r"[<>\"{}|^`\\\x00-\x20]")


def reaches_out(text: str) -> str | None:
    """The keyword by which an update would open a connection (SERVICE or LOAD), None where it has none.

    Code points may be written as escapes anywhere (SPARQL 1.1, section 19.2), so both readings are looked at.

    >>> reaches_out("LOAD <http://x/>"), reaches_out('INSERT DATA { <a:b> <a:c> "LOAD" }')
    ('LOAD', None)
    """
    for reading in (text, _CODE_POINT.sub(_character, text)):
        for token in tokens(reading):
            if token.kind == "word" and token.text.upper() in ("SERVICE", "LOAD"):
                return token.text.upper()
    return None


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code < 0x110000 else match.group()


def with_base(text: str, base: str) -> str:
    """The text with the address that it was sent to as its base, where it has an IRI that needs one.

    >>> with_base("ASK { <s> ?p <a:b> }", "http://x/")
    'BASE <http://x/> ASK { <s> ?p <a:b> }'
    """
    relative = any(token.kind == "iri" and not _ABSOLUTE.match(token.text) for token in tokens(text))
    return f"BASE <{_safe(base)}> {text}" if relative else text


def with_dataset(text: str, default: list[str], named: list[str]) -> str:
    """The update over the dataset that the request names: USING before every WHERE.

    Raises ValueError where the text names a dataset of its own (USING, WITH), which the protocol forbids.

    >>> with_dataset("INSERT { ?s a ?t } WHERE { ?s a ?t }", ["http://x/"], [])
    'INSERT { ?s a ?t } USING <http://x/> WHERE { ?s a ?t }'
    >>> with_dataset("DELETE WHERE { ?s a ?t }", ["http://x/"], [])
    'DELETE { ?s a ?t } USING <http://x/> WHERE { ?s a ?t }'
    """
    if not default and not named:
        return text
    using = " ".join([f"USING <{_safe(iri)}>" for iri in default] + [f"USING NAMED <{_safe(iri)}>" for iri in named])
    out: list[str] = []
    at = depth = opened = 0
    last = ""
    short: int | None = None
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else token.text
        if token.kind == "word" and word in ("USING", "WITH"):
            raise ValueError("the update has USING or WITH, so the request must not name a dataset")
        if token.text == "{" and token.kind == "mark":
            opened = token.at if depth == 0 else opened
            depth += 1
        elif token.text == "}" and token.kind == "mark":
            depth -= 1
            if depth == 0 and short is not None:
                # DELETE WHERE { P } takes no USING; it means DELETE { P } WHERE { P }.
                pattern = text[opened : token.at + 1]
                out.append(f"{text[at:short]}{pattern} {using} WHERE {pattern}")
                at, short = token.at + 1, None
        elif word == "WHERE" and depth == 0 and last == "DELETE":
            short = token.at
        elif word == "WHERE" and depth == 0:
            out.append(f"{text[at : token.at]}{using} ")
            at = token.at
        if token.kind not in ("space", "comment"):
            last = word
    return "".join(out) + text[at:]


def _safe(iri: str) -> str:
    if _UNSAFE.search(iri):
        raise ValueError(f"{iri!r} is no IRI")
    return iri
