"""Tests of where the ontology's files are found."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.resources import ontology_file, ontology_folder


def test_folder_is_the_ontology() -> None:
    """The folder is found whether the package is installed or not."""
    assert ontology_folder().is_dir()


def test_no_file_outside() -> None:
    """A name that leads out of the folder is not a file of the ontology."""
    with pytest.raises(UsageError, match="no file"):
        ontology_file("../pyproject.toml")


def test_unknown_name() -> None:
    """An unknown name is told, not opened."""
    with pytest.raises(UsageError, match=r"nothing\.ttl"):
        ontology_file("nothing.ttl")
