"""The seam: names, defaults, errors, fingerprints, lightness."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.errors import UsageError
from kg.extract import EXTRACTORS, default_extractor, load
from kg.extract.extractor import Extractor, code_fingerprint
from kg.extract.weights import weights_folder


def test_unknown_name() -> None:
    """A name that is none is the user's error, and the message lists the names."""
    with pytest.raises(UsageError, match="rules"):
        load("magic")


def test_default() -> None:
    """The model where its weights are installed, the rules elsewhere."""
    assert default_extractor() == ("model" if weights_folder("model") else "rules")
    assert default_extractor() in EXTRACTORS


def test_rules_are_an_extractor() -> None:
    """What `load` gives has the shape of the protocol, and a fingerprint that does not change between instances."""
    first, second = load("rules"), load("rules")
    assert isinstance(first, Extractor)
    assert first.fingerprint == second.fingerprint == f"rules-{code_fingerprint()}"


def test_importing_is_light() -> None:
    """Importing the package loads neither spaCy nor onnxruntime nor numpy."""
    code = "import kg.extract, sys; print([m for m in ('spacy', 'onnxruntime', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
