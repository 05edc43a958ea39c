"""The direction of imports, the weight of `import kg`, and the one public door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent / "kg"

GROUND = {"domain", "errors", "identifiers", "codec", "resources", "callable_module", "staging", "bulk", ""}
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "errors": set(),
    "resources": {"errors"},
    "staging": {"errors"},
    "bulk": set(),
    "callable_module": {"verbs"},
    "": {"errors", "verbs"},
    "identifiers": {"errors"},
    "codec": {"domain", "errors"},
    "read": GROUND,
    "extract": GROUND,
    "link": GROUND,
    "graph": GROUND,
    "rdf": GROUND | {"graph"},
    "store": GROUND | {"graph", "rdf", "link", "read"},
    "export": GROUND | {"graph", "rdf", "store", "view"},
    "view": GROUND | {"graph", "rdf", "store"},
    "serve": GROUND | {"graph", "rdf", "store", "view", "export"},
    "evaluate": GROUND | {"graph", "rdf", "store"},
    "train": GROUND | {"extract", "evaluate"},
}
HEAVY = (
    "spacy",
    "rdflib",
    "networkx",
    "pyvis",
    "pyoxigraph",
    "numpy",
    "pandas",
    "pyarrow",
    "onnxruntime",
    "lxml",
    "rich",
)


def _part(path: Path) -> str:
    relative = path.relative_to(ROOT)
    first = relative.parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_imports_follow_the_flow_of_data(part: str) -> None:
    """A part imports itself and what lies before it, and nothing else of ours."""
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        if _part(path) != part:
            continue
        for module, line in _imports(path):
            if module == "kg" or not module.startswith("kg."):
                continue
            target = module.split(".")[1]
            if target != part and target not in MAY_IMPORT[part]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {module}")
    assert wrong == []


def test_import_kg_is_light() -> None:
    """`import kg` loads none of the heavy libraries."""
    code = f"import kg, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_verb_can_be_reached() -> None:
    """The public door: what `kg` lists is there and can be called, before and after its package is imported."""
    for verb in kg.VERBS:
        assert callable(getattr(kg, verb)), verb
    with pytest.raises(AttributeError):
        _ = kg.no_such_verb


def test_verbs_that_are_packages_stay_callable() -> None:
    """Importing a package of a verb's name does not hide the verb."""
    code = (
        "import kg, kg.extract, kg.link, kg.export, kg.view, kg.serve, kg.evaluate, kg.build\n"
        "print(all(callable(getattr(kg, verb)) for verb in kg.VERBS))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
