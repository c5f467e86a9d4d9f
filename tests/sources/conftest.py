"""What the tests of the network share: fake services and doors on one fast clock, with a cache of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.sources.clocks import SPEED, FastClock
from tests.sources.doors import Open, Serve, TestDoor
from tests.sources.fake_server import FakeServer


@pytest.fixture
def clock() -> FastClock:
    return FastClock(SPEED)


@pytest.fixture
def serve(clock: FastClock) -> Serve:
    """Makes fake services on the clock of the doors, so that limits mean the same to both."""
    return partial(FakeServer, clock=clock)


@pytest.fixture
def open_door(tmp_path: Path, clock: FastClock) -> Iterator[Open]:
    """Makes doors with one cache, and closes them."""
    clients: list[TestDoor] = []

    def make(server: FakeServer | None = None, **settings: Any) -> TestDoor:
        cache = settings.pop("cache", str(tmp_path / "cache"))
        clients.append(TestDoor(server, clock, cache, **settings))
        return clients[-1]

    yield make
    for client in clients:
        client.close()
