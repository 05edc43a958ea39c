"""Where the weights of the trained extractors are installed.

"model" ships inside this package; "accurate" is a wheel of its own (`abstract-kg-accurate`, module `kg_accurate`).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__all__ = ["weights_folder"]

_NEEDED = "model.json"


def weights_folder(name: str) -> Path | None:
    """The folder with the weights of a trained extractor; None where they are not installed.

    >>> weights_folder("rules") is None
    True
    """
    if name == "model":
        folder = Path(__file__).parent / "neural" / "model"
    elif name == "accurate":
        spec = find_spec("kg_accurate")
        if spec is None or spec.origin is None:
            return None
        folder = Path(spec.origin).parent / "model"
    else:
        return None
    return folder if (folder / _NEEDED).is_file() else None
