"""Where the weights of the trained extractors are installed.

"model" ships inside this package; "accurate" is a wheel of its own (`abstract-kg-accurate`, module `kg_accurate`).
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ModelError

__all__ = ["installed_weights", "weights_folder", "weights_version"]

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


def installed_weights(name: str) -> Path:
    """As `weights_folder`. Raises ModelError where they are not installed."""
    folder = weights_folder(name)
    if folder is None:
        raise ModelError(
            f"the weights of the extractor {name!r} are not installed", to_do="install them, or use --extractor rules"
        )
    return folder


def weights_version(name: str) -> str:
    """The version of installed weights, without loading them. Raises ModelError where they are not installed or damaged."""
    folder = installed_weights(name)
    try:
        return str(json.loads((folder / _NEEDED).read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelError(
            f"the trained model in {folder} cannot be loaded: {error}", to_do="reinstall, or use --extractor rules"
        ) from error
