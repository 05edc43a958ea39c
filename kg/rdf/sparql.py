"""SPARQL as tokens: enough to see what a query is and what it must not do, before an engine sees it.

In: the text of a query. Out: its form and its variables, or a QueryError with line and column. Strings, IRIs, comments
and names are told from keywords by the terminals of SPARQL 1.1 (section 19.8), after code point escapes are undone
(section 19.2), so that no spelling of SERVICE passes and no literal that holds the word is refused.
What it cannot do: the grammar itself is the engine's; `explain` puts its complaints into words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import QueryError, Where
from kg.rdf.terms import PREFIXES

__all__ = ["FORMS", "Token", "check", "explain", "substitute", "tokens"]

FORMS = ("ASK", "CONSTRUCT", "DESCRIBE", "SELECT")
"""The forms of a query."""

_UPDATES = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.\-]*)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>[0-9]+(?:\.[0-9]+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<space>\s+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A terminal of the query. `kind` is a group of the grammar's terminals; `at` is its offset in the text."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """The terminals in order, spaces and comments too: joined, they are the text."""
    for match in _TOKEN.finditer(text):
        yield Token(kind=match.lastgroup or "mark", text=match.group(), at=match.start())


def check(text: str) -> str:
    """The form of a query that may run: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises QueryError for an update, for SERVICE (no query leaves the machine), and where there is no query at all.

    >>> check('SELECT * WHERE { ?s ?p "SERVICE" }')
    'SELECT'
    """
    plain = _unescaped(text)
    form = None
    for token in tokens(plain):
        if token.kind in ("word", "name"):
            word = token.text.partition(":")[0].upper()
            if "SERVICE" in word:
                raise QueryError(_service(token), where=_where(plain, token.at), to_do="ask this graph alone")
            if form is None and token.kind == "word" and word in FORMS:
                form = word
            elif form is None and token.kind == "word" and word in _UPDATES:
                to_do = "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; to change the graph, use build and remove"
                raise QueryError(
                    f"{word} changes data, and a graph is only read", where=_where(plain, token.at), to_do=to_do
                )
    if form is None:
        raise QueryError("this is no SPARQL query", to_do="begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    return form


def _service(token: Token) -> str:
    if token.kind == "name":
        return f"the prefix of {token.text!r} cannot be told from the keyword SERVICE by every parser"
    return "SERVICE would ask another server, and this one asks none"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code < 0x110000 else match.group()


def substitute(text: str, terms: Mapping[str, str]) -> str:
    """The query with each variable `$name` that is in `terms` replaced by its term; nothing else is touched.

    terms: name without mark → a term in N-Triples syntax, or any other text that may stand where a variable may.

    >>> substitute('SELECT ?d { $a ?p ?d } # $a', {"a": "<x:y>"})
    'SELECT ?d { <x:y> ?p ?d } # $a'
    """
    made = []
    for token in tokens(text):
        replaced = token.kind == "variable" and token.text[0] == "$" and token.text[1:] in terms
        made.append(terms[token.text[1:]] if replaced else token.text)
    return "".join(made)


def explain(text: str, complaint: str) -> QueryError:
    """The engine's complaint about a query as an error of one line, with its place."""
    match = _PLACE.match(complaint)
    if match is None:
        return QueryError(f"the query does not parse: {_brief(complaint)}")
    line, column = int(match.group(1)), int(match.group(2))
    written = text.splitlines()
    shown = written[line - 1] if line <= len(written) else ""
    prefix = re.search(r"([^\W\d_][\w\-]*)?:[\w\-.]*$", shown[: column - 1])
    if "Prefix not found" in match.group(3) and prefix is not None:
        to_do = f"declare it, or use one that is known: {', '.join(PREFIXES)}"
        return QueryError(f"unknown prefix {prefix.group(1) or ''}:", where=Where(line=line), to_do=to_do)
    at = f"at {shown[column - 1 : column + 19].strip()!r}" if shown[column - 1 :].strip() else "at the end of the line"
    before: str | None = (
        f"look at {shown[: column - 1].strip()[-40:]!r} before it" if shown[: column - 1].strip() else None
    )
    return QueryError(f"column {column}, {at}: {_brief(match.group(3))}", where=Where(line=line), to_do=before)


def _brief(complaint: str) -> str:
    """The names of what was expected; character classes are the parser's own business."""
    wanted = re.findall(r'"(?:[^"\\]|\\.)+"|\b[A-Z]{2,}(?: [A-Z]{2,})*\b', complaint) if "expected" in complaint else []
    names = list(dict.fromkeys(wanted))
    if not names or len(names) > 12:
        return "something else is expected here" if "expected" in complaint else complaint.strip()
    return f"expected {' or '.join(names)}"


def _where(text: str, at: int) -> Where:
    return Where(line=text.count("\n", 0, at) + 1)
