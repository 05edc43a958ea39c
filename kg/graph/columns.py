"""The rows that every export writes: one of a node, one of an edge, each with its declared columns.

`NodeRow` and `EdgeRow` are the one declaration: their fields are the columns, in this order, and each field says what
it means. Exporters, the documentation and the tests read `NODE_COLUMNS` and `EDGE_COLUMNS`, which are made from them.
Every value is a scalar or None (unknown, or it does not apply to this kind of node); lists are joined by `SEPARATOR`.

Text is made safe once, here, by `safe_text`, for every format alike: XML 1.0 allows the fewest characters
(https://www.w3.org/TR/xml/#charsets), so what it allows is what is written. What it cannot do: quoting for one
format; that is the writer's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Literal

__all__ = [
    "EDGE_COLUMNS",
    "NODE_COLUMNS",
    "SEPARATOR",
    "Column",
    "ColumnType",
    "EdgeRow",
    "NodeRow",
    "Scalar",
    "edge_values",
    "join",
    "node_values",
    "safe_characters",
    "safe_number",
    "safe_text",
]

Scalar = str | int | float | None
ColumnType = Literal["string", "int", "double"]

SEPARATOR = " | "
"""Between the items of a joined list; an item's own bar is written as U+00A6, the broken bar."""

_BREAKS = re.compile(r"(?:[\t-\r\x1c-\x1f\x85\u2028\u2029]| (?=[\t-\r\x1c-\x1f\x85\u2028\u2029]))+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_PLANE_ENDS = {plane + end: "\ufffd" for plane in range(0x10000, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)}


def safe_text(text: str) -> str:
    """The text on one line, in characters that every format can carry, without blanks around it.

    Line ends and tabs become one blank; other control characters, lone surrogates and noncharacters become U+FFFD,
    so that one can see that something stood there. Applying it twice changes nothing more.

    >>> safe_text("a\\x00b\\r\\nc\\ud800 "), safe_text("é <b> =1+1")
    ('a\ufffdb c\ufffd', 'é <b> =1+1')
    """
    return safe_characters(text).strip()


def safe_characters(text: str) -> str:
    """The same for a piece of a text, whose blanks at both ends matter.

    >>> safe_characters("a\\n")
    'a '
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", text)).translate(_PLANE_ENDS)


def safe_number(number: float | None) -> float | None:
    """The number, or None where it is not finite: JSON has no word for infinity.

    >>> safe_number(1.5), safe_number(float("inf"))
    (1.5, None)
    """
    return number if number is not None and math.isfinite(number) else None


def join(items: Iterable[str]) -> str | None:
    """A list in one cell; None for an empty one.

    >>> join(["BERT", "a|b"]), join([])
    ('BERT | a¦b', None)
    """
    return SEPARATOR.join(safe for item in items if (safe := safe_text(item).replace("|", "¦"))) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table of nodes or edges: its name, the type of its values, and what they mean.

    `required` columns have a value in every row.
    """

    name: str
    type: ColumnType
    meaning: str
    required: bool = False


def _column(meaning: str) -> Any:
    """A column that may be empty. Any: dataclass fields take the type of their annotation."""
    return field(default=None, metadata={"meaning": meaning})


def _required(meaning: str) -> Any:
    return field(metadata={"meaning": meaning, "required": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """A paper, a thing or a claim. Slots of a claim are columns, not edges: every format counts the same edges."""

    id: str = _required("unique among nodes: paper/…, thing/… or claim/…; the last part of the IRI")
    label: str = _required("what to show: a paper's title, a thing's name, a claim in short")
    kind: str = _required("paper, thing or claim")
    type: str = _required("the ontology's class: Paper, Method, Architecture, Dataset, Task, Metric, Result, …")
    papers: int = _required("how many papers name the thing; 1 for a paper and a claim")
    first_year: int | None = _column("year of the oldest of these papers")
    last_year: int | None = _column("year of the newest of these papers")
    score: float | None = _column("claim: how sure the program is, 0 to 1")
    iri: str = _required("the node's IRI in the RDF exports")
    aliases: str | None = _column("thing: every form seen, the most frequent first, joined by ' | '")
    concept: str | None = _column("thing: IRI of the concept it was linked to")
    broader: str | None = _column("thing: ids or IRIs of what it is a kind of, joined by ' | '")
    text: str | None = _column("paper: its abstract; claim: its sentence")
    date: str | None = _column("paper: date, ISO 8601, as exact as known")
    venue: str | None = _column("paper: where it appeared")
    authors: str | None = _column("paper: its authors, joined by ' | '")
    doi: str | None = _column("paper: DOI")
    arxiv: str | None = _column("paper: arXiv id")
    url: str | None = _column("paper: address of its page")
    paper: str | None = _column("claim: id of the node of the paper that claims it")
    subject: str | None = _column("claim: what it is about, in its words")
    predicate: str | None = _column("claim: what is said of the subject, in its words")
    object: str | None = _column("claim: what the subject is set against, in its words")
    metric: str | None = _column("claim: what was measured, in its words")
    value: str | None = _column("claim: the measured value as written")
    dataset: str | None = _column("claim: what it was measured on, in its words")
    subject_id: str | None = _column("claim: id of the thing that the subject names")
    object_id: str | None = _column("claim: id of the thing that the object names")
    metric_id: str | None = _column("claim: id of the metric")
    dataset_id: str | None = _column("claim: id of the dataset")
    polarity: str | None = _column("claim: positive, negative or neutral")
    quantity_kind: str | None = _column("claim: exact, approximate, lower bound, upper bound, range, change, …")
    quantity_low: float | None = _column("claim: the value as a number; the lower end of a range")
    quantity_high: float | None = _column("claim: the upper end of a range; else the same as quantity_low")
    quantity_unit: str | None = _column("claim: unit of the value: %, points, x, s, …")


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRow:
    """A fact: source → target, once, with the sum of its evidence."""

    id: str = _required("unique among all edges: source:relation:target")
    source: str = _required("id of the node it starts from")
    target: str = _required("id of the node it leads to")
    relation: str = _required("the ontology's property: usedFor, evaluatedOn, mentions, …")
    label: str = _required("the relation in words: used for, evaluated on, …")
    papers: int = _required("how many papers say so; 0 where only the concept scheme does")
    score: float = _required("how sure the program is, 0 to 1: noisy-or over papers of each one's best evidence")
    weight: float = _required("papers, but at least 1: what graph tools read as the strength of an edge")
    evidence: int = _required("how many stretches of text say so")
    first_year: int | None = _column("year of the oldest paper that says so")
    last_year: int | None = _column("year of the newest paper that says so")
    sentences: str | None = _column("up to three sentences that say so, the surest first, joined by ' | '")
    paper_ids: str | None = _column("ids of up to twenty papers that say so, sorted, joined by ' | '")
    stages: str | None = _column("what found it: mentions, introduced, relations, claims, authority; joined by ' | '")


def _columns(row: type[NodeRow] | type[EdgeRow]) -> tuple[Column, ...]:
    types: dict[str, ColumnType] = {"str": "string", "int": "int", "float": "double"}
    return tuple(
        Column(
            name=item.name,
            type=types[str(item.type).removesuffix(" | None")],
            meaning=item.metadata["meaning"],
            required=item.metadata.get("required", False),
        )
        for item in fields(row)
    )


NODE_COLUMNS = _columns(NodeRow)
"""The columns of a node, in the order in which every format writes them."""

EDGE_COLUMNS = _columns(EdgeRow)
"""The columns of an edge, in the order in which every format writes them."""

_node_values = attrgetter(*(column.name for column in NODE_COLUMNS))
_edge_values = attrgetter(*(column.name for column in EDGE_COLUMNS))


def node_values(row: NodeRow) -> tuple[Scalar, ...]:
    """The row's values in the order of `NODE_COLUMNS`."""
    values: tuple[Scalar, ...] = _node_values(row)
    return values


def edge_values(row: EdgeRow) -> tuple[Scalar, ...]:
    """The row's values in the order of `EDGE_COLUMNS`."""
    values: tuple[Scalar, ...] = _edge_values(row)
    return values
