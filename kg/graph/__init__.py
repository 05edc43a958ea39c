"""Records and things become nodes, facts and evidence. See `kg.graph.model` for the seam that everything reads."""

from __future__ import annotations

from kg.graph.contribution import Contribution, LinkedClaim, LinkedMention, SetAside, contribute
from kg.graph.model import AUTHORITY_EVIDENCE, Counts, Graph, MemoryGraph, sentence_of
from kg.graph.rules import CLASS_NAMES, EDGE_RULES, PAPER_PREDICATES, THING_PREDICATES, EdgeRule, allowed

__all__ = [
    "AUTHORITY_EVIDENCE",
    "CLASS_NAMES",
    "EDGE_RULES",
    "PAPER_PREDICATES",
    "THING_PREDICATES",
    "Contribution",
    "Counts",
    "EdgeRule",
    "Graph",
    "LinkedClaim",
    "LinkedMention",
    "MemoryGraph",
    "SetAside",
    "allowed",
    "contribute",
    "sentence_of",
]
