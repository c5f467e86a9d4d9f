"""Clocks for tests: one that a test sets, one that runs faster than the world."""

from __future__ import annotations

import threading
import time

from pubtrack.sources._clock import Clock

SPEED = 20.0
"""How fast the clock of most tests runs."""


class SetClock(Clock):
    """Time stands still but for waiting, which takes no time; for one thread."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.seconds

    def today(self) -> float:
        return 1_700_000_000.0 + self.seconds

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        del condition
        self.waits.append(seconds)
        self.seconds += seconds


class FastClock(Clock):
    """A second of this clock is `1 / speed` seconds; server and client share it, so limits keep their meaning."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._begin, self._passed = time.monotonic(), 0.0

    def now(self) -> float:
        return self._passed + (time.monotonic() - self._begin) * self.speed

    def run_at(self, speed: float) -> None:
        """Goes on from now at another speed."""
        self._passed, self._begin, self.speed = self.now(), time.monotonic(), speed

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        condition.wait(min(seconds / self.speed, threading.TIMEOUT_MAX))
