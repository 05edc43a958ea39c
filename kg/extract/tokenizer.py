"""A tokenizer for spaCy that takes linear time on any text: words, single signs, white space.

spaCy's own takes off prefixes and suffixes one by one, which is quadratic on a run of signs ("((((…"); abstracts from the wild hold such runs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["WordTokenizer"]

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class WordTokenizer:
    """Text to Doc; the Doc's text is the text, code point for code point.

    >>> import spacy
    >>> [token.text for token in WordTokenizer(spacy.blank("en").vocab)("Top-1 of  96%.")]
    ['Top', '-', '1', 'of', ' ', '96', '%', '.']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens; one space after a token belongs to it, further white space is a token of its own."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            piece = match.group()
            if piece[0].isspace() and words and not spaces[-1] and piece[0] == " ":
                spaces[-1] = True
                piece = piece[1:]
            if piece:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_options: Any) -> bytes:
        """Nothing: it has no state but the vocabulary."""
        return b""

    def from_bytes(self, _data: bytes, **_options: Any) -> WordTokenizer:
        """Itself."""
        return self

    def to_disk(self, _path: str | Path, **_options: Any) -> None:
        """Nothing is written."""

    def from_disk(self, _path: str | Path, **_options: Any) -> WordTokenizer:
        """Itself."""
        return self
