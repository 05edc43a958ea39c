"""Where the files of the ontology are: the same names in a checkout and in an installed wheel.

In a wheel they lie inside the package (`kg/ontology`), in a checkout beside it (`ontology`). What it cannot do:
packages inside a zip archive are not unpacked; install the wheel.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError

__all__ = ["ontology_file", "ontology_folder"]

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "ontology", _PACKAGE.parent / "ontology")


def ontology_folder() -> Path:
    """The folder that holds the ontology's files. Raises UsageError where the installation lacks it.

    >>> ontology_folder().name
    'ontology'
    """
    for place in _PLACES:
        if place.is_dir():
            return place
    raise UsageError("this installation has no ontology files", to_do="install abstract-kg again")


def ontology_file(name: str) -> Path:
    """The path of one file of the ontology, by its name there: "concepts.ttl", "questions/evaluated-on.rq".

    Raises UsageError where there is none; a name that leads out of the folder is none.
    """
    folder = ontology_folder()
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise UsageError(f"the ontology has no file {name!r}", to_do="install abstract-kg again")
    return path
