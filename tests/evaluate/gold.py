"""Two small gold records and a prediction for them, in our own words; every figure of the tests can be counted by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TEXT = "We propose LeafNet. It beats ResNet on LeafSet."

GOLD: tuple[dict[str, Any], ...] = (
    {
        "id": "a",
        "text": TEXT,
        "sentences": [[0, 19], [20, 47]],
        "mentions": [
            {"start": 11, "end": 18, "type": "ARCH"},
            {"start": 29, "end": 35, "type": "ARCH"},
            {"start": 39, "end": 46, "type": "DATASET"},
        ],
        "entities": [
            {"name": "LeafNet", "type": "ARCH", "aliases": ["Leaf-Nets"]},
            {"name": "ResNet", "type": "ARCH", "aliases": []},
            {"name": "LeafSet", "type": "DATASET", "aliases": []},
        ],
        "introduced": ["LeafNet"],
        "relations": [
            {"head": "LeafNet", "type": "OUTPERFORMS", "tail": "ResNet"},
            {"head": "LeafNet", "type": "EVALUATED_ON", "tail": "LeafSet"},
        ],
        "claims": [
            {"sentence": 0, "kind": "CONTRIBUTION", "subject": None, "object": "LeafNet"},
            {
                "sentence": 1,
                "kind": "COMPARISON",
                "subject": "LeafNet",
                "object": "ResNet",
                "value": "90\\%",
                "dataset": "LeafSet",
            },
        ],
    },
    {
        "id": "b",
        "text": "Nothing here.",
        "sentences": [[0, 13]],
        "mentions": [],
        "entities": [],
        "introduced": [],
        "relations": [],
        "claims": [],
    },
)

PREDICTED: tuple[dict[str, Any], ...] = (
    {
        "id": "a",
        "mentions": [
            {"start": 11, "end": 18, "type": "ARCH", "score": 0.9},
            {"start": 26, "end": 35, "type": "ARCH", "score": 0.6},
            {"start": 39, "end": 46, "type": "METHOD", "score": 0.4},
        ],
        "entities": [
            {"name": "leaf net", "type": "ARCH"},
            {"name": "the ResNet", "type": "ARCH", "aliases": ["ResNets"]},
        ],
        "introduced": ["leaf net", "the ResNet"],
        "relations": [{"head": "the ResNet", "type": "OUTPERFORMS", "tail": "leaf net", "score": 0.8}],
        "claims": [
            {
                "sentence": [21, 46],
                "kind": "COMPARISON",
                "subject": "leaf net",
                "object": "ResNets",
                "value": "90%",
                "score": 0.7,
            },
            {"sentence": [20, 47], "kind": "RESULT", "metric": "accuracy", "score": 0.2},
        ],
    },
)


def write(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """The records as JSON Lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
