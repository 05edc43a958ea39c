"""Word lists that ship beside the code: sections of words in a plain text file.

In: the name of a file of this package, and of a section. Out: its words. A line that begins with # is a comment, [name] begins a section.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["sections", "words_in"]


@cache
def sections(file: str) -> dict[str, tuple[str, ...]]:
    """All sections of a file, each with its words in order.

    >>> sorted(sections("heads.txt"))[:2]
    ['alone ARCH', 'alone METHOD']
    """
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (files("kg.extract") / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            current += line.split()
    return {name: tuple(words) for name, words in found.items()}


def words_in(section: str, file: str = "lexicon.txt") -> frozenset[str]:
    """The words of one section.

    >>> "the" in words_in("function words")
    True
    """
    return frozenset(sections(file)[section])
