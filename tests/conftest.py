"""What all tests share: no sockets but loopback, the same examples at every run, and --update-golden.

`PUBTRACK_PROPERTIES=random` (make properties) tries other examples, and more of them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# The same examples at every run, so that a commit passes or fails for itself; `make properties` looks further.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
PROFILE = os.environ.get("PUBTRACK_PROPERTIES", "fixed")
settings.load_profile(PROFILE)
MORE = 20
"""So many times as many examples are tried by the profile "random"."""

LOOPBACK = ("127.", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.hookimpl(trylast=True)  # Hypothesis marks its tests first
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under the profile "random" all tests have more examples, those that name a number too."""
    if PROFILE != "random":
        return
    functions = (item for item in items if isinstance(item, pytest.Function) and item.get_closest_marker("hypothesis"))
    for test in {getattr(item.obj, "__func__", item.obj) for item in functions}:
        own = getattr(test, "_hypothesis_internal_use_settings", settings())
        test._hypothesis_internal_use_settings = settings(own, max_examples=MORE * own.max_examples)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection to anything but this machine fails the test."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test opened a socket to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)
    yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes the file under --update-golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == text

    return compare
