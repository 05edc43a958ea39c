"""What "our method", "the proposed model", "this approach" and "we" stand for.

In: text, sentences, entities, what the paper introduces. Out: references, spans of text with the entity that each stands for.
A reference goes to the paper's main thing of a fitting kind: among what it introduces, the one named most often, the
earliest where two are even. What it cannot do: pronouns, and papers that introduce nothing with a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.domain import Entity, EntityType, Mention, Span

__all__ = ["Reference", "find_references", "main_thing"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reference:
    """A stretch of text that stands for an entity without naming it."""

    span: Span
    entity: str


_METHOD_NOUNS = (
    "method|approach|model|framework|algorithm|network|architecture|system|technique|strategy|scheme|procedure|solution|pipeline|"
    "module|layer|mechanism|paradigm|formulation|agent|policy|learner|classifier|optimizer|loss|objective|design|tool|toolkit"
)
_DATA_NOUNS = "dataset|data set|benchmark|corpus|collection|resource|testbed"
_REFERENCE = re.compile(
    r"\b(?P<which>[Oo]ur|[Tt]he (?:proposed|resulting|presented|introduced|new|novel|developed|suggested)|[Tt]h(?:is|ese)|[Tt]he)"
    rf"\s(?:(?:proposed|new|novel|simple|final|full|best|resulting|overall|own|entire)\s)?(?:[\w-]+\s)?(?P<noun>{_METHOD_NOUNS}|{_DATA_NOUNS})e?s?\b"
)
_BARE = re.compile(rf"\b[Tt]he\s(?P<noun>{_METHOD_NOUNS}|{_DATA_NOUNS})\b(?!\s(?:of|for|to|that|which))")


def main_thing(
    introduced: Sequence[str], entities: Sequence[Entity], mentions: Sequence[Mention], kinds: frozenset[EntityType]
) -> str | None:
    """The introduced entity of one of these kinds that is named most often; the earlier one where two are even."""
    types = {entity.name: entity.type for entity in entities}
    fitting = [name for name in introduced if types.get(name) in kinds]
    counts = {name: sum(m.entity == name for m in mentions) for name in fitting}
    return max(fitting, key=lambda name: (counts[name], -fitting.index(name)), default=None)


METHODS = frozenset({EntityType.METHOD, EntityType.ARCH})
DATASETS = frozenset({EntityType.DATASET})


def find_references(
    text: str,
    sentences: Sequence[Span],
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    introduced: Sequence[str],
) -> tuple[Reference, ...]:
    """References in order, none inside a mention.

    >>> text = "We propose Foo. Our method wins."
    >>> foo = Mention(start=11, end=14, text="Foo", type=EntityType.METHOD, entity="Foo")
    >>> found = find_references(text, [], [Entity(name="Foo", type=EntityType.METHOD)], [foo], ["Foo"])
    >>> [(reference.span.of(text), reference.entity) for reference in found]
    [('Our method', 'Foo')]
    """
    method = main_thing(introduced, entities, mentions, METHODS)
    dataset = main_thing(introduced, entities, mentions, DATASETS)
    starts = {name: min((m.start for m in mentions if m.entity == name), default=0) for name in introduced}
    found: list[Reference] = []
    for match in _REFERENCE.finditer(text):
        name = dataset if re.fullmatch(_DATA_NOUNS, match["noun"]) else method
        which = match["which"].lower()
        if name is None or (which in ("this", "these", "the") and match.start() < starts[name]):
            continue
        if which == "the" and not _BARE.match(text, match.start()):
            continue
        span = Span(start=match.start(), end=match.end())
        if not any(m.start < span.end and span.start < m.end for m in mentions):
            found.append(Reference(span=span, entity=name))
    return tuple(found)
