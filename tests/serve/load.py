"""Many clients at once against a running server: python -m tests.serve.load http://127.0.0.1:8765 --seconds 60.

Each client asks one question after another, of those that people bring; what is told: answers, errors, and how long
the middle one and the slowest hundredth took.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections import Counter

import httpx

__all__ = ["load", "main"]

_P = (
    "PREFIX akg: <https://w3id.org/abstract-kg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)
QUERIES = (
    "ASK { ?s akg:evaluatedOn ?o }",
    "SELECT ?d (COUNT(?m) AS ?n) { ?m akg:evaluatedOn ?d } GROUP BY ?d ORDER BY DESC(?n) LIMIT 20",
    "SELECT ?m ?o { ?m akg:outperforms ?o } LIMIT 200",
    "SELECT ?y (COUNT(?p) AS ?n) { ?p akg:year ?y } GROUP BY ?y",
    "SELECT ?f ?c { ?f rdf:predicate akg:usedFor ; akg:confidence ?c } ORDER BY DESC(?c) LIMIT 20",
    "SELECT ?l { ?t a akg:Dataset ; skos:prefLabel ?l } LIMIT 100",
    "CONSTRUCT { ?s akg:basedOn ?o } WHERE { ?s akg:basedOn ?o } LIMIT 100",
)


async def load(address: str, *, clients: int, seconds: float) -> dict[str, float | dict[str, int]]:
    """Ask for so long; the number of answers, errors by kind, median and 99th percentile in milliseconds."""
    took: list[float] = []
    errors: Counter[str] = Counter()
    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=clients)

    async def one(client: httpx.AsyncClient, turn: int) -> None:
        while time.monotonic() < end:
            begun = time.perf_counter()
            try:
                response = await client.get("/sparql", params={"query": _P + QUERIES[turn % len(QUERIES)]})
                if response.status_code != 200:
                    errors[str(response.status_code)] += 1
            except httpx.HTTPError as error:
                errors[type(error).__name__] += 1
            took.append((time.perf_counter() - begun) * 1000)
            turn += 1

    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        await asyncio.gather(*(one(client, turn) for turn in range(clients)))
    ordered = sorted(took)
    return {
        "answers": len(took),
        "errors": dict(errors),
        "median_ms": round(statistics.median(ordered), 1),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
    }


def main(arguments: list[str]) -> int:
    """Run it and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args(arguments)
    found = asyncio.run(load(given.address, clients=given.clients, seconds=given.seconds))
    print(found)
    return 1 if found["errors"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
