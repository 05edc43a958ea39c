"""A released model as weights to go on from: int8 encoder and half precision heads back to a network's state.

Comes in: a model folder as `kg.train.export` writes it. Goes out: a state for `Network.load_state_dict(strict=False)`, which
lacks what only helped the training (tags, roles, output layers of public sets). What rounding took is gone; a few steps of
training bring it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

__all__ = ["released_state"]

_PIECES = "encoder.embeddings.word_embeddings.weight"


def released_state(folder: Path) -> dict[str, torch.Tensor]:
    """Weights by the names of `kg.train.network.Network`. Raises OSError where the folder holds no model."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(folder / "encoder.onnx")).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: value for name, value in arrays.items() if name.startswith("encoder.") and value.dtype == np.float32}
    found = {name: value for name, value in found.items() if not name.endswith(("_scale", "_zero_point", ".inverse"))}
    found[_PIECES] = _single(arrays, _PIECES)
    makers = {output: node for node in graph.node for output in node.output}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.name.startswith("/layer."):
            layer = node.name.removesuffix("/MatMul_quant").strip("/").replace("/", ".")
            weight = _single(arrays, node.input[1].removesuffix("_quantized")).T
            divided = makers[makers[node.input[0]].input[0]]  # the product before the rounding of the inputs
            [inverse] = [arrays[name] for name in divided.input if name in arrays]
            found[f"encoder.encoder.{layer}.weight"] = weight * inverse
    with np.load(folder / "heads.npz") as heads:
        found |= {name: heads[name].astype(np.float32) for name in heads.files}
    return {name: torch.from_numpy(np.array(value, order="C")) for name, value in found.items()}


def _single(arrays: Mapping[str, np.ndarray[Any, np.dtype[Any]]], name: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A quantised array in single precision again; one without a zero point lies about zero."""
    whole = arrays[f"{name}_quantized"].astype(np.float32)
    if f"{name}_zero_point" in arrays:
        whole = whole - arrays[f"{name}_zero_point"].astype(np.float32)
    single: np.ndarray[Any, np.dtype[np.float32]] = whole * arrays[f"{name}_scale"]
    return single
