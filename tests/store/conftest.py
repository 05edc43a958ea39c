from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples import records, things
from tests.store.states import publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the three sample papers."""
    place = tmp_path / "graph"
    publish(place, records(), things(records()), hierarchy=[("thing/quicknet", "thing/slownet")])
    return place
