"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kg

_OPTIONAL = ("kg.train", "kg.cluster")


def _modules() -> list[str]:
    names = (module.name for module in pkgutil.walk_packages(kg.__path__, "kg."))
    return sorted(name for name in names if not name.endswith("__main__"))


@pytest.mark.parametrize("name", _modules())
def test_docstring_examples_run(name: str) -> None:
    """The examples of one module, each as it stands."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if name.startswith(_OPTIONAL):
            pytest.skip(f"an extra is not installed: {missing.name}")
        raise
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert failed == 0
