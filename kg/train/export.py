"""From a trained network to the model folder that ships: encoder in ONNX int8, heads in half precision, tokenizer, card.

Matrix products with weights are quantised (dynamic, a scale a channel), and so is the table of word pieces (a scale a row: one for
all, which is what the library does, costs as much as all the products together); the rest stays in single precision. The folder is a function of the weights: no clock, no machine in it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from kg.extract.neural.heads import Heads
from kg.train.encoder import pretrained_folder
from kg.train.judge import head_weights
from kg.train.network import Network
from kg.train.smoothed import smoothed

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


def export(net: Network, folder: Path, described: Mapping[str, Any], texts: Sequence[Sequence[int]]) -> Path:
    """Write `encoder.onnx`, `heads.npz`, `tokenizer.json` and `model.json` (what `described` says) into `folder`.

    texts: piece ids of some abstracts, by which the inputs of products are smoothed (`kg.train.smoothed`).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "plain.onnx"
    net.eval()
    torch.onnx.export(
        _Alone(smoothed(net.encoder, texts), Heads(head_weights(net))).eval(),
        (torch.randint(1000, 2000, (1, 40)),),
        str(plain),
        input_names=["ids"],
        output_names=["hidden", "projected", "between"],
        dynamic_axes={name: {1: "pieces"} for name in ("ids", "hidden", "projected", "between")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(_small_table(_fused(plain))),
        str(folder / "encoder.onnx"),
        op_types_to_quantize=["MatMul"],
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


def _small_table(place: Path) -> Path:
    """The same graph with the rows of the widest table that is looked up in as int8 and a scale each."""
    import onnx

    model = onnx.load(str(place))
    graph, tables = model.graph, {one.name: one for one in model.graph.initializer}
    lookups = [node for node in graph.node if node.op_type == "Gather" and node.input[0] in tables]
    lookup = max(lookups, key=lambda node: len(tables[node.input[0]].raw_data))
    table, ids, out = lookup.input[0], lookup.input[1], lookup.output[0]
    rows = onnx.numpy_helper.to_array(tables[table])
    scale = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
    graph.initializer.remove(tables[table])
    graph.initializer.append(onnx.numpy_helper.from_array(np.rint(rows / scale).astype(np.int8), f"{table}_quantized"))
    graph.initializer.append(onnx.numpy_helper.from_array(scale, f"{table}_scale"))
    made = [
        onnx.helper.make_node("Gather", [f"{table}_quantized", ids], [f"{out}_quantized"]),
        onnx.helper.make_node("Cast", [f"{out}_quantized"], [f"{out}_plain"], to=onnx.TensorProto.FLOAT),
        onnx.helper.make_node("Gather", [f"{table}_scale", ids], [f"{out}_scale"]),
        onnx.helper.make_node("Mul", [f"{out}_plain", f"{out}_scale"], [out]),
    ]
    at = list(graph.node).index(lookup)
    graph.node.remove(lookup)
    for node in reversed(made):
        graph.node.insert(at, node)
    small = place.with_name("plain-small.onnx")
    onnx.save(model, str(small))
    return small
