"""Pictures of the graph: one self-contained page, and the colours and layout that every picture shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.callable_module import make_callable

if TYPE_CHECKING:
    from kg.view.page import Viewed

__all__ = ["Viewed"]

make_callable(__name__)


def __getattr__(name: str) -> Any:
    """`Viewed`, on first use: the page is not loaded for the colours."""
    if name == "Viewed":
        from kg.view.page import Viewed

        return Viewed
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
