"""How linking grows with the number of papers, and what 100 papers more cost; nothing fails on time.

Names are made up: common ones that many papers use, rare ones that few do, as in real text (about three of four
names are common). Processor seconds in one run. Run: `pytest -m bench tests/bench -s`.
"""

from __future__ import annotations

import math
import random
import sqlite3
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from kg.domain import EntityType
from kg.link import Name, default_authority
from kg.link.linker import Linker
from kg.link.normalise import fold

pytestmark = pytest.mark.bench

_SIZES = (2_000, 4_000, 8_000, 16_000)
_NAMES_A_PAPER = 12
_SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "xi", "zo"]
_TAILS = ("network", "learning", "model", "detection", "attention", "method", "loss", "dataset")


def _names(papers: range) -> Iterator[Name]:
    labels = [concept.label for concept in default_authority().concepts.values()]
    for number in papers:
        chance = random.Random(number)
        for place in range(_NAMES_A_PAPER):
            if chance.random() < 0.75:
                entity = labels[int(len(labels) * chance.random() ** 3)]
            else:
                entity = "".join(chance.choices(_SYLLABLES, k=4)) + " " + chance.choice(_TAILS)
            yield Name(
                paper=f"p{number}",
                entity=f"{entity} {place}",
                type=chance.choice(tuple(EntityType)),
                key=fold(entity),
                forms=((entity, 1),),
            )


def test_growth(capsys: pytest.CaptureFixture[str]) -> None:
    """Seconds at each size, the exponent between sizes, and the cost of 100 papers as a part of the whole."""
    seconds: list[float] = []
    lines: list[str] = []
    for size in _SIZES:
        connection = sqlite3.connect(":memory:")
        linker = Linker(connection)
        found = list(_names(range(size)))
        began = time.process_time()
        linker.update(found)
        things = sum(1 for _ in linker.things())
        seconds.append(time.process_time() - began)
        began = time.process_time()
        delta = linker.update(_names(range(size, size + 100)))
        more = time.process_time() - began
        lines.append(
            f"{size} papers: {seconds[-1]:.1f} s, {things} things; 100 more: {more:.2f} s, {len(delta.changed)} things"
        )
    growth = [math.log(b / a, 2) for a, b in pairwise(seconds)]
    with capsys.disabled():
        print("\n" + "\n".join(lines) + "\nexponents " + ", ".join(f"{exponent:.2f}" for exponent in growth))
