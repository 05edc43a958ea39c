"""Modules that can be called, so that a verb and the package that does it can share a name.

The design fixes both `kg/extract/` as a package and `kg.extract(...)` as a verb. Importing a package sets its name on
its parent, which would hide a function of that name; so the package itself is made callable and passes the call on to
the verb (decision 0003). `kg.extract(papers)` and `kg.extract.load("rules")` both work.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["make_callable"]


class _Verb(ModuleType):
    """A module whose call is the function of the same name in `kg.verbs`."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        verb = getattr(import_module("kg.verbs"), self.__name__.rpartition(".")[2])
        return verb(*args, **options)


def make_callable(name: str) -> None:
    """Let the imported module of that name be called as its verb; doing it twice changes nothing."""
    sys.modules[name].__class__ = _Verb
