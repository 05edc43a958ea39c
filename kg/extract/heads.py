"""Head nouns and what kind of thing a phrase with such a head names.

The lists are in `heads.txt`, written from knowledge of the field along the guidelines. `ALONE` may be a
mention by itself ("accuracy", "transformers"); the others need a modifier ("convolutional network", not "network").
"""

from __future__ import annotations

from functools import cache, lru_cache

from kg.domain import EntityType
from kg.extract.wordlists import sections

__all__ = ["ALONE", "HEADS", "NAME_ENDINGS", "head_type", "singular"]


def _table(group: str) -> dict[str, EntityType]:
    table: dict[str, EntityType] = {}
    for kind in (EntityType.ARCH, EntityType.METHOD, EntityType.TASK, EntityType.METRIC, EntityType.DATASET):
        for word in sections("heads.txt").get(f"{group} {kind.value}", ()):
            table.setdefault(word, kind)
    return table


ALONE = _table("alone")
HEADS = ALONE | _table("modified")

NAME_ENDINGS: tuple[tuple[str, EntityType], ...] = (
    ("net", EntityType.ARCH), ("nets", EntityType.ARCH), ("nn", EntityType.ARCH), ("nns", EntityType.ARCH),
    ("former", EntityType.ARCH), ("formers", EntityType.ARCH), ("bert", EntityType.ARCH), ("lstm", EntityType.ARCH),
    ("lstms", EntityType.ARCH), ("gan", EntityType.ARCH), ("gans", EntityType.ARCH), ("vae", EntityType.ARCH), ("vaes", EntityType.ARCH),
    ("llm", EntityType.ARCH), ("llms", EntityType.ARCH), ("lm", EntityType.ARCH), ("lms", EntityType.ARCH), ("gpt", EntityType.ARCH),
    ("cnn", EntityType.ARCH), ("gcn", EntityType.ARCH), ("gru", EntityType.ARCH), ("mlp", EntityType.ARCH), ("ae", EntityType.ARCH),
    ("vit", EntityType.ARCH), ("kan", EntityType.ARCH), ("mixer", EntityType.ARCH), ("mamba", EntityType.ARCH), ("llama", EntityType.ARCH),
    ("bench", EntityType.DATASET), ("qa", EntityType.DATASET), ("eval", EntityType.DATASET), ("mnist", EntityType.DATASET),
    ("sgd", EntityType.METHOD), ("po", EntityType.METHOD), ("opt", EntityType.METHOD), ("prop", EntityType.METHOD),
    ("search", EntityType.METHOD), ("mix", EntityType.METHOD), ("rl", EntityType.METHOD),
)  # fmt: skip
"""What the end of a coined name tells of its kind; the longest that fits wins."""

_IRREGULAR = {
    "corpora": "corpus", "indices": "index", "matrices": "matrix", "analyses": "analysis", "hypotheses": "hypothesis", "bases": "basis",
    "losses": "loss", "biases": "bias", "processes": "process", "classes": "class", "passes": "pass", "data": "data", "series": "series",
    "criteria": "criterion", "phenomena": "phenomenon", "vertices": "vertex", "axes": "axis", "syntheses": "synthesis",
    "diagnoses": "diagnosis", "prognoses": "prognosis", "mice": "mouse", "lenses": "lens", "buses": "bus", "viruses": "virus",
    "searches": "search", "branches": "branch", "patches": "patch", "batches": "batch", "approaches": "approach", "sketches": "sketch",
    "matches": "match", "benches": "bench", "caches": "cache", "heroes": "hero",
}  # fmt: skip
_KEPT = ("ss", "us", "is", "ics", "sis", "ias", "os", "bayes", "gauss")


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of an English noun, in the case it was given; what is no plural comes back unchanged.

    >>> singular("networks"), singular("Hypotheses"), singular("loss"), singular("GANs"), singular("boundaries")
    ('network', 'Hypothesis', 'loss', 'GAN', 'boundary')
    """
    lower = word.lower()
    if lower in _IRREGULAR:
        other = _IRREGULAR[lower]
        return other.capitalize() if word[:1].isupper() and word[1:].islower() else other
    if len(word) < 3 or not lower.endswith("s") or lower.endswith(_KEPT) or word[-1] == "S":
        return word
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if lower.endswith(("sses", "xes", "zzes", "shes", "ches")):
        return word[:-2]
    return word[:-1]


@cache
def head_type(word: str) -> EntityType | None:
    """The kind of thing that a phrase with this last word names, plural or singular; None if the word is no head.

    >>> head_type("networks"), head_type("Theorems")
    (<EntityType.ARCH: 'ARCH'>, None)
    """
    lower = word.lower()
    return HEADS.get(lower) or HEADS.get(singular(lower)) or _by_part(lower)


def _by_part(lower: str) -> EntityType | None:
    """A hyphenated head counts by its last part: "bi-encoder", "self-distillation"."""
    part = lower.rpartition("-")[2]
    return None if part == lower else HEADS.get(part) or HEADS.get(singular(part))
