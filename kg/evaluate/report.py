"""What an evaluation says, as a table to read and as JSON.

In: figures, by group; differences; reliability. Out: text and JSON objects. The JSON of our own records is that of the shared scorer with more keys beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.evaluate.bootstrap import Difference
from kg.evaluate.reliability import Reliability
from kg.evaluate.tally import Figure

__all__ = ["Report"]

_GROUPS = {"type": "by-type", "relation": "by-relation", "kind": "by-kind", "slot": "by-slot"}
_TITLES = {"type": "mentions by type", "relation": "relations by type", "kind": "claims by kind", "slot": "slots"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of one evaluation.

    figures      by name, in the order in which they are shown
    groups       figures apart by type: "type", "relation", "kind", "slot"
    folds        by fold, the figures of its documents alone
    differences  against a second prediction, if one was given
    reliability  by what was scored: "mention", "relation", "claim"
    """

    title: str
    documents: int
    missing: tuple[str, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    folds: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    reliability: Mapping[str, Reliability] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """One JSON object: `abstracts`, `missing`, each figure, `by-type` and the rest where there is any."""
        out: dict[str, object] = {"abstracts": self.documents, "missing": list(self.missing)}
        out |= {name: figure.as_json() for name, figure in self.figures.items()}
        for group, figures in self.groups.items():
            out[_GROUPS.get(group, group)] = {name: figure.as_json() for name, figure in figures.items()}
        if self.folds:
            out["folds"] = {
                fold: {name: figure.as_json() for name, figure in figures.items()}
                for fold, figures in self.folds.items()
            }
            out["fold-means"] = self.fold_means()
        if self.differences:
            out["against"] = {difference.name: difference.as_json() for difference in self.differences}
        if self.reliability:
            out["reliability"] = {name: table.as_json() for name, table in self.reliability.items()}
        return out

    def fold_means(self) -> dict[str, float]:
        """The mean F1 over folds of each figure, to four digits."""
        return {
            name: round(sum(figures[name].f1 for figures in self.folds.values()) / len(self.folds), 4)
            for name in self.figures
            if self.folds and all(name in figures for figures in self.folds.values())
        }

    def as_text(self) -> str:
        """The same for a terminal."""
        without = f", {len(self.missing)} without a prediction" if self.missing else ""
        lines = [f"{self.title}: {self.documents} documents{without}"]
        lines += [_row(name, figure) for name, figure in self.figures.items()]
        for group, figures in self.groups.items():
            lines += ["", _TITLES.get(group, group)] + [_row(f"  {name}", figure) for name, figure in figures.items()]
        if self.folds:
            lines += ["", f"F1 by fold ({', '.join(self.folds)}) and mean"]
            for name, mean in self.fold_means().items():
                parts = "  ".join(f"{figures[name].f1:.3f}" for figures in self.folds.values())
                lines.append(f"  {name:18} {parts}  {mean:.3f}")
        if self.differences:
            lines += ["", "F1 against the second prediction, 95 % interval of the difference by paired bootstrap"]
            lines += [
                f"  {d.name:18} {d.f1:.3f} - {d.other:.3f} = {d.difference:+.3f}  [{d.low:+.3f}, {d.high:+.3f}]  better in {d.better:.0%}"
                for d in self.differences
            ]
        for name, table in self.reliability.items():
            lines += [
                "",
                f"reliability of {name} scores: {table.count} scored, expected calibration error {table.error:.3f}",
            ]
            lines += [
                f"  [{b.low:.1f}, {b.high:.1f})  n {b.count:6}  score {b.score:.3f}  right {b.right:.3f}"
                for b in table.bins
            ]
        return "\n".join(lines)


def _row(name: str, figure: Figure) -> str:
    counts = f"({figure.predicted} predicted, {figure.gold} gold)"
    return f"{name:18} P {figure.p:.3f}  R {figure.r:.3f}  F1 {figure.f1:.3f}   {counts}"
