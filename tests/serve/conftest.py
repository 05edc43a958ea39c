"""One read-only and one writable server for all tests of the folder that do not need their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.serve import ServeOptions
from kg.serve.index import Index
from tests import samples
from tests.serve.server import Running, running


@pytest.fixture(scope="session")
def index() -> Index:
    """The index of the three sample papers."""
    return Index.of(samples.graph())


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    """A read-only server."""
    with running(samples.graph(), ServeOptions(title="Three papers", workers=2, seconds=3, rows=1000)) as found:
        yield found


@pytest.fixture(scope="session")
def writable() -> Iterator[Running]:
    """A server that takes updates."""
    with running(samples.graph(), ServeOptions(title="Three papers", writable=True)) as found:
        yield found
