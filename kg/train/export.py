"""From a trained network to the model folder that ships: encoder in ONNX int8, heads in half precision, tokenizer, card.

Only matrix products with weights and the embedding table are quantised (dynamic, a scale a channel); the rest stays in
single precision. The folder is a function of the weights: no clock, no machine in it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from kg.extract.neural.heads import Heads
from kg.train.encoder import pretrained_folder
from kg.train.judge import head_weights
from kg.train.network import Network

__all__ = ["export"]


class _Alone(nn.Module):  # type: ignore[misc]  # torch is untyped here: it is an extra
    """The encoder for one text without padding: ids [1, pieces] to the three of `heads.States`, [1, pieces, width]."""

    def __init__(self, encoder: Any, heads: Heads) -> None:
        super().__init__()
        self.encoder = encoder
        weight, bias, between = (torch.from_numpy(array.copy()) for array in heads.projections())
        self.weight, self.bias, self.between = nn.Parameter(weight), nn.Parameter(bias), nn.Parameter(between)

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        places = torch.arange(ids.shape[1]).unsqueeze(0)
        states = self.encoder.embeddings(input_ids=ids, position_ids=places, token_type_ids=torch.zeros_like(ids))
        for layer in self.encoder.encoder.layer:
            found = layer(states)
            states = found[0] if isinstance(found, tuple) else found
        return states, torch.matmul(states, self.weight) + self.bias, torch.matmul(states, self.between)


def export(net: Network, folder: Path, described: Mapping[str, Any]) -> Path:
    """Write `encoder.onnx`, `heads.npz`, `tokenizer.json` and `model.json` (what `described` says) into `folder`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "plain.onnx"
    net.eval()
    torch.onnx.export(
        _Alone(net.encoder, Heads(head_weights(net))).eval(),
        (torch.randint(1000, 2000, (1, 40)),),
        str(plain),
        input_names=["ids"],
        output_names=["hidden", "projected", "between"],
        dynamic_axes={name: {1: "pieces"} for name in ("ids", "hidden", "projected", "between")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(_fused(plain)),
        str(folder / "encoder.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": 1},
    )
    for left in folder.glob("plain*.onnx"):
        left.unlink()
    arrays: dict[str, Any] = {name: weight.astype(np.float16) for name, weight in head_weights(net).items()}
    np.savez_compressed(folder / "heads.npz", **arrays)
    shutil.copyfile(pretrained_folder() / "tokenizer.json", folder / "tokenizer.json")
    (folder / "model.json").write_text(json.dumps(described, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return folder


def _fused(plain: Path) -> Path:
    """The same graph with attention, layer norm and GELU as single nodes."""
    from onnxruntime.transformers import optimizer

    model = optimizer.optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384, opt_level=0)
    fused = plain.with_name("plain-fused.onnx")
    model.save_model_to_file(str(fused))
    return fused
