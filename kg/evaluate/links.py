"""How good a linking is, against gold clusters of names.

In: clusters (`same`: lists of [paper, name] that are one thing; `different`: pairs that look alike and are not) and the things of `kg link`. Out: pairs
that should be one and are (recall), pairs made one among the names that gold judges (precision), look-alikes merged, members that no thing holds. The
definitions are those of the shared scorer (`tools/score_link.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.errors import ReadError, Where
from kg.evaluate.sheet import read_lines
from kg.evaluate.tally import Count, Figure, figure_of

__all__ = ["LinkReport", "evaluate_links"]

Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """The figures of a linking; `merged` are the look-alikes that were wrongly made one."""

    pairs: Figure
    look_alikes: int
    merged: tuple[tuple[Name, Name], ...]
    absent: int

    def as_json(self) -> dict[str, object]:
        """One JSON object, with the keys of the shared scorer."""
        return {
            "p": self.pairs.p, "r": self.pairs.r, "f1": self.pairs.f1, "look-alikes": self.look_alikes,
            "wrongly merged": len(self.merged), "absent": self.absent,
        }  # fmt: skip

    def as_text(self) -> str:
        """The same for a terminal, with up to twenty of the wrong merges."""
        p = self.pairs
        first = f"pairs P {p.p:.3f} R {p.r:.3f} F1 {p.f1:.3f}; {len(self.merged)} of {self.look_alikes} look-alikes wrongly merged; "
        lines = [f"{first}{self.absent} members absent"]
        return "\n".join(lines + [f"  merged: {x[1]} = {y[1]}" for x, y in self.merged[:20]])


def evaluate_links(clusters: str | Path, things: str | Path) -> LinkReport:
    """Score a file of things against a file of clusters. Raises ReadError for a file that is not what it should be."""
    same, different = _clusters(clusters)
    thing = _things(things)
    hits = wanted = 0
    for cluster in same:
        for x, y in combinations(cluster, 2):
            wanted += 1
            hits += x in thing and y in thing and thing[x] == thing[y]
    judged: dict[int, list[int]] = {}
    owner = {member: number for number, cluster in enumerate(same) for member in cluster}
    for member, number in owner.items():
        if member in thing:
            judged.setdefault(thing[member], []).append(number)
    wrong = sum(x != y for numbers in judged.values() for x, y in combinations(numbers, 2))
    merged = tuple((x, y) for x, y in different if x in thing and y in thing and thing[x] == thing[y])
    return LinkReport(
        pairs=figure_of(Count(hits=hits, predicted=hits + wrong, gold=wanted)),
        look_alikes=len(different),
        merged=merged,
        absent=sum(member not in thing for member in owner),
    )


def _clusters(path: str | Path) -> tuple[Sequence[Sequence[Name]], Sequence[tuple[Name, Name]]]:
    try:
        fields = json.loads(Path(path).read_text(encoding="utf-8"))
        same = [[_name(member) for member in cluster] for cluster in fields["same"]]
        return same, [(_name(x), _name(y)) for x, y in fields["different"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"not a file of clusters: {error}", where=Where(file=str(path))) from error


def _things(path: str | Path) -> Mapping[Name, int]:
    found: dict[Name, int] = {}
    for number, line in read_lines(path):
        try:
            for member in json.loads(line)["members"]:
                found[_name(member)] = number
        except (ValueError, KeyError, TypeError) as error:
            where = Where(file=str(path), line=number)
            raise ReadError(f"not a thing: {error}", where=where, to_do="give the JSON Lines of kg link") from error
    return found


def _name(member: Sequence[object]) -> Name:
    paper, name = member
    return str(paper), str(name)
