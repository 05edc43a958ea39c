"""A fixture that reads a text or bytes as a file and gives all that came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.domain import Paper
from kg.read import Reject, Remark, read


@dataclass(frozen=True, slots=True)
class Outcome:
    """Papers, rejects and remarks of one reading."""

    papers: list[Paper]
    rejects: list[Reject]
    remarks: list[Remark]

    @property
    def titles(self) -> list[str]:
        return [paper.title for paper in self.papers]

    @property
    def reasons(self) -> list[str]:
        return [reject.reason for reject in self.rejects]

    @property
    def paper(self) -> Paper:
        """The only paper, of a file with nothing to reject."""
        assert not self.rejects, self.rejects
        (paper,) = self.papers
        return paper


ReadAs = Callable[..., Outcome]


def outcome_of(path: Path, **options: object) -> Outcome:
    """Read one path."""
    rejects: list[Reject] = []
    remarks: list[Remark] = []
    papers = list(read([path], on_reject=rejects.append, on_remark=remarks.append, **options))  # type: ignore[arg-type] # passed on as given
    return Outcome(papers, rejects, remarks)


@pytest.fixture
def read_as(tmp_path: Path) -> ReadAs:
    """`read_as(content, name="in.txt", format=..., ...)` writes the file and reads it."""

    def read_content(
        content: str | bytes, name: str = "in", columns: Mapping[str, str] | None = None, **options: object
    ) -> Outcome:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return outcome_of(path, columns=columns, **options)

    return read_content
