"""The steps of training, one function each; every one finds what an earlier run left and goes on from there."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from kg.codec import decode
from kg.extract.fit_cues import coreference_rows, introduced_rows, write_table
from kg.extract.neural.calibration import THRESHOLDS, Calibration
from kg.extract.neural.tokens import Tokeniser
from kg.train import corpora, distil, judge, reliability
from kg.train.batches import Item, items
from kg.train.encoder import teacher_folder
from kg.train.export import export
from kg.train.fit import Recipe, fit
from kg.train.folds import FOLDS, folds
from kg.train.mlm import pretrain, sample_papers
from kg.train.network import Network
from kg.train.released import released_state
from kg.train.scierc import scierc_figures
from kg.train.standoff import read_standoff

__all__ = [
    "Setting",
    "annotation_weights",
    "cross_validate",
    "exported",
    "mlm",
    "public",
    "student",
    "taught",
    "teacher",
]


STAGES = ((("first",), 3), (("second",), 2), (("second", "third"), 1), (("fourth",), 2), (("fifth",), 1))
"""The parts of the annotations that are learned from one after the other, and for how many epochs."""
TRAINED = tuple(dict.fromkeys(part for parts, _ in STAGES for part in parts))
SEEDS = 3
"""Fits on the gold whose weights are averaged."""
EVEN = 0.5
"""Forms that differ are one thing where that is likelier than not: a wrong join costs as much as a missed one."""
TEACHING = dict(THRESHOLDS) | {
    "mention": 0.45,
    "relation": 0.38,
    "introduced": 0.5,
    "kind": 0.5,
    "metric": 0.25,
}
"""The thresholds by which a teacher annotates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where things are, how much of the machine may be taken, and how long to learn.

    `start` is what the annotations of the tree are learned from: a folder of a released model, whose weights have seen all
    of the gold; weights of the step `public`, where that was run; else an encoder: of the step `mlm`, or as published.
    `papers` abstracts without labels are annotated by the teacher; with none, the student learns from annotations alone.
    """

    shared: Path
    work: Path
    name: str
    tokenise: Tokeniser
    threads: int = 1
    seed: int = 0
    start: Path | None = None
    teacher_epochs: int = 9
    epochs: int = 4
    papers: int = 0

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
        recipe = Recipe(epochs=1, pieces=2600, threads=setting.threads, frozen=False, save_every=50)
        fit(kept, folder, recipe, encoder=setting.work / "mlm" / "encoder")
    return folder / "weights.pt"


def annotation_weights(setting: Setting) -> Path:
    """The annotations of the tree, stage by stage, the better ones last; none of them is of a gold abstract, so that every fold may
    start here. The weights' file."""
    begun, encoder = setting.work / "public" / "weights.pt", setting.work / "mlm" / "encoder"
    folders = [setting.work / f"{setting.name}-annotations" / "-".join(parts) for parts, _ in STAGES]
    if (folders[-1] / "weights.pt").exists():
        return folders[-1] / "weights.pt"
    if setting.start is not None:
        begun = setting.work / f"{setting.name}-annotations" / "start.pt"
        begun.parent.mkdir(parents=True, exist_ok=True)
        torch.save(released_state(setting.start), begun)
    known = begun if begun.exists() else None
    for (parts, epochs), folder in zip(STAGES, folders, strict=True):
        if not (folder / "weights.pt").exists():
            recipe = Recipe(
                epochs=epochs,
                encoder_rate=2e-4 if setting.start is None else 1e-4,
                alone=0.3 if known is None else 0.1,
                threads=setting.threads,
                seed=setting.seed,
            )
            examples = [corpora.gold_example(record) for record in read_standoff(setting.shared, *parts)]
            found = items(examples, setting.tokenise)
            fit(found, folder, recipe, start=known, encoder=encoder if encoder.exists() else None)
        known = folder / "weights.pt"
    return folders[-1] / "weights.pt"


def cues(setting: Setting, folder: Path) -> tuple[Path, Path]:
    """Weights of the cues of "introduced" and of coreference from the annotations of the tree, written to `folder`."""
    records = [decode(record) for record in read_standoff(setting.shared, *TRAINED)]
    new, same = folder / "introduced.tsv", folder / "coreference.tsv"
    # The table of coreference that the package has decides which things "introduced" is fitted on: a first run settles the one, a
    # second the other.
    write_table(same, coreference_rows(records), [EVEN])
    write_table(new, introduced_rows(records))
    return new, same


def roles(setting: Setting, epochs: int = 2) -> float:
    """Accuracy of sentence roles on the test part of CSAbstruct, learned from its training part; this model does not ship."""
    folder = setting.work / f"{setting.name}-roles"
    train, test = (
        items(list(corpora.csabstruct(setting.shared, part)), setting.tokenise) for part in ("train", "test")
    )
    recipe = Recipe(epochs=epochs, encoder_rate=1e-4, threads=setting.threads, seed=setting.seed)
    net = fit(train, folder, recipe, start=annotation_weights(setting))
    return judge.role_accuracy(net, test)


def scierc(setting: Setting) -> dict[str, float]:
    """The figures of SciERC's test part; this model does not ship. Seeds share the weights of the annotations."""
    work = setting.work / f"{setting.name}-scierc"
    start = annotation_weights(setting)
    return scierc_figures(setting.shared, work, setting.tokenise, start, seed=setting.seed, threads=setting.threads)


def _annotated(setting: Setting, fold: int | None) -> list[Item]:
    place = folds()
    examples = [example for example in corpora.gold(setting.shared) if fold is None or place[example.id] != fold]
    return items(examples, setting.tokenise)


def teacher(setting: Setting, fold: int | None) -> Network:
    """The large network fitted on the annotations outside `fold`, straight from its published weights."""
    recipe = Recipe(epochs=setting.teacher_epochs, encoder_rate=5e-5, threads=setting.threads, seed=setting.seed)
    folder = setting.folder(fold) / "teacher"
    return fit(_annotated(setting, fold), folder, recipe, encoder=teacher_folder(setting.work))


def taught(setting: Setting, fold: int | None) -> Path:
    """What the teacher reads in abstracts without labels, dealt over the venues alike; the file of it."""
    path = setting.folder(fold) / "taught.pt"
    if path.exists():
        return path
    papers = sample_papers(setting.shared, setting.papers, seed=1)
    return distil.annotate(teacher(setting, fold), papers, path, setting.tokenise, Calibration(thresholds=TEACHING))


def student(setting: Setting, fold: int | None) -> Network:
    """The network that ships: from the annotations of the tree on to the gold, and what a teacher read, if it did.

    Its weights are the mean of those of SEEDS fits, which differ in the order of the texts and in what is dropped out (Wortsman et al.
    2022, arXiv:2203.05482), which comes near to a vote of the fits at the cost of one. A mean that is there already is kept, whatever
    the number of its fits: another number wants another name.
    """
    folder = setting.folder(fold) / "student"
    if not (folder / "weights.pt").exists():
        extra = distil.taught_items(taught(setting, fold), setting.tokenise) if setting.papers else []
        found, start = _annotated(setting, fold), annotation_weights(setting)
        for seed in _seeds(setting):
            recipe = Recipe(
                epochs=setting.epochs,
                encoder_rate=1e-4,
                head_rate=5e-4,
                threads=setting.threads,
                seed=seed,
                alone=0.0,
            )
            fit(found, setting.folder(fold) / f"seed-{seed}", recipe, start=start, extra=extra)
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(
            _mean_weights([setting.folder(fold) / f"seed-{seed}" for seed in _seeds(setting)]), folder / "weights.pt"
        )
    net = Network()
    net.load_state_dict(torch.load(folder / "weights.pt", map_location="cpu"))
    net.eval()
    return net


def _seeds(setting: Setting) -> range:
    return range(setting.seed, setting.seed + SEEDS)


def _mean_weights(folders: list[Path]) -> dict[str, torch.Tensor]:
    every = [torch.load(folder / "weights.pt", map_location="cpu") for folder in folders]
    return {name: torch.stack([one[name].float() for one in every]).mean(0) for name in every[0]}


def _some_texts(setting: Setting) -> list[tuple[int, ...]]:
    """Piece ids of the first 40 annotated abstracts, in windows as the encoder reads them."""
    records = read_standoff(setting.shared, "first")[:40]
    return [window.ids for record in records for window in setting.tokenise(judge.prepared(record)).windows]


def _judged(setting: Setting, fold: int) -> list[judge.Read]:
    """The abstracts of a fold, read in int8 by the model that has not seen them."""
    folder = setting.folder(fold) / "model"
    if not (folder / "model.json").exists():
        described = {"version": f"{setting.name}-{fold}", "calibration": {}}
        export(student(setting, fold), folder, described, _some_texts(setting))
    place = folds()
    return judge.read_shipped(folder, [record for record in setting.gold() if place[record["id"]] == fold])


def cross_validate(setting: Setting, among: tuple[int, ...] = tuple(range(FOLDS))) -> dict[str, Any]:
    """Fit and judge the folds of `among`, at least two. What decides in a fold (thresholds, weights of values, scaling of
    scores) comes from the other folds, so that no abstract has a say in the figures that it is judged by. The means over
    all of them ship. Writes and returns {mean, folds, by-type, thresholds, values, platt, reliability}.

    Raises ValueError where the weights to start from have seen the folds that are judged.
    """
    if setting.start is not None:
        raise ValueError("a released model has seen the gold: cross-validation begins with published weights")
    score = judge.scorer(setting.shared)
    reads = {fold: _judged(setting, fold) for fold in among}
    best: dict[int, dict[str, float]] = {}
    points: dict[int, list[tuple[tuple[float, ...], bool]]] = {}
    for fold, found in reads.items():
        kept = setting.folder(fold) / "thresholds.json"
        if not kept.exists():
            kept.write_text(json.dumps(dict(judge.tune(found, score).thresholds)), encoding="utf-8")
        best[fold] = json.loads(kept.read_text(encoding="utf-8"))
        tuned = Calibration(thresholds=best[fold])
        points[fold] = judge.value_outcomes(found, judge.predictions(found, tuned), tuned)
    results, outcomes = {}, {}
    for fold, found in reads.items():
        others = [other for other in among if other != fold]
        calibration = Calibration(
            thresholds=_mean([best[other] for other in others]),
            values=reliability.logistic([point for other in others for point in points[other]]),
        )
        made = judge.predictions(found, calibration)
        results[fold] = judge.figures(found, made, calibration, score)
        outcomes[fold] = judge.outcomes(found, made, calibration)
    result: dict[str, Any] = {
        "mean": {n: round(statistics.mean(r[n]["f1"] for r in results.values()), 4) for n in judge.FIGURES},
        "folds": {str(fold): {n: r[n]["f1"] for n in judge.FIGURES} for fold, r in results.items()},
        "by-type": {
            kind: round(statistics.mean(r["by-type"][kind]["f1"] for r in results.values()), 4)
            for kind in corpora.GOLD_TYPES
        },
        "thresholds": _mean(list(best.values())),
        "values": reliability.logistic([point for own in points.values() for point in own]),
    }
    result |= _scaled(outcomes)
    path = setting.work / f"{setting.name}-figures.json"
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return result


def _scaled(outcomes: dict[int, dict[str, list[tuple[float, bool]]]]) -> dict[str, Any]:
    """Platt's parameters of each head, and how reliable scores are where they come from the other folds."""
    parameters, table = {}, {}
    for head in ("mention", "relation", "claim"):
        tried = []
        for fold, own in outcomes.items():
            others = [pair for other, found in outcomes.items() if other != fold for pair in found[head]]
            tried += reliability.apply(reliability.platt(others), own[head])
        parameters[head] = reliability.platt([pair for own in outcomes.values() for pair in own[head]])
        table[head] = {"error": reliability.error(tried), "bins": reliability.table(tried)}
    return {"platt": parameters, "reliability": table}


def _mean(thresholds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.mean(one[name] for one in thresholds), 3) for name in thresholds[0]}


def exported(setting: Setting, folder: Path, judged: str) -> Path:
    """Fit on everything, export, and write down what the cross-validation of the name `judged` found about this recipe."""
    path = setting.work / f"{judged}-figures.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    described = {
        "version": f"{setting.name}-{setting.seed}",
        "encoder": "MiniLM-L6, 384 wide, int8",
        "calibration": {name: found[name] for name in ("thresholds", "values", "platt") if name in found},
        "cross-validation": {name: found[name] for name in ("mean", "by-type", "reliability") if name in found},
    }
    return export(student(setting, None), folder, described, _some_texts(setting))
