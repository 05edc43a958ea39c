"""Masked-language pre-training of the encoder on the field's abstracts, before any label is seen.

Comes in: `abstracts/papers.jsonl.gz` (title and abstract), spread evenly over the venues; gold abstracts are left out.
Goes out: an encoder folder. Resumable: weights, optimiser, step and generator are kept every `SAVE_EVERY` steps.
Masking as in BERT (Devlin et al. 2019): 15 % of the pieces, of these 80 % mask, 10 % random, 10 % kept; the loss is
taken at masked places only, with the word embeddings as output layer.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from kg.train.encoder import HIDDEN, autocast, load_encoder, pretrained_folder

__all__ = ["pretrain", "sample_papers"]

MASK, FIRST, VOCABULARY = 103, 999, 30522
SAVE_EVERY = 100
LENGTH = 320


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())[:120]


def gold_keys(shared: Path) -> frozenset[str]:
    """What identifies the gold abstracts among the unlabelled ones: the folded first 120 characters of the text."""
    lines = (shared / "gold" / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    return frozenset(_key(json.loads(line)["abstract"]) for line in lines)


def sample_papers(shared: Path, count: int, seed: int) -> list[tuple[str, str, str]]:
    """`count` unlabelled papers as (id, title, abstract), round robin over the venues, none of the gold ones."""
    gold, venues = gold_keys(shared), defaultdict(list)
    with gzip.open(shared / "abstracts" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            if 400 <= len(paper["abstract"] or "") <= 2400 and _key(paper["abstract"]) not in gold:
                venues[paper["venue"]].append((paper["id"], paper["title"] or "", paper["abstract"]))
    generator = random.Random(seed)
    for papers in venues.values():
        generator.shuffle(papers)
    chosen: list[tuple[str, str, str]] = []
    depth = 0
    while len(chosen) < count and any(depth < len(papers) for papers in venues.values()):
        chosen += [venues[venue][depth] for venue in sorted(venues) if depth < len(venues[venue])]
        depth += 1
    return chosen[:count]


class _Masked(nn.Module):  # type: ignore[misc]  # torch is untyped here: it is an extra
    """Encoder with an output layer tied to the word embeddings."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = load_encoder()
        self.dense = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Mean cross-entropy over the masked places; ids, mask and targets [batch, length], targets -100 elsewhere."""
        hidden = self.encoder(ids, attention_mask=mask).last_hidden_state
        at = targets >= 0
        states = self.norm(nn.functional.gelu(self.dense(hidden[at])))
        logits = states @ self.encoder.embeddings.word_embeddings.weight.T + self.bias
        return nn.functional.cross_entropy(logits.float(), targets[at])


def _mask(ids: torch.Tensor, mask: torch.Tensor, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.rand(ids.shape, generator=generator)
    chosen = (chance < 0.15) & mask.bool() & (ids >= FIRST)
    targets = torch.where(chosen, ids, torch.full_like(ids, -100))
    how = torch.rand(ids.shape, generator=generator)
    random_ids = torch.randint(FIRST, VOCABULARY, ids.shape, generator=generator)
    masked = torch.where(how < 0.8, torch.full_like(ids, MASK), torch.where(how < 0.9, random_ids, ids))
    return torch.where(chosen, masked, ids), targets


def _batches(texts: list[list[int]], size: int, seed: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    random.Random(seed).shuffle(groups)
    for group in groups:
        length = max(len(texts[i]) for i in group)
        ids = torch.zeros(len(group), length, dtype=torch.long)
        for row, i in enumerate(group):
            ids[row, : len(texts[i])] = torch.tensor(texts[i])
        yield ids, (ids != 0).long()


def pretrain(shared: Path, work: Path, *, papers: int, seed: int = 0, minutes: float = 25.0) -> Path:
    """Train for one pass over `papers` abstracts, at most `minutes`; the encoder's folder.

    The learning rate falls to zero over the planned steps, or over the time that is left: whichever ends first.
    """
    folder = work / "mlm"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH)
    sample = sample_papers(shared, papers, seed)
    texts = [e.ids for e in tokenizer.encode_batch([(title, text) for _, title, text in sample])]
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = _Masked()
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-4, weight_decay=0.01, betas=(0.9, 0.98))
    size, step, spent = 24, 0, 0.0
    total = (len(texts) + size - 1) // size
    state = folder / "state.pt"
    if state.exists():
        kept = torch.load(state)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        generator.set_state(kept["generator"])
        torch.set_rng_state(kept["rng"])
        step, spent = kept["step"], kept["spent"]
    began, losses = time.monotonic() - spent, []
    for number, (ids, mask) in enumerate(_batches(texts, size, seed)):
        if number < step:
            continue
        done = max(number / total, (time.monotonic() - began) / (60 * minutes))
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = 4e-4 * min(1.0, (number + 1) / 30) * max(0.02, 1 - done)
        masked, targets = _mask(ids, mask, generator)
        with autocast(torch.device("cpu")):
            loss = model(masked, mask, targets)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        losses.append(float(loss))
        if (number + 1) % 10 == 0:
            print(
                f"mlm {number + 1}/{total} loss {sum(losses[-10:]) / 10:.3f} {time.monotonic() - began:.0f}s",
                flush=True,
            )
        if (number + 1) % SAVE_EVERY == 0:
            kept = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": number + 1}
            kept |= {"generator": generator.get_state(), "rng": torch.get_rng_state()}
            torch.save(kept | {"spent": time.monotonic() - began}, state)
    model.encoder.save_pretrained(folder / "encoder")
    return folder / "encoder"
