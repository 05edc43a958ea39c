"""The training loop: any list of items, from any weights, to a network; stops and goes on at any step.

`fit` keeps a state file (weights, optimiser, step, generators) and finishes with a weights file of half precision.
A run that finds its weights file is done already and only loads it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from kg.train.batches import Item, batches
from kg.train.encoder import autocast
from kg.train.losses import losses
from kg.train.network import Network

__all__ = ["Recipe", "Terms", "device", "fit", "share_cores"]

Terms = Callable[..., dict[str, torch.Tensor]]
"""As `kg.train.losses.losses`: the weighted terms of the loss of a batch."""


def share_cores(most: int) -> None:
    """Take `most` threads where the machine is otherwise idle by its one-minute load, else one."""
    own = torch.get_num_threads()
    others = os.getloadavg()[0] - own
    torch.set_num_threads(most if others < 0.8 else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How long and how fast. `pieces` is the size of a batch in word pieces; `alone` is the share of the run that learns
    from annotated mentions only, before mentions found by the network itself join the pairs. `threads` is the most that
    are taken where nobody else computes; `frozen` leaves the word embeddings as they are."""

    epochs: int = 12
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    pieces: int = 1400
    warmup: float = 0.08
    alone: float = 0.4
    seed: int = 0
    save_every: int = 150
    threads: int = 1
    frozen: bool = True


def device() -> torch.device:
    """The GPU where there is one, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def fit(
    found: Sequence[Item],
    work: Path,
    recipe: Recipe,
    *,
    start: Path | None = None,
    encoder: Path | None = None,
    extra: Sequence[Item] = (),
    make: Callable[[Path | None], Network] = Network,
    terms_of: Terms = losses,
) -> Network:
    """Train on `found`; `start` gives weights of an earlier step, `encoder` only those of the encoder.
    `extra`, texts that a teacher annotated, are dealt over the epochs, each seen once. `make` and `terms_of` are for sets whose labels
    need heads and losses of their own.

    Returns the trained network in evaluation mode, on the CPU.
    """
    work.mkdir(parents=True, exist_ok=True)
    done, state, on = work / "weights.pt", work / "state.pt", device()
    torch.manual_seed(recipe.seed)
    net = make(encoder)
    if start is not None:
        net.load_state_dict(torch.load(start, map_location="cpu"), strict=False)
    if done.exists():
        net.load_state_dict(torch.load(done, map_location="cpu"))
        net.eval()
        return net
    net.to(on).train()
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(not recipe.frozen)
    inner = [p for name, p in net.named_parameters() if name.startswith("encoder.") and p.requires_grad]
    outer = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    rates = [recipe.encoder_rate, recipe.head_rate]
    optimiser = torch.optim.AdamW([{"params": inner}, {"params": outer}], lr=1e-4, weight_decay=0.01)
    plan = [
        group
        for epoch in range(recipe.epochs)
        for group in batches([*found, *extra[epoch :: recipe.epochs]], recipe.pieces, recipe.seed * 1000 + epoch)
    ]
    step, spent = 0, 0.0
    if state.exists():
        kept = torch.load(state, map_location="cpu", weights_only=True)
        net.load_state_dict(kept["net"])
        optimiser.load_state_dict(kept["optimiser"])
        torch.set_rng_state(kept["rng"])
        step, spent = kept["step"], kept["spent"]
    began = time.monotonic() - spent
    sums: dict[str, list[float]] = {}
    for number in range(step, len(plan)):
        if recipe.threads > 1 and number % 10 == 0:
            share_cores(recipe.threads)
        share = number / len(plan)
        factor = min(1.0, share / recipe.warmup + 0.02) * max(0.01, (1 - share) / (1 - recipe.warmup))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, factor)
        with autocast(on):
            terms = terms_of(net, plan[number], predicted=share > recipe.alone, device=on)
        total = torch.stack(list(terms.values())).sum()
        if not torch.isfinite(total):
            raise FloatingPointError(f"{work.name}: the loss of step {number} is not a number")
        optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        for term, value in terms.items():
            sums.setdefault(term, []).append(value.item())
        if (number + 1) % 50 == 0 or number + 1 == len(plan):
            means = " ".join(f"{term} {sum(values) / len(values):.3f}" for term, values in sums.items())
            print(f"{work.name} {number + 1}/{len(plan)} {time.monotonic() - began:.0f}s {means}", flush=True)
            sums.clear()
        if (number + 1) % recipe.save_every == 0:
            kept = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "rng": torch.get_rng_state()}
            torch.save(kept | {"step": number + 1, "spent": time.monotonic() - began}, state)
    net.to("cpu")
    net.eval()
    torch.save(net.state_dict(), done)
    state.unlink(missing_ok=True)
    return net
