"""What a teacher reads in abstracts without labels, kept for a student to learn from (Hinton et al. 2015, arXiv:1503.02531).

Comes in: a trained network and papers. Goes out: a file of `Taught`, one an abstract: the record that the program would
write, and the teacher's probabilities of every candidate span and sentence, since a span that is half a mention should
be learned as just that. Relations, things and what is introduced are learned from the record alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from kg.domain import ClaimKind
from kg.extract.neural.assemble import assemble
from kg.extract.neural.calibration import Calibration
from kg.extract.neural.tokens import Tokeniser
from kg.train import judge
from kg.train.batches import Item, Soft, item
from kg.train.corpora import gold_example
from kg.train.network import Network

__all__ = ["annotate", "taught_items"]

KEEP_EVERY = 200
"""After how many abstracts the file is written, so that a run that was cut goes on from there."""


def annotate(
    net: Network,
    papers: Sequence[tuple[str, str, str]],
    path: Path,
    tokenise: Tokeniser,
    calibration: Calibration,
) -> Path:
    """Let `net` read `papers` (id, title, abstract) and write what it found to `path`; what is there already is kept.

    The file is a list of {record, types, slots, kinds}: probabilities in half precision, [spans, 1 + types],
    [spans, slots] and [sentences, kinds], with the spans in the order of `Item.spans`.
    """
    part = path.with_suffix(".part")
    if path.exists():
        return path
    kept: list[dict[str, Any]] = torch.load(part, weights_only=True) if part.exists() else []
    net.eval()
    for number, (name, title, text) in enumerate(papers):
        if number < len(kept):
            continue
        kept.append(_taught(net, name, title, text, tokenise, calibration))
        if len(kept) % KEEP_EVERY == 0:
            torch.save(kept, part)
            print(f"{path.parent.name} annotated {len(kept)}/{len(papers)}", flush=True)
    torch.save(kept, part)
    return part.rename(path)


def _taught(
    net: Network, name: str, title: str, text: str, tokenise: Tokeniser, calibration: Calibration
) -> dict[str, Any]:
    read = judge.read(net, [{"id": name, "title": title, "text": text}], tokenise)
    made = judge.predictions(read, calibration)[0]
    record = judge.record(name, read[0].prepared, assemble(read[0].prepared, made, calibration))
    spans = item(gold_example(record), tokenise).spans
    hidden = torch.from_numpy(read[0].states.hidden).unsqueeze(0)
    first = torch.zeros(len(spans), dtype=torch.long)
    with torch.no_grad():
        types = net.types["gold"](net.spans(hidden, first, spans)).softmax(-1)
        slots = net.slot(net.slots(hidden, first, spans)).sigmoid()
    kinds = torch.tensor([[row.get(kind, 0.0) for kind in ClaimKind] for row in made.kinds])
    return {"record": record, "types": types.half(), "slots": slots.half(), "kinds": kinds.half()}


def taught_items(path: Path, tokenise: Tokeniser) -> list[Item]:
    """The items of a file that `annotate` wrote."""
    return list(_items(torch.load(path, weights_only=True), tokenise))


def _items(kept: Iterable[dict[str, Any]], tokenise: Tokeniser) -> Iterable[Item]:
    for one in kept:
        plain = item(gold_example(one["record"]), tokenise)
        soft = Soft(types=one["types"], kinds=one["kinds"])
        yield replace(plain, soft=soft, slots=one["slots"])
