"""Text to record: the extraction stage and its one seam.

In: papers. Out: one `Record` a paper, in the order given. `load` gives an `Extractor` by name; what lies behind it is nobody's business but
this package's. Heavy libraries are imported when an extractor is loaded, not before.
"""

from __future__ import annotations

from kg.callable_module import make_callable
from kg.extract.extractor import EXTRACTORS, Extractor

__all__ = ["EXTRACTORS", "Extractor", "default_extractor", "fingerprint_of", "load"]

make_callable(__name__)


def default_extractor() -> str:
    """The name of the extractor that is used where none is asked for: the trained model if its weights are installed.

    >>> default_extractor() in EXTRACTORS
    True
    """
    from kg.extract.weights import weights_folder

    return "model" if weights_folder("model") is not None else "rules"


def fingerprint_of(name: str) -> str:
    """The fingerprint that the extractor of that name will have, without the seconds and the memory of loading it.

    Raises UsageError for a name that is none, ModelError where the weights are not installed.

    >>> fingerprint_of("rules") == load("rules").fingerprint
    True
    """
    from kg.extract.extractor import code_fingerprint, trained_fingerprint
    from kg.extract.weights import weights_version

    if _known(name) == "rules":
        return f"rules-{code_fingerprint()}"
    return trained_fingerprint(name, weights_version(name))


def _known(name: str) -> str:
    from kg.errors import UsageError

    if name not in EXTRACTORS:
        raise UsageError(f"no extractor {name!r}", to_do="choose one of " + ", ".join(EXTRACTORS))
    return name


def load(name: str | None = None, *, threads: int = 1) -> Extractor:
    """An extractor by name: "rules", "model", "accurate"; the default one for None. `threads` are those of one text.

    Raises UsageError for a name that is none, ModelError where the weights are not installed or do not fit.

    >>> load("rules").name
    'rules'
    """
    chosen = _known(default_extractor() if name is None else name)
    if chosen == "rules":
        from kg.extract.rules import RuleExtractor

        return RuleExtractor()
    from kg.extract.model import ModelExtractor

    return ModelExtractor(chosen, threads=threads)
