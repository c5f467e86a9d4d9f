"""The time that the network code lives by: one object in, so that tests let hours pass in an instant."""

from __future__ import annotations

import threading
import time


class Clock:
    """The machine's own clock; a test gives another one with these three methods."""

    def now(self) -> float:
        """Seconds that only ever grow, from any beginning."""
        return time.monotonic()

    def today(self) -> float:
        """Seconds since 1970, for what is kept."""
        return time.time()

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        """Waits on a condition that the caller holds until it is notified, or for so long."""
        condition.wait(min(seconds, threading.TIMEOUT_MAX))
