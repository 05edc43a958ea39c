"""The steps of training, one function each; every one finds what an earlier run left and goes on from there."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extract.neural.assemble import assemble
from kg.extract.neural.calibration import THRESHOLDS, Calibration
from kg.extract.neural.tokens import Tokeniser
from kg.train import corpora, judge, reliability
from kg.train.batches import Item, items
from kg.train.export import export
from kg.train.fit import Recipe, fit
from kg.train.folds import FOLDS, folds
from kg.train.mlm import pretrain, sample_papers
from kg.train.network import Network

__all__ = ["Setting", "cross_validate", "exported", "fitted", "label", "mlm", "public", "taught"]


TEACHER = dict(THRESHOLDS) | {
    "mention": 0.45,
    "relation": 0.38,
    "introduced": 0.5,
    "kind": 0.5,
    "metric": 0.25,
    "value": 0.25,
}
"""The thresholds by which a teacher annotates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where things are and how much of the machine may be taken."""

    shared: Path
    work: Path
    name: str
    tokenise: Tokeniser
    threads: int = 1

    def folder(self, fold: int | None) -> Path:
        """The folder of a fit: that leaves out a fold, or that leaves out none."""
        return self.work / f"{self.name}-{'all' if fold is None else fold}"

    def gold(self) -> list[dict[str, Any]]:
        """The annotated records."""
        lines = (self.shared / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


def mlm(setting: Setting, *, papers: int, minutes: float) -> Path:
    """Masked-language pre-training; the encoder's folder."""
    return pretrain(setting.shared, setting.work, papers=papers, minutes=minutes)


def public(setting: Setting) -> Path:
    """One pass over SciREX, TDMSci and CrossNER-AI and a third of CSAbstruct; the weights' file."""
    folder = setting.work / "public"
    if not (folder / "weights.pt").exists():
        found = items(corpora.public(setting.shared), setting.tokenise)
        roles = [it for it in found if it.example.set == "csabstruct"]
        kept = [it for it in found if it.example.set != "csabstruct"] + roles[::3]
        recipe = Recipe(epochs=2, pieces=2600, threads=setting.threads, frozen=False, save_every=50)
        fit(kept, folder, recipe, encoder=setting.work / "mlm" / "encoder")
    return folder / "weights.pt"


def _labelled(setting: Setting, path: Path) -> list[Item]:
    with path.open(encoding="utf-8") as lines:
        return items([corpora.gold_example(json.loads(line)) for line in lines], setting.tokenise)


def _annotated(setting: Setting, fold: int | None) -> list[Item]:
    place = folds()
    examples = [example for example in corpora.gold(setting.shared) if fold is None or place[example.id] != fold]
    return items(examples, setting.tokenise)


def fitted(setting: Setting, fold: int | None, *, epochs: int, seed: int = 0) -> Network:
    """The network fitted on the annotations outside `fold`, from the weights of the public sets: the teacher."""
    recipe = Recipe(epochs=epochs, threads=setting.threads, seed=seed)
    return fit(_annotated(setting, fold), setting.folder(fold), recipe, start=public(setting))


def taught(setting: Setting, fold: int | None, *, epochs: int, papers: int, seed: int = 0) -> Network:
    """The student: from the teacher's weights on, learning from the annotations and from what the teacher annotated.

    Half the epochs of the teacher, each with its share of the `papers`; the pairs see found mentions from the start.
    """
    first = fitted(setting, fold, epochs=epochs, seed=seed)
    extra = _labelled(setting, label(setting, fold, first, papers=papers)) if papers else []
    recipe = Recipe(epochs=max(1, (epochs + 1) // 2), head_rate=8e-4, threads=setting.threads, seed=seed, alone=0.0)
    folder = setting.folder(fold)
    return fit(_annotated(setting, fold), folder / "student", recipe, start=folder / "weights.pt", extra=extra)


def judged(setting: Setting, fold: int, net: Network) -> list[judge.Read]:
    """The abstracts of a fold, read by the network that has not seen them."""
    place = folds()
    return judge.read(net, [record for record in setting.gold() if place[record["id"]] == fold], setting.tokenise)


def cross_validate(setting: Setting, *, epochs: int, papers: int, seed: int = 0) -> dict[str, Any]:
    """Fit and judge all folds. Thresholds of a fold are the means of those that suit the other folds best, so that
    no abstract has a say in the thresholds that it is judged by. Also fits the calibration that ships, likewise tried
    fold by fold. Writes and returns {mean, folds, thresholds, platt, reliability}."""
    score = judge.scorer(setting.shared)
    reads, best = [], []
    for fold in range(FOLDS):
        net = taught(setting, fold, epochs=epochs, papers=papers, seed=seed)
        reads.append(judged(setting, fold, net))
        kept = setting.folder(fold) / "thresholds.json"
        if not kept.exists():
            kept.write_text(json.dumps(dict(judge.tune(reads[-1], score).thresholds)), encoding="utf-8")
        best.append(json.loads(kept.read_text(encoding="utf-8")))
    results, outcomes = [], []
    for fold in range(FOLDS):
        calibration = Calibration(thresholds=_mean([one for at, one in enumerate(best) if at != fold]))
        made = judge.predictions(reads[fold], calibration)
        results.append(judge.figures(reads[fold], made, calibration, score))
        outcomes.append(judge.outcomes(reads[fold], made, calibration))
    found: dict[str, Any] = {
        "mean": {n: round(statistics.mean(r[n]["f1"] for r in results), 4) for n in judge.FIGURES},
        "folds": [{n: r[n]["f1"] for n in judge.FIGURES} for r in results],
        "by-type": {
            kind: round(statistics.mean(r["by-type"][kind]["f1"] for r in results), 4) for kind in corpora.GOLD_TYPES
        },
        "thresholds": _mean(best),
        "platt": {},
        "reliability": {},
    }
    for head in ("mention", "relation", "claim"):
        tried = []
        for fold in range(FOLDS):
            others = [pair for at in range(FOLDS) if at != fold for pair in outcomes[at][head]]
            tried += reliability.apply(reliability.platt(others), outcomes[fold][head])
        found["platt"][head] = reliability.platt([pair for one in outcomes for pair in one[head]])
        found["reliability"][head] = {"error": reliability.error(tried), "bins": reliability.table(tried)}
    path = setting.work / f"{setting.name}-figures.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def _mean(thresholds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.mean(one[name] for one in thresholds), 3) for name in thresholds[0]}


def label(setting: Setting, fold: int | None, net: Network, *, papers: int) -> Path:
    """Records that a teacher makes of unlabelled abstracts, dealt over the venues alike; the file of them."""
    path = setting.folder(fold) / "labels.jsonl"
    if path.exists():
        return path
    calibration = Calibration(thresholds=TEACHER)
    with path.with_suffix(".part").open("w", encoding="utf-8") as out:
        for name, title, text in sample_papers(setting.shared, papers, seed=1):
            read = judge.read(net, [{"id": name, "title": title, "text": text}], setting.tokenise)
            pieces = assemble(read[0].prepared, judge.predictions(read, calibration)[0], calibration)
            out.write(json.dumps(judge.record(name, read[0].prepared, pieces)) + "\n")
    return path.with_suffix(".part").rename(path)


def exported(setting: Setting, folder: Path, *, epochs: int, papers: int, seed: int = 0) -> Path:
    """Fit on everything, export, and write down what cross-validation found about this recipe."""
    net = taught(setting, None, epochs=epochs, papers=papers, seed=seed)
    path = setting.work / f"{setting.name}-figures.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    calibration = {name: found[name] for name in ("thresholds", "platt") if name in found}
    described = {
        "version": f"{setting.name}-{seed}",
        "encoder": "MiniLM-L6, 384 wide, int8",
        "calibration": calibration,
        "cross-validation": {name: found[name] for name in ("mean", "by-type", "reliability") if name in found},
    }
    return export(net, folder, described)
