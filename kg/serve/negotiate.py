"""Content negotiation, once: an Accept header and what there is, to the one that fits best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["best"]


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that the header likes best; the first offered for no header or "*/*"; None if none fits.

    Parameters other than q are ignored. Among equal wishes the earlier offer wins.

    >>> best("text/html;q=0.5, text/turtle", ["application/ld+json", "text/turtle"])
    'text/turtle'
    >>> best("image/png", ["text/turtle"]) is None
    True
    """
    if not accept or not accept.strip():
        return offered[0]
    wishes = [_wish(part) for part in accept.split(",") if part.strip()]
    found: tuple[float, int] | None = None
    for place, offer in enumerate(offered):
        quality = _quality(offer.partition(";")[0].strip(), wishes)
        if quality > 0 and (found is None or quality > found[0]):
            found = (quality, place)
    return offered[found[1]] if found else None


def _wish(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return kind.lower(), quality


def _quality(offer: str, wishes: list[tuple[str, float]]) -> float:
    """The q of the most exact wish that covers the offer."""
    main = offer.partition("/")[0]
    exactness = {offer: 3, f"{main}/*": 2, "*/*": 1}
    fitting = [(exactness[kind], quality) for kind, quality in wishes if kind in exactness]
    return max(fitting)[1] if fitting else 0.0
