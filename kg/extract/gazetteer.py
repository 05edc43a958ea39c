"""Well-known things, looked up in a run of words.

In: `gazetteer.txt` beside this file, and forms that a caller adds. Out: the longest match at a word, with its type.
Lower-case forms match in any case and number; other forms match as written, with or without a plural s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from kg.domain import EntityType
from kg.extract.heads import singular
from kg.extract.words import Word

__all__ = ["Gazetteer", "default_gazetteer"]


class Gazetteer:
    """A lookup of forms by their first word.

    >>> from kg.domain import Span
    >>> from kg.extract.words import words_of
    >>> text = "Deep graph neural networks win."
    >>> default_gazetteer().longest(words_of(text, Span(start=0, end=len(text))), 1)
    (3, <EntityType.ARCH: 'ARCH'>)
    """

    def __init__(self, forms: Iterable[tuple[str, EntityType]]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], EntityType]] = {}
        self._exact: dict[str, EntityType] = {}
        for form, kind in forms:
            parts = form.split()
            if len(parts) == 1 and form != form.lower():
                self._exact.setdefault(form, kind)
            elif parts:
                key = _key(parts)
                self._by_first.setdefault(key[0], {}).setdefault(key, kind)
        self._longest = max((len(key) for keys in self._by_first.values() for key in keys), default=1)

    def longest(self, words: Sequence[Word], at: int) -> tuple[int, EntityType] | None:
        """How many words the longest form that begins at a word has, and its type."""
        keys = self._by_first.get(singular(words[at].lower))
        if keys:
            run = [words[at]]
            for word in words[at + 1 : at + self._longest]:
                if not word.joined:
                    break
                run.append(word)
            for length in range(len(run), 0, -1):
                kind = keys.get(_key([word.lower for word in run[:length]]))
                if kind is not None:
                    return length, kind
        kind = self._exact.get(words[at].text) or self._exact.get(words[at].text.removesuffix("s"))
        return (1, kind) if kind is not None else None

    def type_of(self, form: str) -> EntityType | None:
        """The type of a form that is listed as it stands."""
        parts = form.split()
        if not parts:
            return None
        return self._exact.get(form) or self._by_first.get(singular(parts[0].lower()), {}).get(_key(parts))


def _key(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(singular(part.lower()) for part in parts)


@cache
def default_gazetteer() -> Gazetteer:
    """The forms of `gazetteer.txt`, read once."""
    forms: list[tuple[str, EntityType]] = []
    kind: EntityType | None = None
    for line in (files("kg.extract") / "gazetteer.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = EntityType(line.strip("[] "))
        elif kind is not None and not line.startswith("#"):
            forms += [(form.strip(), kind) for form in line.split(";") if form.strip()]
    return Gazetteer(forms)
