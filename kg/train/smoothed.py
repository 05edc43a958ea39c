"""Activations that fit into eight bits: a factor a column moves from the inputs of a product to its weights (SmoothQuant).

Comes in: an encoder and texts as piece ids. Goes out: a copy that computes the same, whose linear layers divide their inputs by factors and
have weights multiplied by them. The runtime rounds all inputs of a product with one scale: a column that is ten times as large as the
others (in post-norm BERT they are those of a few units of the norm and of GELU) leaves these a tenth of the steps. Weights have a scale a row and can bear it.
Factors are max|x|^a / max|w|^(1-a) over a column (Xiao et al. 2023, arXiv:2211.10438). There they go into the layer before, which the
residual forbids here: an elementwise product stays, a few hundredths of the time.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import nn

__all__ = ["STRENGTH", "Smoothed", "smoothed"]

STRENGTH = 0.8
"""The exponent a: of 0.5 to 1, where hidden states are nearest to those in single precision."""
_LEAST = 1e-3
"""What columns that were never used count as."""


class Smoothed(nn.Linear):  # type: ignore[misc]  # torch is untyped here: it is an extra
    """A linear layer that multiplies its inputs by `inverse` [in_features] first."""

    def __init__(self, layer: nn.Linear, factors: torch.Tensor) -> None:
        super().__init__(layer.in_features, layer.out_features)
        self.weight = nn.Parameter(layer.weight.detach() * factors)
        self.bias = layer.bias
        self.inverse = nn.Parameter(1 / factors)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """As the layer that it was made of, but for rounding."""
        return nn.functional.linear(values * self.inverse, self.weight, self.bias)


def smoothed(encoder: nn.Module, texts: Sequence[Sequence[int]]) -> nn.Module:
    """A copy of a BERT encoder with smoothed layers, their factors taken from what its layers see in `texts`, at least one."""
    made = copy.deepcopy(encoder).eval()
    layers = {name: layer for name, layer in made.named_modules() if isinstance(layer, nn.Linear) and "layer." in name}
    greatest = _greatest(made, layers, texts)
    for group in _sharing(list(layers)):
        weights = torch.cat([layers[name].weight.detach() for name in group]).abs().amax(0).clamp(min=_LEAST)
        factors = greatest[group[0]].clamp(min=_LEAST) ** STRENGTH / weights ** (1 - STRENGTH)
        factors = factors / factors.log().mean().exp()
        for name in group:
            parent, _, own = name.rpartition(".")
            setattr(made.get_submodule(parent), own, Smoothed(layers[name], factors))
    return made


def _greatest(
    encoder: nn.Module, layers: dict[str, nn.Linear], texts: Sequence[Sequence[int]]
) -> dict[str, torch.Tensor]:
    """The greatest absolute input of each layer, by column [in_features]."""
    found = {name: torch.zeros(layer.in_features) for name, layer in layers.items()}

    def look(name: str) -> torch.utils.hooks.RemovableHandle:
        def seen(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            found[name] = torch.maximum(found[name], inputs[0].detach().abs().flatten(0, -2).amax(0))

        return layers[name].register_forward_pre_hook(seen)

    handles = [look(name) for name in layers]
    with torch.no_grad():
        for ids in texts:
            encoder(torch.tensor([list(ids)]), attention_mask=torch.ones(1, len(ids), dtype=torch.long))
    for handle in handles:
        handle.remove()
    return found


def _sharing(names: list[str]) -> list[list[str]]:
    """Layers with the same input together: query, key and value, so that their inputs are divided once."""
    groups: dict[str, list[str]] = {}
    for name in names:
        parent, _, own = name.rpartition(".")
        groups.setdefault(parent if own in ("query", "key", "value") else name, []).append(name)
    return list(groups.values())
