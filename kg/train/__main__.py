"""`python -m kg.train STEP --shared DIR --work DIR`: the steps of training, each of which may be cut and started again.

mlm             masked-language pre-training on abstracts without labels    → WORK/mlm/encoder
public          tagging and sentence roles on the licensed public sets      → WORK/public/weights.pt
cues            weights of the cues of "introduced" and of coreference, from the annotations  → the package
annotations     the annotations of the tree, from --start or the steps above → WORK/NAME-annotations/
teach --fold K  a larger encoder on the gold but fold K (or all, without --fold), which then
                annotates abstracts without labels                          → WORK/NAME-K/taught.pt
fit --fold K    the network that ships, on the gold but fold K and on what the teacher found
                                                                            → WORK/NAME-K/student/weights.pt
roles           accuracy of sentence roles on the test part of CSAbstruct     → printed
scierc          figures of the test part of SciERC, for one --seed            → printed
cross-validate  figures of the folds, thresholds, calibration               → WORK/NAME-figures.json
export          the network fitted on everything, in int8                   → the package, or --model DIR
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from kg.extract.neural.tokens import Tokeniser
from kg.train import steps
from kg.train.encoder import pretrained_folder


def main(arguments: list[str] | None = None) -> int:
    """Run one step; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.train", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "step",
        choices=["mlm", "public", "cues", "annotations", "teach", "fit", "roles", "scierc", "cross-validate", "export"],
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder of the annotated and public sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints, outside the tree")
    parser.add_argument("--name", default="final", help="name of a recipe's run, for its folders")
    parser.add_argument("--fold", type=int, help="leave out this fold, 0 to 4; without it learn from everything")
    parser.add_argument("--folds", type=int, nargs="+", default=[0, 1, 2, 3, 4], help="the folds of cross-validate")
    parser.add_argument("--start", type=Path, help="folder of a released model to go on from; it has seen the gold")
    parser.add_argument("--epochs", type=int, default=4, help="of the gold, for the network that ships")
    parser.add_argument("--teacher-epochs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--papers", type=int, default=0, help="abstracts that the teacher annotates")
    parser.add_argument("--texts", type=int, default=20_000, help="abstracts for mlm")
    parser.add_argument("--minutes", type=float, default=60.0, help="limit of mlm")
    parser.add_argument("--threads", type=int, default=1, help="at most; more than one only where nobody else computes")
    parser.add_argument("--model", type=Path, help="folder to export to")
    parser.add_argument(
        "--judged", help="name of the cross-validation whose thresholds are exported, where it is another"
    )
    chosen = parser.parse_args(arguments)
    if chosen.step == "teach" and chosen.papers < 1:
        parser.error("a teacher must have something to read: --papers 2000, for example")
    torch.set_num_threads(1)
    setting = steps.Setting(
        shared=chosen.shared,
        work=chosen.work,
        name=chosen.name,
        tokenise=Tokeniser(pretrained_folder() / "tokenizer.json"),
        threads=chosen.threads,
        seed=chosen.seed,
        start=chosen.start,
        teacher_epochs=chosen.teacher_epochs,
        epochs=chosen.epochs,
        papers=chosen.papers,
    )
    if chosen.step == "mlm":
        torch.set_num_threads(chosen.threads)
        print(steps.mlm(setting, papers=chosen.texts, minutes=chosen.minutes))
    elif chosen.step == "public":
        print(steps.public(setting))
    elif chosen.step == "cues":
        print(*steps.cues(setting, Path(__file__).parents[1] / "extract"))
    elif chosen.step == "annotations":
        print(steps.annotation_weights(setting))
    elif chosen.step == "teach":
        print(steps.taught(setting, chosen.fold))
    elif chosen.step == "fit":
        steps.student(setting, chosen.fold)
    elif chosen.step == "roles":
        print(f"CSAbstruct test, accuracy of sentence roles: {steps.roles(setting):.4f}")
    elif chosen.step == "scierc":
        print(json.dumps(steps.scierc(setting)))
    elif chosen.step == "cross-validate":
        found = steps.cross_validate(setting, tuple(chosen.folds))
        print(json.dumps(found["mean"], indent=1))
    else:
        folder = chosen.model or Path(__file__).parents[1] / "extract" / "neural" / "model"
        print(steps.exported(setting, folder, chosen.judged or chosen.name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
