"""Pictures of the graph: one self-contained page, and the colours and layout that every picture shares."""

from __future__ import annotations

from kg.callable_module import make_callable

make_callable(__name__)
