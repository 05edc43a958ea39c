"""The real pages, the annotated abstracts and the large file: figures that must hold."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kg.read import Reject, distinct, read

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the shared data are not here")


def test_the_pages_hold_214_entries_and_155_papers() -> None:
    """None rejected, whatever the order of the files."""
    rejects: list[Reject] = []
    entries = list(read(SEEDS, on_reject=rejects.append))
    papers = list(distinct(entries, on_reject=rejects.append))
    shuffled = random.Random(1).sample(SEEDS, len(SEEDS))

    assert (len(entries), len(papers), rejects) == (214, 155, [])
    assert sum(len(paper.sources) for paper in papers) == 214
    assert list(distinct(read(shuffled, on_reject=rejects.append))) == papers
    assert all(paper.title and len(paper.text) > 300 for paper in papers)


def test_years_are_never_guessed() -> None:
    """Seven papers have a day without a year, and no year."""
    papers = list(distinct(read(SEEDS, on_reject=print)))
    bare = [paper for paper in papers if paper.date and paper.date.startswith("--")]

    assert len(bare) == 7
    assert all(paper.year is None for paper in bare)


def test_the_annotated_abstracts_come_with_their_ids_and_characters() -> None:
    """303 papers, every text and title as it stands, for the gold's offsets index them."""
    path = SHARED / "gold" / "papers.jsonl"
    given = {fields["id"]: fields for fields in map(json.loads, path.read_text(encoding="utf-8").splitlines())}

    papers = {paper.id: paper for paper in distinct(read([path], on_reject=print))}

    assert papers.keys() == given.keys()
    assert len(papers) == 303
    assert all(
        paper.text == given[name]["abstract"] and paper.title == given[name]["title"] for name, paper in papers.items()
    )


@pytest.mark.slow
def test_the_large_file_is_read_whole() -> None:
    """86,545 papers, none rejected; 33 stand at two venues."""
    rejects: list[Reject] = []
    entries = list(read([SHARED / "abstracts" / "papers.jsonl.gz"], on_reject=rejects.append))

    assert (len(entries), rejects) == (86_545, [])
    assert len(list(distinct(entries, on_reject=rejects.append))) == 86_512
    assert rejects == []
