"""Whether a graph folder is sound: its own integrity first, then SHACL over its nodes, then the rules of the whole graph.

In: a folder. Out: what is wrong, in sentences, and how much of the graph SHACL has looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.rdf.validate import validate
from kg.store import Folder, check

__all__ = ["Checked", "validated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in a folder, and in how much of it.

    findings       sentences, sorted as they were found; none where all is well
    papers, things how many SHACL looked at node by node, spread evenly over the graph; 0 where the folder is damaged
    of_papers, of_things how many there are; the rules of the whole graph and the folder's checks see all of them
    """

    findings: tuple[str, ...]
    papers: int = 0
    things: int = 0
    of_papers: int = 0
    of_things: int = 0

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def validated(folder: str | Path, *, papers: int | None = 2_000) -> Checked:
    """Check a folder. papers: how many papers, and how many things, SHACL looks at at most; None for all.

    Raises StoreError for what is no graph folder.
    """
    damage = tuple(str(finding) for finding in check(folder))
    if damage:
        return Checked(findings=damage)
    with Folder.open(folder) as opened:
        counts = opened.graph.counts()
        report = validate(opened.graph, store=opened.triples_path, papers=papers)
    return Checked(
        findings=tuple(f"{breach.node}: {breach.message} {breach.value}".rstrip() for breach in report.breaches),
        papers=report.papers,
        things=report.things,
        of_papers=counts.papers,
        of_things=sum(counts.entities.values()),
    )
