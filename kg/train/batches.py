"""Examples as tensors: tokenised once, labels placed on pieces and spans, then grouped by length.

Comes in: `Example`s. Goes out: `Item`s (one text, index tensors) and batches of them of about the same length.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from kg.extract.neural.tokens import Tokenised, Tokeniser
from kg.train.corpora import SLOTS, Example

__all__ = ["Item", "Soft", "batches", "item", "items", "padded"]

LIMIT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft:
    """A teacher's probabilities in half precision: types [spans, 1 + types], kinds [sentences, kinds]."""

    types: torch.Tensor
    kinds: torch.Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One text ready for training; spans and words of the title are left out, since nothing is annotated there.

    spans    [spans, 3] first piece, last piece, width in words - 1; words [spans, 2] first and last word
    types    [spans] 0 none, 1 + type; tags [words] BIO class; slots [spans, 5] 0 or 1, or a teacher's probability
    gold     [mentions] index into spans of the annotated mentions; entity [mentions]
    soft     what a teacher thinks of each span and sentence, where a teacher annotated
    """

    example: Example
    ids: torch.Tensor
    spans: torch.Tensor
    words: torch.Tensor
    types: torch.Tensor
    word_pieces: torch.Tensor
    tags: torch.Tensor
    slots: torch.Tensor
    gold: torch.Tensor
    entity: tuple[int, ...]
    sentences: torch.Tensor
    starts: torch.Tensor
    chars: torch.Tensor
    ends: torch.Tensor
    soft: Soft | None = None


def item(example: Example, tokenise: Tokeniser) -> Item:
    """Place the labels of one example; mentions that are no candidate span are not learned."""
    tokens = tokenise(example.prepared)
    keep = (tokens.part[tokens.span_from] > 0) & (tokens.last[tokens.span_to] < LIMIT)
    begin, end = tokens.span_from[keep], tokens.span_to[keep]
    where = {(int(a), int(b)): i for i, (a, b) in enumerate(zip(tokens.start[begin], tokens.end[end], strict=True))}
    types = torch.zeros(len(begin), dtype=torch.long)
    gold, entity = [], []
    for start, stop, kind, thing in example.mentions or ():
        if (start, stop) in where:
            types[where[start, stop]] = kind + 1
            gold.append(where[start, stop])
            entity.append(thing)
    slots = torch.zeros(len(begin), len(SLOTS))
    for _, slot, start, stop in example.slots or ():
        if (start, stop) in where:
            slots[where[start, stop], slot] = 1.0
    first, last = torch.from_numpy(tokens.first), torch.from_numpy(tokens.last)
    text = torch.from_numpy(tokens.part > 0) & (last < LIMIT)
    a, b = torch.from_numpy(begin), torch.from_numpy(end)
    return Item(
        example=example,
        ids=torch.tensor(tokens.ids[:LIMIT]),
        spans=torch.stack([first[a], last[b], b - a], 1),
        words=torch.stack([a, b], 1),
        types=types,
        word_pieces=first[text],
        tags=_tags(tokens, example)[text],
        slots=slots,
        gold=torch.tensor(gold, dtype=torch.long),
        entity=tuple(entity),
        sentences=torch.from_numpy(tokens.part_pieces[1:]).clamp(max=LIMIT),
        starts=torch.from_numpy(tokens.part[begin] - 1),
        chars=torch.from_numpy(tokens.start[begin]),
        ends=torch.from_numpy(tokens.end[end]),
    )


def _tags(tokens: Tokenised, example: Example) -> torch.Tensor:
    tags = torch.zeros(len(tokens.first), dtype=torch.long)
    text = tokens.part > 0
    for start, stop, kind, _ in example.mentions or ():
        inside = torch.from_numpy(text & (tokens.start >= start) & (tokens.end <= stop)).nonzero().flatten()
        tags[inside] = 2 + 2 * kind
        tags[inside[:1]] = 1 + 2 * kind
    return tags


def items(examples: Sequence[Example], tokenise: Tokeniser) -> list[Item]:
    """All examples, in their order."""
    return [item(example, tokenise) for example in examples]


def batches(found: Sequence[Item], pieces: int, seed: int) -> list[list[Item]]:
    """Batches of one set each, of at most `pieces` padded pieces (and at least one text), in a random order."""
    generator = random.Random(seed)
    groups: list[list[Item]] = []
    order = list(found)
    generator.shuffle(order)
    order.sort(key=lambda it: (it.example.set, len(it.ids) // 24))
    for it in order:
        group = groups[-1] if groups else []
        fits = group and group[0].example.set == it.example.set
        if fits and max(len(it.ids), max(len(other.ids) for other in group)) * (len(group) + 1) <= pieces:
            group.append(it)
        else:
            groups.append([it])
    generator.shuffle(groups)
    return groups


def padded(group: Sequence[Item]) -> tuple[torch.Tensor, torch.Tensor]:
    """(ids, mask) [texts, pieces] of a batch."""
    ids = torch.nn.utils.rnn.pad_sequence([it.ids for it in group], batch_first=True)
    return ids, (ids != 0).long()
