"""The network that is trained: one encoder, and small heads over its word pieces.

Spans    start piece, end piece, mean inside and width, added up in a hidden layer; one output layer a set.
Tags     a BIO tagger beside it (auxiliary, Section 2a of the research note: steadier training).
Slots    the same span layer once more, for what fills subject, object, metric, dataset and value of a claim.
Mentions of a text get a vector each; from it: introduced or not, pairs (nine relations each way, and one thing or two), and pointing from a
sentence to a subject that stands elsewhere. Sentences: claim kinds, and the CSAbstruct roles (auxiliary).
The run-time twin in numpy is `kg.extract.neural.heads`; names of weights are the same there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from kg.extract.neural.tokens import MAX_WIDTH
from kg.train.corpora import KINDS, LABELS, RELATIONS, ROLES, SLOTS
from kg.train.encoder import load_encoder

__all__ = ["DISTANCES", "PAIR", "SPAN", "Network", "distance_bucket"]

SPAN, PAIR, SENTENCE = 192, 192, 192
DISTANCES = (-64, -32, -16, -8, -4, -2, 0, 2, 4, 8, 16, 32, 64)
"""Upper limits of the buckets of the distance in words between two mentions, head before tail positive."""


def distance_bucket(distance: torch.Tensor) -> torch.Tensor:
    """Bucket of each distance in words, 0 to len(DISTANCES)."""
    return torch.bucketize(distance, torch.tensor(DISTANCES, device=distance.device))


class SpanLayer(nn.Module):  # type: ignore[misc]  # torch is untyped here: it is an extra
    """Hidden vector of a span: W_s h(start) + W_e h(end) + mean of W_m h(inside) + w(width), through a ReLU."""

    def __init__(self, hidden: int, size: int) -> None:
        super().__init__()
        self.size = size
        self.project = nn.Linear(hidden, 3 * size)
        self.width = nn.Embedding(MAX_WIDTH, size)
        self.drop = nn.Dropout(0.2)

    def forward(self, hidden: torch.Tensor, text: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
        """hidden [texts, pieces, HIDDEN]; text [spans]; spans [spans, 3] first piece, last piece, width in words - 1."""
        start, end, inside = self.project(self.drop(hidden)).float().split(self.size, -1)
        total = nn.functional.pad(inside.cumsum(1), (0, 0, 1, 0))
        first, last, width = spans.T
        mean = (total[text, last + 1] - total[text, first]) / (last + 1 - first).unsqueeze(-1)
        return self.drop(nn.functional.relu(start[text, first] + end[text, last] + mean + self.width(width)))


class Network(nn.Module):  # type: ignore[misc]  # torch is untyped here: it is an extra
    """Encoder and heads. `encoder` is a folder of encoder weights, or None for the published MiniLM."""

    def __init__(self, encoder: Path | None = None) -> None:
        super().__init__()
        self.encoder: Any = load_encoder(encoder)
        self.hidden = hidden = int(self.encoder.config.hidden_size)
        self.drop = nn.Dropout(0.2)
        self.spans = SpanLayer(hidden, SPAN)
        self.types = nn.ModuleDict({name: nn.Linear(SPAN, 1 + len(labels)) for name, labels in LABELS.items()})
        self.tags = nn.ModuleDict({name: nn.Linear(hidden, 1 + 2 * len(labels)) for name, labels in LABELS.items()})
        self.slots = SpanLayer(hidden, SPAN)
        self.slot = nn.Linear(SPAN, len(SLOTS))
        self.mention = nn.Linear(3 * hidden, PAIR)
        self.mention_type = nn.Embedding(len(LABELS["gold"]), PAIR)
        self.introduced = nn.Linear(PAIR, 1)
        self.head = nn.Linear(PAIR, PAIR)
        self.tail = nn.Linear(PAIR, PAIR)
        self.product = nn.Linear(PAIR, PAIR, bias=False)
        self.between = nn.Linear(hidden, PAIR, bias=False)
        self.distance = nn.Embedding(len(DISTANCES) + 1, PAIR)
        self.relation = nn.Linear(PAIR, len(RELATIONS))
        self.same = nn.Linear(PAIR, 1)
        self.sentence = nn.Linear(hidden, SENTENCE)
        self.place = nn.Embedding(24, SENTENCE)
        self.kind = nn.Linear(SENTENCE, len(KINDS))
        self.role = nn.Linear(SENTENCE, len(ROLES))
        self.far_sentence = nn.Linear(SENTENCE, PAIR)
        self.far_mention = nn.Linear(PAIR, PAIR)
        self.far = nn.Linear(PAIR, 1)
        for table in (self.spans.width, self.slots.width, self.mention_type, self.distance, self.place):
            nn.init.normal_(table.weight, std=0.1)
        for layer in self.types.values():
            nn.init.constant_(layer.bias[0], 5.0)  # nearly all candidate spans are none
        nn.init.constant_(self.relation.bias, -3.0)
        nn.init.constant_(self.same.bias, -3.0)
        nn.init.constant_(self.slot.bias, -4.0)

    def encode(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Last hidden state [texts, pieces, HIDDEN] of piece ids and attention mask [texts, pieces]."""
        states: torch.Tensor = self.encoder(ids, attention_mask=mask).last_hidden_state
        return states

    def mentions_of(self, hidden: torch.Tensor, spans: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Vectors [mentions, PAIR] of one text: hidden [pieces, HIDDEN], spans [mentions, ≥2] pieces, soft types [mentions, 5]."""
        total = nn.functional.pad(hidden.float().cumsum(0), (0, 0, 1, 0))
        first, last = spans[:, 0], spans[:, 1]
        mean = (total[last + 1] - total[first]) / (last + 1 - first).unsqueeze(-1)
        parts = torch.cat([hidden[first].float(), hidden[last].float(), mean], -1)
        return self.drop(nn.functional.relu(self.mention(parts) + types @ self.mention_type.weight))

    def pairs_of(
        self, hidden: torch.Tensor, mentions: torch.Tensor, spans: torch.Tensor, words: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of one text: of the relations [mentions, mentions, RELATIONS], head first, and of two mentions being one thing
        [mentions, mentions], the same either way round; words [mentions, 2] first and last word."""
        total = nn.functional.pad(self.between(self.drop(hidden)).float().cumsum(0), (0, 0, 1, 0))
        first, last = spans[:, 0], spans[:, 1]
        low = torch.minimum(last[:, None], last[None, :]) + 1
        high = torch.maximum(first[:, None], first[None, :])
        length = (high - low).clamp(min=1)
        near = ((high > low) & (high - low <= 64)).unsqueeze(-1)
        context = (total[torch.maximum(high, low)] - total[low]) / length.unsqueeze(-1) * near
        distance = words[None, :, 0] - words[:, None, 0]
        joint = self.product(mentions[:, None, :] * mentions[None, :, :])
        states = self.head(mentions)[:, None] + self.tail(mentions)[None] + joint + context
        states = states + self.distance(distance_bucket(distance))
        states = self.drop(nn.functional.relu(states))
        same = self.same(states).squeeze(-1)
        return self.relation(states), (same + same.T) / 2

    def sentences_of(self, hidden: torch.Tensor, parts: torch.Tensor) -> torch.Tensor:
        """Vectors [sentences, SENTENCE] of one text from the mean of its pieces; parts [sentences, 2] pieces, end exclusive."""
        total = nn.functional.pad(hidden.float().cumsum(0), (0, 0, 1, 0))
        mean = (total[parts[:, 1]] - total[parts[:, 0]]) / (parts[:, 1] - parts[:, 0]).clamp(min=1).unsqueeze(-1)
        at = torch.arange(len(parts), device=parts.device)
        place = self.place(at.clamp(max=15)) + self.place(16 + (len(parts) - 1 - at).clamp(max=7))
        return self.drop(nn.functional.relu(self.sentence(self.drop(mean)) + place))

    def far_of(self, sentences: torch.Tensor, mentions: torch.Tensor) -> torch.Tensor:
        """Logits [sentences, mentions]: the mention's thing is the subject of a claim in that sentence, named elsewhere."""
        states = self.far_sentence(sentences)[:, None] + self.far_mention(mentions)[None]
        logits: torch.Tensor = self.far(self.drop(nn.functional.relu(states))).squeeze(-1)
        return logits
