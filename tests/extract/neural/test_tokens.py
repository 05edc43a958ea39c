"""Tokenising: words, spans, sentences, windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.neural import predict
from kg.extract.neural.tokens import MAX_WIDTH, WINDOW, Prepared, Tokeniser

MODEL = Path(predict.__file__).parent / "model"
pytestmark = pytest.mark.skipif(not (MODEL / "tokenizer.json").exists(), reason="no model folder in this checkout")


@pytest.fixture(scope="module")
def tokenise() -> Tokeniser:
    """The shipped tokenizer."""
    return Tokeniser(MODEL / "tokenizer.json")


def test_words_slice_back(tokenise: Tokeniser) -> None:
    """Every word's offsets give the word, in title and text."""
    prepared = Prepared(title="GPT-3 reads", text="We train ResNet-50. It won.", sentences=((0, 19), (20, 27)))
    tokens = tokenise(prepared)
    texts = [prepared.title, prepared.text, prepared.text]
    words = [texts[p][a:b] for p, a, b in zip(tokens.part, tokens.start, tokens.end, strict=True)]
    assert words == ["GPT", "-", "3", "reads", "We", "train", "ResNet", "-", "50", ".", "It", "won", "."]


def test_spans_stay_within_one_sentence(tokenise: Tokeniser) -> None:
    """No candidate crosses from one sentence, or the title, into the next; none is wider than allowed."""
    tokens = tokenise(Prepared(title="A title", text="One here. Two there.", sentences=((0, 9), (10, 20))))
    assert (tokens.part[tokens.span_from] == tokens.part[tokens.span_to]).all()
    assert int((tokens.span_to - tokens.span_from).max()) < MAX_WIDTH


@pytest.mark.parametrize("count", [100, 250, 700, 2000])
def test_windows_give_every_piece_once(tokenise: Tokeniser, count: int) -> None:
    """The kept rows of all windows are the pieces of the whole, in order, and no window is too long."""
    text = " ".join(f"word{at}" for at in range(count))
    tokens = tokenise(Prepared(title="A title", text=text, sentences=((0, len(text)),)))
    kept: list[int] = []
    for window in tokens.windows:
        assert len(window.ids) <= WINDOW
        assert window.pieces[0] == len(kept)
        kept += window.ids[slice(*window.rows)]
    assert list(tokens.ids) == kept


def test_empty_text(tokenise: Tokeniser) -> None:
    """A text without words has no spans."""
    tokens = tokenise(Prepared(text="", sentences=()))
    assert (len(tokens.first), len(tokens.span_from), len(tokens.part_pieces)) == (0, 0, 1)
