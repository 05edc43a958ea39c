"""Which quantities of a sentence are values of a claim, and values that are words ("state-of-the-art").

In: a sentence and the quantities of its text. Out: values in order, as written. Left out are counts of things that are no
outcome ("three datasets", "two stages"), parts of names, and years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.domain import Quantity, QuantityKind, Span
from kg.extract.quantities import FoundQuantity

__all__ = ["Value", "values_in"]

_BEST = re.compile(
    r"\b(?:achiev\w*|attain\w*|obtain\w*|yield\w*|reach\w*|set\w*|establish\w*|deliver\w*|advanc\w*|provid\w*|produc\w*|demonstrat\w*|lead\w* to|"
    r"result\w* in|with|show\w*|gain\w*|push\w*|improv\w*|new)\s(?:[\w-]+\s){0,3}?(?P<value>(?:new\s)?(?:state[- ]of[- ]the[- ]arts?|SOTA|SoTA))\b"
    r"(?!\s(?:[\w-]+\s)?(?:methods?|models?|approach\w*|baselines?|algorithms?|systems?|techniques?|competitors?|architectures?|networks?|work))",
    re.IGNORECASE,
)
_SMALL = 12
_WORD_AFTER = re.compile(r"\s?-?([A-Za-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Value:
    """A value as written, where it stands, and the quantity that it is, if it is a number."""

    span: Span
    text: str
    quantity: Quantity | None = field(default=None, compare=False)


def values_in(text: str, sentence: Span, quantities: Sequence[FoundQuantity]) -> tuple[Value, ...]:
    """The values of one sentence, in order.

    >>> from kg.extract.quantities import find_quantities
    >>> text = "It achieves state-of-the-art results on 3 datasets, with 95.2% accuracy."
    >>> [value.text for value in values_in(text, Span(start=0, end=len(text)), find_quantities(text))]
    ['state-of-the-art', '95.2%']
    """
    found = [
        Value(span=q.span, text=q.quantity.text, quantity=q.quantity)
        for q in quantities
        if sentence.start <= q.span.start and q.span.end <= sentence.end and _tells(text, q)
    ]
    for match in _BEST.finditer(text, sentence.start, sentence.end):
        found.append(Value(span=Span(start=match.start("value"), end=match.end("value")), text=match["value"]))
    return tuple(sorted(found))


def _tells(text: str, found: FoundQuantity) -> bool:
    """Whether a quantity is an outcome or a size rather than a small count or a number in a formula."""
    quantity = found.quantity
    if (
        quantity.unit is not None
        or quantity.kind in (QuantityKind.CHANGE, QuantityKind.COMPLEXITY)
        or quantity.tolerance is not None
    ):
        return True
    value = quantity.low if quantity.low is not None else quantity.high
    if value is None:
        return False
    if value % 1:
        return True
    after = _WORD_AFTER.match(text, found.span.end, found.span.end + 24)
    return (
        abs(value) >= _SMALL
        and after is not None
        and after.group(1) not in ("layers", "layer", "datasets", "tasks", "and")
    )
