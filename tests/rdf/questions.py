"""How long every named question takes on a graph: python -m tests.rdf.questions GRAPH.

Each is asked about the things of its type that most papers name and about others in equal steps down to those that one
paper names. What is told: answers, and the middle one, the slowest twentieth and the slowest, in milliseconds of the
processor, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg.rdf.engine import Limits
from kg.rdf.query import query
from kg.rdf.questions import NamedQuestion, Parameter, questions
from kg.rdf.results import Table

__all__ = ["asked_with", "main", "timed"]

Values = dict[str, str | int | float]
_ANY_PAPER = "SELECT ?it WHERE { ?it a akg:Paper } ORDER BY ?it"
_THINGS = "SELECT ?it WHERE { ?it a %s ; akg:paperCount ?n } ORDER BY DESC(?n) ?it"


def _spread(found: list[str], count: int) -> list[str]:
    """The first half of `count` from the head, the rest in equal steps."""
    head, tail = found[: count // 2], found[count // 2 :]
    return [*head, *tail[:: max(1, len(tail) // max(1, count - len(head)))]][:count]


def _choices(store: Store, parameter: Parameter, count: int) -> list[str | int | float]:
    if not parameter.is_node:
        return [parameter.example]
    kind = "skos:Concept" if parameter.type == "Thing" else f"akg:{parameter.type}"
    text = _ANY_PAPER if parameter.type == "Paper" else _THINGS % kind
    answer = query(store, text)
    assert isinstance(answer, Table)
    return list(_spread([row[0].value for row in answer.rows if isinstance(row[0], NamedNode)], count))


def asked_with(store: Store, asked: NamedQuestion, count: int) -> Iterator[Values]:
    """Values to ask with: what is required, and once everything left open."""
    if not any(parameter.required for parameter in asked.parameters):
        yield {}
    given = [parameter for parameter in asked.parameters if parameter.is_node]
    if not given and any(parameter.required for parameter in asked.parameters):
        yield {parameter.name: parameter.example for parameter in asked.parameters if parameter.required}
        return
    required = [parameter for parameter in given if parameter.required] or given[:1]
    lists = [_choices(store, parameter, count) for parameter in required]
    for turn in range(max((len(values) for values in lists), default=0)):
        # The second of two is another one than the first, so that a pair is a pair.
        yield {
            p.name: values[(turn + at * 3) % len(values)]
            for at, (p, values) in enumerate(zip(required, lists, strict=True))
            if values
        }


def timed(store: Store, asked: NamedQuestion, count: int = 20) -> tuple[list[float], int]:
    """Seconds of the processor for each asking, and the most rows of an answer."""
    took, most = [], 0
    for values in islice(asked_with(store, asked, count), count + 1):
        begun = time.process_time()
        answer = query(store, asked.bind(values), limits=Limits(seconds=120))
        took.append(time.process_time() - begun)
        most = max(most, len(answer.rows) if isinstance(answer, Table) else 1)
    return took, most


def main(arguments: list[str]) -> int:
    """Ask them all and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--count", type=int, default=20)
    given = parser.parse_args(arguments)
    [place] = sorted(given.graph.glob("triples-*"))[-1:]
    store = Store.read_only(str(place))
    print(f"{'question':22} {'asked':>5} {'rows':>7} {'median':>8} {'p95':>8} {'worst':>8}   ms of processor")
    for asked in questions():
        if given.only and asked.name not in given.only:
            continue
        took, most = timed(store, asked, given.count)
        ordered = sorted(1000 * value for value in took)
        told = (statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], ordered[-1])
        print(f"{asked.name:22} {len(took):5} {most:7} " + " ".join(f"{value:8.0f}" for value in told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
