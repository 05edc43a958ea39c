"""A knowledge graph from research abstracts, every fact with its sentence. Offline, on two cores.

The same verbs as the command line, each loaded when it is first used:

    import kg
    kg.build(["papers.jsonl"], "graph")
    for row in kg.query("graph", "evaluated-on", dataset="CIFAR-10").rows: ...

`kg.build kg.remove kg.extract kg.link kg.query kg.export kg.view kg.serve kg.validate kg.stats kg.evaluate kg.push
kg.shards kg.demo`,
and `kg.open(folder)` for the graph itself. Their arguments stand in `kg.verbs`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import KgError

__all__ = ["VERBS", "KgError", "__version__"]

__version__ = "0.1.0"

VERBS = (
    "backup",
    "build",
    "demo",
    "evaluate",
    "export",
    "extract",
    "link",
    "open",
    "push",
    "query",
    "questions",
    "remove",
    "sample_corpus",
    "serve",
    "shards",
    "stats",
    "validate",
    "view",
)
"""What `kg` can do, by name; each is a function of `kg.verbs`."""


def __getattr__(name: str) -> Any:
    """A verb, on first use. Verbs that are also packages are callable modules (`kg.callable_module`)."""
    if name not in VERBS:
        raise AttributeError(f"kg has no {name!r}")
    return getattr(import_module("kg.verbs"), name)


def __dir__() -> list[str]:
    return sorted((*__all__, *VERBS))
