"""What a folder holds, as values that can be compared: everything that any export is made of."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from kg.store import Folder

__all__ = ["fingerprint", "state"]


def state(folder: Path) -> dict[str, Any]:
    """Streams of the graph, triples, search index, rejects and counts; nothing that tells of history."""
    with Folder.open(folder) as opened:
        graph = opened.graph
        return {
            "papers": list(graph.papers()),
            "things": list(graph.things()),
            "claims": list(graph.claims()),
            "facts": list(graph.facts()),
            "contributions": list(graph.contributions()),
            "triples": sorted(str(quad) for quad in opened.triples),
            "words": sorted(opened.connection.execute("SELECT text, node, kind FROM words")),
            "rejects": [json.dumps(reject, sort_keys=True) for reject in opened.rejects()],
            "stats": opened.stats(),
            "counts": graph.counts(),
        }


def fingerprint(folder: Path) -> str:
    """One hash of all that."""
    return hashlib.sha256(repr(sorted(state(folder).items(), key=lambda item: item[0])).encode()).hexdigest()
