"""The shipped model: what every prediction must hold, whatever the text."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from kg.domain import ClaimKind
from kg.errors import ModelError
from kg.extract.neural import predict
from kg.extract.neural.assemble import assemble, group
from kg.extract.neural.predict import Model
from kg.extract.neural.tokens import Prepared
from kg.extract.sentences import sentence_spans

MODEL = Path(predict.__file__).parent / "model"
needs_model = pytest.mark.skipif(not (MODEL / "encoder.onnx").exists(), reason="no model folder in this checkout")

TEXTS = (
    "We propose HyperNet, a graph neural network for node classification. On Cora it reaches 91.2% accuracy.",
    "",
    "…",
    "Wir zeigen ein neues Verfahren für die Übersetzung von Texten.",
    "x" * 3000,
    "\n\t We use 𝒳 and 日本語 – \u200b done.",
)


def _prepared(text: str) -> Prepared:
    return Prepared(text=text, sentences=tuple((span.start, span.end) for span in sentence_spans(text)))


@pytest.fixture(scope="module")
def model() -> Model:
    """The model in the package."""
    return Model.load()


@needs_model
@pytest.mark.parametrize("text", TEXTS)
def test_predictions_hold_for_any_text(model: Model, text: str) -> None:
    """Mentions are ordered, do not overlap and slice back; indices point to mentions; probabilities are in [0, 1]."""
    prepared = _prepared(text)
    (prediction,) = model.predict([prepared], group)
    places = [(m.start, m.end) for m in prediction.mentions]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert len(prepared.sentences) == len(prediction.kinds)
    assert all(0 <= p <= 1 for row in prediction.kinds for p in row.values())
    assert all(raw.head != raw.tail < len(places) for raw in prediction.relations)
    assemble(prepared, prediction, model.calibration)


@needs_model
def test_a_text_does_not_depend_on_its_company(model: Model) -> None:
    """The same text gives the same prediction alone, among others, and in another order."""
    texts = [_prepared(text) for text in TEXTS]
    alone = [model.predict([text], group)[0] for text in texts]
    assert alone == model.predict(texts, group)
    assert alone[::-1] == model.predict(texts[::-1], group)


@needs_model
def test_long_texts_are_read_in_windows(model: Model) -> None:
    """A text of four times the window is read to its end."""
    text = " ".join([TEXTS[0]] * 60)
    (prediction,) = model.predict([_prepared(text)], group)
    assert max(m.end for m in prediction.mentions) > len(text) - 120


@needs_model
def test_it_understands_the_obvious(model: Model) -> None:
    """A plain sentence of the field: the new thing, the data set, the claim and its value."""
    prepared = _prepared(TEXTS[0])
    (prediction,) = model.predict([prepared], group)
    pieces = assemble(prepared, prediction, model.calibration)
    assert {"HyperNet", "Cora"} <= {m.text for m in pieces.mentions}
    assert pieces.introduced == ("HyperNet",)
    assert ClaimKind.CONTRIBUTION in {c.kind for c in pieces.claims}


@needs_model
@pytest.mark.bench
def test_loading_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Loading takes under half a second on an idle core; printed, never judged."""
    began = time.perf_counter()
    Model.load()
    with capsys.disabled():
        print(f"\nmodel loads in {time.perf_counter() - began:.2f} s")


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    """A folder without the files raises our own error, with what to do."""
    with pytest.raises(ModelError, match="reinstall"):
        Model.load(tmp_path)


@needs_model
def test_integer_products_are_exact_on_any_processor(model: Model, tmp_path: Path) -> None:
    """The same weights moved to unsigned bytes, which no processor saturates, give the same hidden states."""
    onnx = pytest.importorskip("onnx", reason="the extra [train] is not installed")
    from onnx import numpy_helper

    encoder = onnx.load(str(MODEL / "encoder.onnx"))
    arrays = {one.name: one for one in encoder.graph.initializer}
    for node in encoder.graph.node:
        for name in (node.input[1], node.input[3]) if node.op_type == "MatMulInteger" else ():
            moved = (numpy_helper.to_array(arrays[name]).astype("int16") + 128).astype("uint8")
            arrays[name].CopyFrom(numpy_helper.from_array(moved, name))
    for file in MODEL.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    onnx.save(encoder, str(tmp_path / "encoder.onnx"))
    tokens = model.tokeniser(_prepared(TEXTS[0]))
    assert (model.encode(tokens).hidden == Model.load(tmp_path).encode(tokens).hidden).all()
