"""A door to the fake services for tests, on a clock that runs fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pubtrack.sources.http import Client, Settings
from tests.sources.clocks import FastClock
from tests.sources.fake_server import FakeServer

MAILTO = "ada.brook@uni.edu"


class TestDoor(Client):
    """A door that remembers its remarks, and counts a request from its reply on: a fast clock hurries no thread."""

    __test__ = False

    def __init__(self, server: FakeServer | None, clock: FastClock, cache: str, **settings: Any) -> None:
        given = {"mailto": MAILTO, "base_urls": server.base_urls if server is not None else {}, "cache": cache}
        self.said: list[str] = []
        super().__init__(
            Settings(**given | settings),
            remark=self.said.append,
            clock=clock,
            random=lambda: 0.5,
            grace=float("inf"),
        )


Open = Callable[..., TestDoor]
"""A fake server and settings to a door that leads there."""
Serve = Callable[..., FakeServer]
"""Works and faults to a fake server."""
