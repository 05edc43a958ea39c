"""The trained model: texts in, scored raw predictions out, in plain Python values.

Comes in: the model folder (`encoder.onnx` in int8, `heads.npz`, `tokenizer.json`, `model.json`) and `Prepared` texts.
Goes out: a `Prediction` each. One text is one call of the encoder: dynamic quantisation takes its scales from the whole
input, so that a text read in company would depend on its company; alone, the same text gives the same bytes.
Cannot: name entities or build claims; that is `kg.extract.neural.assemble`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from kg.errors import ModelError
from kg.extract.neural.calibration import Calibration
from kg.extract.neural.decode import decode
from kg.extract.neural.heads import Floats, Heads, States
from kg.extract.neural.prediction import Grouping, Prediction, RawFar, RawMention, RawRelation, RawSlot
from kg.extract.neural.tokens import Prepared, Tokenised, Tokeniser

__all__ = ["Grouping", "Model", "Prediction", "Prepared", "RawFar", "RawMention", "RawRelation", "RawSlot"]


class Model:
    """The shipped model. Immutable after loading; `predict` may be called from several threads."""

    def __init__(
        self, *, session: Any, heads: Heads, tokeniser: Tokeniser, calibration: Calibration, version: str
    ) -> None:
        self._session = session
        self.heads = heads
        self.tokeniser = tokeniser
        self.calibration = calibration
        self.version = version
        # The heads' products are small: threads of BLAS wait for each other longer than they work (six times slower on
        # two busy cores), and their number would show in the last bits of a score.
        self._pools = ThreadpoolController()

    @classmethod
    def load(cls, path: Path | None = None, *, threads: int = 1) -> Model:
        """Load a model folder, by default the one in the package; `threads` is what one text may use.

        Raises ModelError where the folder lacks a file or has one that does not fit.
        """
        import onnxruntime

        folder = path or Path(__file__).parent / "model"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Without VNNI instructions the runtime's fast products of u8 and s8 saturate at 16 bits: hidden states are then off by a
        # tenth, and a record depends on the processor. This makes it use exact ones there; elsewhere it changes nothing.
        options.add_session_config_entry("session.x64quantprecision", "1")
        try:
            described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "heads.npz") as arrays:
                heads = Heads({name: arrays[name] for name in arrays.files})
            session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), sess_options=options, providers=["CPUExecutionProvider"]
            )
            calibration = Calibration.of(described["calibration"])
            tokeniser = Tokeniser(folder / "tokenizer.json")
        except Exception as error:
            raise ModelError(
                f"the trained model in {folder} cannot be loaded: {error}", to_do="reinstall, or use --extractor rules"
            ) from error
        return cls(
            session=session, heads=heads, tokeniser=tokeniser, calibration=calibration, version=described["version"]
        )

    def predict(self, texts: Iterable[Prepared], group: Grouping | None = None) -> list[Prediction]:
        """A prediction for each text, in order. `group` says which mentions are one thing, by default by folded text."""
        return list(self.stream(texts, group))

    def stream(self, texts: Iterable[Prepared], group: Grouping | None = None) -> Iterator[Prediction]:
        """As `predict`, one at a time."""
        for prepared in texts:
            tokens = self.tokeniser(prepared)
            if len(tokens.first) == 0:
                yield Prediction(kinds=tuple({} for _ in prepared.sentences))
                continue
            with self._pools.limit(limits=1, user_api="blas"):
                prediction = decode(prepared, tokens, self.encode(tokens), self.heads, self.calibration, group)
            yield prediction

    def encode(self, tokens: Tokenised) -> States:
        """States of the pieces of a text, put together from its windows."""
        parts: list[list[Floats]] = [[], [], []]
        for window in tokens.windows:
            found = self._session.run(None, {"ids": np.array([window.ids], dtype=np.int64)})
            for part, output in zip(parts, found, strict=True):
                part.append(output[0, slice(*window.rows)])
        hidden, projected, between = (part[0] if len(part) == 1 else np.concatenate(part) for part in parts)
        return States(hidden, projected, between)
