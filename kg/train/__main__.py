"""`python -m kg.train STEP --shared DIR --work DIR`: the steps of training, each of which may be cut and started again.

mlm             masked-language pre-training on abstracts without labels    → WORK/mlm/encoder
public          tagging and sentence roles on the licensed public sets      → WORK/public/weights.pt
fit --fold K    our annotations but fold K (or all, without --fold), then the same with abstracts
                that the fitted network annotated itself                    → WORK/NAME-K/student/weights.pt
cross-validate  figures of all five folds, thresholds, calibration          → WORK/NAME-figures.json
export          the model fitted on everything, in int8                     → the package, or --model DIR
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
    parser.add_argument("step", choices=["mlm", "public", "fit", "cross-validate", "export"])
    parser.add_argument("--shared", type=Path, required=True, help="folder of the annotated and public sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints, outside the tree")
    parser.add_argument("--name", default="final", help="name of a recipe's run, for its folders")
    parser.add_argument("--fold", type=int, help="leave out this fold, 0 to 4; without it learn from everything")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--papers", type=int, default=1200, help="abstracts for the student; ten times as many for mlm")
    parser.add_argument("--minutes", type=float, default=25.0, help="limit of mlm")
    parser.add_argument("--threads", type=int, default=1, help="at most; more than one only where nobody else computes")
    parser.add_argument("--model", type=Path, help="folder to export to")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    tokenise = Tokeniser(pretrained_folder() / "tokenizer.json")
    setting = steps.Setting(
        shared=chosen.shared, work=chosen.work, name=chosen.name, tokenise=tokenise, threads=chosen.threads
    )
    if chosen.step == "mlm":
        torch.set_num_threads(chosen.threads)
        print(steps.mlm(setting, papers=10 * chosen.papers, minutes=chosen.minutes))
    elif chosen.step == "public":
        steps.public(setting)
    elif chosen.step == "fit":
        steps.taught(setting, chosen.fold, epochs=chosen.epochs, papers=chosen.papers, seed=chosen.seed)
    elif chosen.step == "cross-validate":
        found = steps.cross_validate(setting, epochs=chosen.epochs, papers=chosen.papers, seed=chosen.seed)
        print(json.dumps(found["mean"], indent=1))
    else:
        folder = chosen.model or Path(__file__).parents[1] / "extract" / "neural" / "model"
        print(steps.exported(setting, folder, epochs=chosen.epochs, papers=chosen.papers, seed=chosen.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
