"""Records do not depend on who made them; what was kept before a kill is not made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import build
from kg.domain import Paper
from kg.errors import UsageError
from kg.flow import contributions, extraction
from kg.flow.extraction import records_of
from kg.flow.options import BuildOptions
from kg.flow.workshop import Workshop
from tests.flow import workers
from tests.flow.corpus import OPTIONS, paper, write
from tests.flow.states import state


def test_any_number_of_workers_gives_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction and contributions in two processes, and in this one."""
    monkeypatch.setattr(extraction, "_FEW", 0)
    monkeypatch.setattr(extraction, "_BATCH", 4)
    monkeypatch.setattr(contributions, "_FEW", 0)
    monkeypatch.setattr(contributions, "_PAPERS", 4)
    monkeypatch.setattr(contributions, "_FEW_THINGS", 0)
    monkeypatch.setattr(contributions, "_THINGS", 4)
    file = write(tmp_path / "a.jsonl", [paper(number) for number in range(20)])
    for count in (1, 2):
        report = build([file], tmp_path / str(count), options=replace(OPTIONS, workers=count))
        assert report.extracted == 20
    assert state(tmp_path / "1") == state(tmp_path / "2")


def test_records_come_in_the_order_of_the_papers() -> None:
    """The extraction stage alone."""
    papers = [
        Paper(id=str(fields["id"]), title=str(fields["title"]), text=str(fields["abstract"]))
        for fields in map(paper, (3, 1, 2))
    ]
    assert [r.id for r in records_of(papers, extractor="rules", workers=1)] == ["p003", "p001", "p002"]


def test_a_text_that_kills_every_worker_costs_nothing_but_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others of its batch are read, in order; its own record is empty and says why."""
    monkeypatch.setattr(extraction, "_FEW", 0)
    monkeypatch.setattr(extraction, "_BATCH", 3)
    papers = [Paper(id=str(n), title="", text="POISON" if n == 4 else "We train.") for n in range(8)]
    work = extraction.Work("rules", 0.0)
    batches = work.spread(
        Workshop(workers=2),
        workers.poisoned,
        papers,
        len(papers),
        kept=lambda record: f"{record.id}: {record.notes[0]}",
    )
    read = [name for batch in batches for name in batch]
    assert read == ["0", "1", "2", "3", f"4: {extraction._KILLS}", "5", "6", "7"]


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"min_score": 1.5}, {"min_score": -0.1}])
def test_options_that_cannot_be_are_the_users_error(wrong: dict[str, int]) -> None:
    """Said at once."""
    with pytest.raises(UsageError):
        BuildOptions(**wrong)  # type: ignore[arg-type]  # mypy cannot see which field a name stands for
