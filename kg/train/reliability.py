"""Are the scores probabilities? Pairs of (probability, right or wrong), Platt's fit, and the reliability table.

Right means what the scorer counts: a mention with the same place and type, a relation whose two things and type stand in
the annotation, a claim whose sentence and kind do. Platt scaling as in `kg.extract.neural.calibration`; expected
calibration error over ten bins of equal width (Guo et al. 2017, arXiv:1706.04599).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["apply", "error", "fold", "logistic", "outcomes", "platt", "sentence_at", "table"]

Outcome = tuple[float, bool]


def fold(name: str) -> str:
    """The scorer's folding of names."""
    plain = re.sub(r"[^a-z0-9.%+]+", " ", name.lower().replace("\\", "")).strip(" .")
    words = plain.split()
    return " ".join(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")) else w for w in words
    )


def outcomes(gold: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, list[Outcome]]:
    """For each head, the score of everything in a record and whether the gold record has it."""
    spans = {(m["start"], m["end"], m["type"]) for m in gold["mentions"]}
    found: dict[str, list[Outcome]] = {"mention": [], "relation": [], "claim": []}
    found["mention"] = [(m["score"], (m["start"], m["end"], m["type"]) in spans) for m in record["mentions"]]
    key: dict[str, str] = {}
    for entity in gold["entities"]:
        key |= {fold(form): fold(entity["name"]) for form in (entity["name"], *entity["aliases"])}
    for entity in record["entities"]:
        forms = [fold(form) for form in (entity["name"], *entity["aliases"])]
        target = next((key[form] for form in sorted(forms) if form in key), fold(entity["name"]))
        for form in forms:
            key.setdefault(form, target)

    def triple(relation: Mapping[str, Any]) -> tuple[str, str, str]:
        head, tail = (key.get(fold(relation[end]), fold(relation[end])) for end in ("head", "tail"))
        if relation["type"] == "COMPARED_WITH" and head > tail:
            head, tail = tail, head
        return head, relation["type"], tail

    triples = {triple(relation) for relation in gold["relations"]}
    found["relation"] = [(r["score"], triple(r) in triples) for r in record["relations"]]
    stated = {(claim["sentence"], claim["kind"]) for claim in gold["claims"]}
    seen: dict[tuple[int, str], float] = {}
    for claim in record["claims"]:
        seen.setdefault((sentence_at(claim["sentence"], gold["sentences"]), claim["kind"]), claim["score"])
    found["claim"] = [(score, place in stated) for place, score in seen.items()]
    return found


def sentence_at(span: Sequence[int], sentences: Sequence[Sequence[int]]) -> int:
    """The number of the annotated sentence that most of `span` lies in."""
    overlap = [min(span[1], b) - max(span[0], a) for a, b in sentences]
    return max(range(len(overlap)), key=overlap.__getitem__)


def logistic(points: Sequence[tuple[Sequence[float], bool]], pull: float = 1.0, rounds: int = 50) -> tuple[float, ...]:
    """Weights of the signals and, last, of the constant, by Newton's method on the log loss; `pull` towards zero acts on
    the weights of signals as standardised, so that their units do not matter."""
    x = np.array([signals for signals, _ in points], dtype=float)
    y = np.array([right for _, right in points], dtype=float)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])
    weights = np.zeros(z.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        hessian = (z * (p * (1 - p) + 1e-6)[:, None]).T @ z + pull * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, z.T @ (p - y) + pull * weights)
    plain = weights[:-1] / scale
    return tuple(round(float(w), 4) for w in (*plain, weights[-1] - (plain * mean).sum()))


def _logit(p: float) -> float:
    clipped = min(1 - 1e-6, max(1e-6, p))
    return math.log(clipped / (1 - clipped))


def platt(pairs: Sequence[Outcome], rounds: int = 50) -> tuple[float, float]:
    """(a, b) of p = σ(a · logit + b) by Newton's method on the log loss, with a weak pull towards (1, 0)."""
    a, b = 1.0, 0.0
    points = [(_logit(score), float(right)) for score, right in pairs]
    for _ in range(rounds):
        ga, gb, haa, hab, hbb = a - 1, b, 1.0, 0.0, 1.0
        for x, y in points:
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, a * x + b))))
            w = p * (1 - p)
            ga, gb = ga + (p - y) * x, gb + (p - y)
            haa, hab, hbb = haa + w * x * x, hab + w * x, hbb + w
        det = haa * hbb - hab * hab
        da, db = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det
        shorter = min(1.0, 0.5 / max(abs(da), abs(db), 1e-9))  # a full step may overshoot far from the optimum
        a, b = a - shorter * da, b - shorter * db
    return round(a, 4), round(b, 4)


def apply(parameters: tuple[float, float], pairs: Sequence[Outcome]) -> list[Outcome]:
    """The pairs with calibrated probabilities."""
    a, b = parameters
    return [(1 / (1 + math.exp(-(a * _logit(score) + b))), right) for score, right in pairs]


def table(pairs: Sequence[Outcome], bins: int = 10) -> list[dict[str, float]]:
    """For each bin of probability that holds any: its lower end, how many, their mean probability and share right."""
    rows = []
    for at in range(bins):
        inside = [(p, right) for p, right in pairs if min(bins - 1, int(p * bins)) == at]
        if inside:
            mean, right = sum(p for p, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
            rows.append({"from": at / bins, "count": len(inside), "mean": round(mean, 4), "right": round(right, 4)})
    return rows


def error(pairs: Sequence[Outcome], bins: int = 10) -> float:
    """Expected calibration error in [0, 1].

    >>> error([(0.5, True), (0.5, False)])
    0.0
    """
    rows = table(pairs, bins)
    return round(sum(row["count"] * abs(row["mean"] - row["right"]) for row in rows) / max(1, len(pairs)), 4)
