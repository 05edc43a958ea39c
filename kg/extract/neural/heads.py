"""The heads of the model in numpy: hidden states of word pieces in, logits out. The twin of `kg.train.network`.

Comes in: the weights by the names that the network gives them, and `hidden`, [pieces, 384] float32 of one text.
Goes out: float32 logits. What it cannot do: decide; thresholds and scores are `predict`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.tokens import Ints

__all__ = ["DISTANCES", "Floats", "Heads", "Projected", "States", "join", "running", "sigmoid", "softmax"]

Floats = NDArray[np.float32]

DISTANCES = np.array((-64, -32, -16, -8, -4, -2, 0, 2, 4, 8, 16, 32, 64))
"""Upper limits of the buckets of the distance in words between two mentions, head before tail positive."""

CONTEXT = 64
"""Two mentions with more pieces than this between them are judged without what stands between."""


class _Linear(NamedTuple):
    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        return x @ self.weight + self.bias


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(logits: Floats) -> Floats:
    """Probability of each logit."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)


def join(logits: Floats, member: Floats, axis: int) -> Floats:
    """log Σ exp along `axis` within each entity: member [mentions, entities] of 0 and 1; the axis becomes entities."""
    moved = np.moveaxis(logits, axis, -1)
    top = moved.max()
    joined: Floats = np.moveaxis(np.log(np.exp(moved - top) @ member + np.float32(1e-12)) + top, -1, axis)
    return joined


def _relu(x: Floats) -> Floats:
    out: Floats = np.maximum(x, np.float32(0), out=x)
    return out


def running(hidden: Floats) -> Floats:
    """Running sums [pieces + 1, width], the first row zero, so that a stretch's sum is a difference of two rows."""
    out = np.zeros((len(hidden) + 1, hidden.shape[1]), dtype=np.float32)
    np.cumsum(hidden, axis=0, out=out[1:])
    return out


class States(NamedTuple):
    """What the encoder's graph gives for each piece: its hidden state and the two wide projections of it."""

    hidden: Floats
    projected: Floats
    between: Floats


class Projected(NamedTuple):
    """Projections of all pieces: start and end [pieces, 2 · size], inside [pieces + 1, 2 · size] as running sums."""

    start: Floats
    end: Floats
    inside: Floats


class Heads:
    """All heads but those that only helped the training. `weights` maps names to arrays as `torch` lays them out."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        arrays = {name: np.asarray(array, dtype=np.float32) for name, array in weights.items()}

        def linear(name: str) -> _Linear:
            weight = np.ascontiguousarray(arrays[f"{name}.weight"].T)
            return _Linear(weight, arrays.get(f"{name}.bias", np.zeros(weight.shape[1], dtype=np.float32)))

        names = "types.gold slot mention introduced head tail product between relation same sentence kind far_sentence far_mention far"
        self._linear = {name: linear(name) for name in names.split()}
        both = [linear("spans.project"), linear("slots.project")]
        size = both[0].weight.shape[1] // 3
        thirds = [slice(size * at, size * (at + 1)) for at in range(3)]
        self._project = _Linear(
            np.concatenate([one.weight[:, third] for third in thirds for one in both], axis=1),
            np.concatenate([one.bias[third] for third in thirds for one in both]),
        )
        self._widths = [arrays["spans.width.weight"], arrays["slots.width.weight"]]
        self._types, self._distance = arrays["mention_type.weight"], arrays["distance.weight"]
        self._place = arrays["place.weight"]

    def states(self, hidden: Floats) -> States:
        """The states of pieces from their hidden states alone; the shipped graph does this in int8 by itself."""
        return States(hidden, self._project(hidden), self._linear["between"](hidden))

    def projections(self) -> tuple[Floats, Floats, Floats]:
        """Weight and bias of `projected`, and weight of `between`, for whoever builds the graph; inputs first."""
        return self._project.weight, self._project.bias, self._linear["between"].weight

    def spans(self, states: States) -> Projected:
        """What `types` and `slots` need of all pieces."""
        size = self._widths[0].shape[1]
        found = states.projected
        return Projected(found[:, : 2 * size], found[:, 2 * size : 4 * size], running(found[:, 4 * size :]))

    def types(self, projected: Projected, first: Ints, last: Ints, width: Ints) -> Floats:
        """Logits [spans, 1 + types], none first; first and last piece and width in words - 1 of each span."""
        return self._linear["types.gold"](self._hidden(projected, 0, first, last, width))

    def slots(self, projected: Projected, first: Ints, last: Ints, width: Ints) -> Floats:
        """Logits [spans, slots]: the span fills that slot of a claim of its sentence."""
        return self._linear["slot"](self._hidden(projected, 1, first, last, width))

    def _hidden(self, projected: Projected, which: int, first: Ints, last: Ints, width: Ints) -> Floats:
        size = self._widths[which].shape[1]
        own = slice(which * size, (which + 1) * size)
        total = np.ascontiguousarray(projected.inside[:, own])
        out = total[last + 1]
        out -= total[first]
        out *= (1.0 / (last + 1 - first)).astype(np.float32)[:, None]
        out += np.ascontiguousarray(projected.start[:, own])[first]
        out += np.ascontiguousarray(projected.end[:, own])[last]
        out += self._widths[which][width]
        return _relu(out)

    def mentions(self, hidden: Floats, total: Floats, first: Ints, last: Ints, types: Floats) -> Floats:
        """A vector for each mention; total is `running(hidden)`; types [mentions, 5] sum to 1."""
        mean = (total[last + 1] - total[first]) / (last + 1 - first).astype(np.float32)[:, None]
        parts = np.concatenate([hidden[first], hidden[last], mean], axis=1)
        return _relu(self._linear["mention"](parts) + types @ self._types)

    def introduced(self, mentions: Floats) -> Floats:
        """Logits [mentions]: the paper presents the thing as new."""
        return self._linear["introduced"](mentions)[:, 0]

    def pairs(self, states: States, mentions: Floats, first: Ints, last: Ints, word: Ints) -> tuple[Floats, Floats]:
        """Logits of the relations [mentions, mentions, relations], head first, and of two mentions being one thing
        [mentions, mentions]; word is the first word of each mention."""
        total = running(states.between)
        low = np.minimum(last[:, None], last[None]) + 1
        high = np.maximum(first[:, None], first[None])
        near = ((high > low) & (high - low <= CONTEXT)).astype(np.float32)
        scale = near / np.maximum(high - low, 1).astype(np.float32)
        found = (total[np.maximum(high, low)] - total[low]) * scale[:, :, None]
        found += self._linear["head"](mentions)[:, None]
        found += self._linear["tail"](mentions)[None]
        found += self._linear["product"](mentions[:, None] * mentions[None])
        found += self._distance[np.searchsorted(DISTANCES, word[None] - word[:, None])]
        found = _relu(found)
        same = self._linear["same"](found)[:, :, 0]
        either: Floats = np.float32(0.5) * (same + same.T)
        return self._linear["relation"](found), either

    def sentences(self, total: Floats, pieces: Ints) -> Floats:
        """A vector for each sentence; total is `running(hidden)`; pieces [sentences, 2], end exclusive."""
        mean = (total[pieces[:, 1]] - total[pieces[:, 0]]) / (pieces[:, 1] - pieces[:, 0]).astype(np.float32)[:, None]
        at = np.arange(len(pieces))
        place = self._place[np.minimum(at, 15)] + self._place[16 + np.minimum(len(pieces) - 1 - at, 7)]
        return _relu(self._linear["sentence"](mean) + place)

    def kinds(self, sentences: Floats) -> Floats:
        """Logits [sentences, claim kinds]."""
        return self._linear["kind"](sentences)

    def far(self, sentences: Floats, mentions: Floats) -> Floats:
        """Logits [sentences, mentions]: the thing is the subject of a claim in a sentence that does not name it."""
        states = self._linear["far_sentence"](sentences)[:, None] + self._linear["far_mention"](mentions)[None]
        return self._linear["far"](_relu(states))[:, :, 0]
