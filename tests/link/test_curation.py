"""The curation file: read strictly, stronger than everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.domain import EntityType
from kg.errors import LinkError
from kg.link import link, parse_curation, read_curation
from tests.link.given import ids_by_entity, name, names_of

_GOOD = """\
# what we know better
same: ViT | Vision Transformer | image transformer   # three names, one thing
never-same: Adam | AdaMixUp

label: ViT | The Vision Transformer
type: GLUE | dataset
"""


def test_statements_are_read(tmp_path: Path) -> None:
    """Comments, blank lines and a byte order mark do not count."""
    path = tmp_path / "curation.txt"
    path.write_text("\ufeff" + _GOOD, encoding="utf-8")
    curation = read_curation(path)
    assert curation.joins("vit", "image transformer")
    assert curation.parts("adamixup", "adam")
    assert curation.types["glue"] == EntityType.DATASET


def test_a_curation_overrides(tmp_path: Path) -> None:
    """What it joins is one, with its label and the reason; what it parts is two, whatever the spelling."""
    curation = parse_curation([*_GOOD.splitlines(), "never-same: back propagation | backpropagation"])
    found = names_of("ViT", "Vision Transformers", "image transformer", kind="ARCH")
    (thing,) = link(found, curation=curation)
    assert thing.label == "The Vision Transformer"
    assert "curated" in {reason.rule for reason in thing.reasons}
    ids = ids_by_entity(names_of("back propagation", "backpropagation"), curation=curation)
    assert ids["back propagation"] != ids["backpropagation"]


def test_a_curated_type_is_the_type() -> None:
    """Against all papers."""
    (thing,) = link(
        [name("a", "GLUE", "METHOD"), name("b", "GLUE", "METHOD")], curation=parse_curation(["type: GLUE | DATASET"])
    )
    assert thing.type == EntityType.DATASET


def test_never_same_reaches_abbreviations() -> None:
    """A short form that a person keeps apart stays apart."""
    found = [name("a", "large glow model", "ARCH", "LGM"), name("b", "LGM", "ARCH")]
    ids = ids_by_entity(found, curation=parse_curation(["never-same: LGM | large glow model"]))
    assert ids["LGM"] != ids["large glow model"]


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        (["same: A1"], 1, "not a statement"),
        (["", "equal: A1 | B2"], 2, "unknown statement"),
        (["same: A1 | "], 1, "not a statement"),
        (["type: A1 | GADGET"], 1, "unknown type"),
        (["label: A1 | B | C"], 1, "two fields"),
        (["label: A1 | B", "label: a1 | C"], 2, "line 1 says otherwise"),
        (["same: A1 | B2", "same: B2 | C3", "never-same: C3 | A1"], 3, "also said to be the same"),
        (["never-same: GAN | GANs"], 1, "one name"),
    ],
)
def test_a_bad_line_is_told_by_number(lines: list[str], line: int, what: str) -> None:
    """With the file, the line, and what would be right."""
    with pytest.raises(LinkError, match=what) as raised:
        parse_curation(lines, file="c.txt")
    assert (raised.value.where.file, raised.value.where.line) == ("c.txt", line)
    assert raised.value.to_do


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Missing, or not UTF-8."""
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "missing.txt", broken):
        with pytest.raises(LinkError, match="cannot be read"):
            read_curation(path)


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    """Never a traceback."""
    try:
        parse_curation(lines)
    except LinkError as error:
        assert error.where.line is not None
