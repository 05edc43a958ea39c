"""How fast extraction is beside the raw encoder and a bare spaCy pipeline, as ratios in one run; nothing fails on time.

Texts are the sample corpus of the package, repeated. One thread each. Run: `pytest -m bench tests/bench -s`.
"""

from __future__ import annotations

import importlib.util
import resource
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from kg.extract.neural import predict
from kg.extract.neural.assemble import assemble, group
from kg.extract.neural.predict import Model
from kg.extract.neural.tokens import Prepared
from kg.extract.sentences import sentence_spans

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(
        not (Path(predict.__file__).parent / "model" / "encoder.onnx").exists(),
        reason="no model folder in this checkout",
    ),
]


def _texts() -> list[str]:
    shared = Path(__file__).parents[3] / "shared" / "gold" / "papers.jsonl"
    if shared.exists():
        import json

        lines = shared.read_text(encoding="utf-8").splitlines()[:100]
        return [json.loads(line)["abstract"] for line in lines]
    return [files("kg").joinpath("README.md").read_text(encoding="utf-8")[:1300]] * 50


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def test_throughput(capsys: pytest.CaptureFixture[str]) -> None:
    """Model to pieces of records against the encoder alone, and against `en_core_web_sm` where it is installed."""
    texts = _texts()
    model = Model.load()
    prepared = [Prepared(text=t, sentences=tuple((s.start, s.end) for s in sentence_spans(t))) for t in texts]
    tokens = [model.tokeniser(one) for one in prepared]

    def whole() -> None:
        for text in texts:
            own = Prepared(text=text, sentences=tuple((s.start, s.end) for s in sentence_spans(text)))
            assemble(own, model.predict([own], group)[0], model.calibration)

    def raw() -> None:
        for one in tokens:
            model.encode(one)

    raw()
    encoder = min(_seconds(raw) for _ in range(3))
    every = min(_seconds(whole) for _ in range(3))
    with capsys.disabled():
        print(f"\n{len(texts)} abstracts: encoder {len(texts) / encoder:.1f}/s, extraction {len(texts) / every:.1f}/s")
        print(f"extraction at {encoder / every:.2f} of the raw encoder's throughput")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if importlib.util.find_spec("en_core_web_sm"):
        import spacy

        nlp = spacy.load("en_core_web_sm")
        bare = min(_seconds(lambda: list(nlp.pipe(texts))) for _ in range(2))
        with capsys.disabled():
            print(f"extraction takes {every / bare:.2f} times the time of a bare en_core_web_sm")
