"""Judging a trained network the way it will run: numpy heads, the program's own sentences, records, the shared scorer.

Comes in: a network or a model folder, gold abstracts. Goes out: predictions, records, figures, and the thresholds that
suit them. Hidden states are kept, so that trying another threshold costs no second pass of the encoder.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kg.domain import Span
from kg.extract.neural.assemble import Pieces, assemble, group
from kg.extract.neural.calibration import THRESHOLDS, Calibration
from kg.extract.neural.decode import decode
from kg.extract.neural.heads import Heads, States
from kg.extract.neural.predict import Model
from kg.extract.neural.prediction import Prediction
from kg.extract.neural.tokens import Prepared, Tokenised, Tokeniser
from kg.extract.neural.values import candidates
from kg.extract.quantities import find_quantities
from kg.extract.sentences import sentence_spans
from kg.train import reliability
from kg.train.batches import Item
from kg.train.network import Network

__all__ = [
    "FIGURES",
    "Read",
    "figures",
    "head_weights",
    "outcomes",
    "predictions",
    "prepared",
    "read",
    "read_shipped",
    "record",
    "role_accuracy",
    "scorer",
    "tune",
    "value_outcomes",
]

FIGURES = (
    *("mention", "span", "entity", "introduced", "relation-untyped", "relation"),
    *("claim-sentence", "claim-kind", "claim-slot", "claim-value"),
)


def scorer(shared: Path) -> Callable[[list[dict[str, Any]], dict[str, Any]], dict[str, Any]]:
    """The `score` function of the shared scorer."""
    spec = importlib.util.spec_from_file_location("shared_score", shared / "tools" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[[list[dict[str, Any]], dict[str, Any]], dict[str, Any]] = module.score
    return score


def head_weights(net: Network) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    """The weights that the run time needs, by name: all but the encoder and what only helped the training."""
    left_out = ("encoder.", "tags.", "role.", "types.scirex", "types.tdmsci", "types.crossner")
    return {
        name: value.detach().float().cpu().numpy()
        for name, value in net.state_dict().items()
        if not name.startswith(left_out)
    }


def prepared(record: Mapping[str, Any]) -> Prepared:
    """A gold record as the program meets it: its sentences are found anew."""
    spans = tuple((span.start, span.end) for span in sentence_spans(record["text"]))
    return Prepared(text=record["text"], sentences=spans, title=record["title"] or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One abstract with its hidden states, ready to be decoded again and again."""

    gold: Mapping[str, Any]
    prepared: Prepared
    tokens: Tokenised
    states: States
    heads: Heads


def read(net: Network, records: Sequence[Mapping[str, Any]], tokenise: Tokeniser) -> list[Read]:
    """Run the encoder of a network, in single precision, over gold records."""
    heads, found = Heads(head_weights(net)), []
    net.eval()
    with torch.no_grad():
        for gold in records:
            own = prepared(gold)
            tokens = tokenise(own)
            hidden = np.empty((len(tokens.ids), net.hidden), dtype=np.float32)
            for window in tokens.windows:
                states = net.encode(torch.tensor([window.ids]), torch.ones(1, len(window.ids), dtype=torch.long))
                hidden[slice(*window.pieces)] = states[0].numpy()[slice(*window.rows)]
            found.append(Read(gold=gold, prepared=own, tokens=tokens, states=heads.states(hidden), heads=heads))
    return found


def read_shipped(folder: Path, records: Sequence[Mapping[str, Any]]) -> list[Read]:
    """Run a model folder, in int8, over gold records."""
    model, found = Model.load(folder), []
    for gold in records:
        own = prepared(gold)
        tokens = model.tokeniser(own)
        found.append(Read(gold=gold, prepared=own, tokens=tokens, states=model.encode(tokens), heads=model.heads))
    return found


def role_accuracy(net: Network, found: Sequence[Item]) -> float:
    """The share of sentences whose role is told right, of those that have one."""
    right = count = 0
    net.eval()
    with torch.no_grad():
        for one in found:
            ids = one.ids.unsqueeze(0)
            hidden = net.encode(ids, torch.ones_like(ids))[0]
            guesses = net.role(net.sentences_of(hidden, one.sentences)).argmax(-1).tolist()
            pairs = [(guess, role) for guess, role in zip(guesses, one.example.roles or (), strict=True) if role >= 0]
            right += sum(guess == role for guess, role in pairs)
            count += len(pairs)
    return right / count


def predictions(found: Sequence[Read], calibration: Calibration) -> list[Prediction]:
    """Decode all with one calibration."""
    return [decode(r.prepared, r.tokens, r.states, r.heads, calibration, group) for r in found]


def record(name: str, own: Prepared, pieces: Pieces) -> dict[str, Any]:
    """The record's fields that the scorer reads."""
    return {
        "id": name,
        "title": own.title,
        "text": own.text,
        "sentences": [list(span) for span in own.sentences],
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "type": m.type.value, "entity": m.entity, "score": m.score}
            for m in pieces.mentions
        ],
        "entities": [{"name": e.name, "type": e.type.value, "aliases": list(e.aliases)} for e in pieces.entities],
        "introduced": list(pieces.introduced),
        "relations": [
            {"head": r.head, "type": r.type.value, "tail": r.tail, "score": r.score} for r in pieces.relations
        ],
        "claims": [
            {
                "sentence": [c.sentence.start, c.sentence.end],
                "kind": c.kind.value,
                "subject": c.subject,
                "predicate": c.predicate,
                "object": c.object,
                "metric": c.metric,
                "value": c.value,
                "dataset": c.dataset,
                "score": c.score,
            }
            for c in pieces.claims
        ],
    }


def figures(
    found: Sequence[Read], made: Sequence[Prediction], calibration: Calibration, score: Callable[..., dict[str, Any]]
) -> dict[str, Any]:
    """All figures of the shared scorer for these predictions."""
    records = {
        r.gold["id"]: record(r.gold["id"], r.prepared, assemble(r.prepared, p, calibration))
        for r, p in zip(found, made, strict=True)
    }
    return score([dict(r.gold) for r in found], records)


def outcomes(
    found: Sequence[Read], made: Sequence[Prediction], calibration: Calibration
) -> dict[str, list[tuple[float, bool]]]:
    """Scores before calibration, and whether each was right, over all these abstracts, a list a head."""
    every: dict[str, list[tuple[float, bool]]] = {"mention": [], "relation": [], "claim": []}
    plain = replace(calibration, platt={})
    for r, p in zip(found, made, strict=True):
        own = record(r.gold["id"], r.prepared, assemble(r.prepared, p, plain))
        for head, pairs in reliability.outcomes(r.gold, own).items():
            every[head] += pairs
    return every


def value_outcomes(
    found: Sequence[Read], made: Sequence[Prediction], calibration: Calibration
) -> list[tuple[tuple[float, ...], bool]]:
    """Signals of every candidate for a value in the sentences that hold a claim, and whether the annotation has it."""
    points = []
    for r, p in zip(found, made, strict=True):
        text, quantities = r.prepared.text, find_quantities(r.prepared.text)
        stated = {(c["sentence"], reliability.fold(c["value"])) for c in r.gold["claims"] if c["value"]}
        for at, (start, end) in enumerate(r.prepared.sentences):
            if max(p.kinds[at].values(), default=0.0) < calibration.threshold("claim"):
                continue
            place = reliability.sentence_at((start, end), r.gold["sentences"])
            for one in candidates(text, Span(start=start, end=end), at, p, quantities):
                points.append((one.signals, (place, reliability.fold(one.text)) in stated))
    return points


GRID = {
    "relation": ("relation", (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)),
    "introduced": ("introduced", (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)),
    "claim": ("claim-sentence", (0.3, 0.4, 0.5, 0.6)),
    "kind": ("claim-kind", (0.3, 0.4, 0.5, 0.6)),
    "subject": ("claim-slot", (0.2, 0.3, 0.4, 0.5)),
    "object": ("claim-slot", (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)),
    "metric": ("claim-slot", (0.2, 0.3, 0.4, 0.5)),
    "dataset": ("claim-slot", (0.2, 0.3, 0.4, 0.5)),
    "far": ("claim-slot", (0.1, 0.2, 0.3, 0.4, 0.5)),
}
"""What each threshold is chosen for, and among which values. That of a value is not tuned: its probability is fitted."""


def tune(found: Sequence[Read], score: Callable[..., dict[str, Any]]) -> Calibration:
    """The thresholds with the best F1 on these abstracts, one after the other; those of mentions first, then of joining them."""
    best = Calibration(thresholds=dict(THRESHOLDS))
    top = -1.0
    for value in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        tried = replace(best, thresholds={**best.thresholds, "mention": value})
        result = figures(found, predictions(found, tried), tried, score)
        total = result["mention"]["f1"] + result["entity"]["f1"] + result["relation-untyped"]["f1"]
        if total > top:
            top, chosen = total, tried
    best = chosen
    joins = [replace(best, thresholds={**best.thresholds, "same": value}) for value in (0.5, 0.6, 0.4, 0.7, 0.3)]
    best = max(joins, key=lambda one: figures(found, predictions(found, one), one, score)["entity"]["f1"])
    made = predictions(found, best)
    for name, (figure, values) in GRID.items():
        choices = [replace(best, thresholds={**best.thresholds, name: value}) for value in values]
        best = max(choices, key=lambda one: figures(found, made, one, score)[figure]["f1"])
    return best


def line(result: Mapping[str, Any]) -> str:
    """The F1 of every figure on one line."""
    return json.dumps({name: result[name]["f1"] for name in FIGURES})
