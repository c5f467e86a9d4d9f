"""When a service may be asked again: every request passes `enter` before it is sent and `leave` when it is answered.

Windows slide: of any `seconds` in a row none sees more than `count` requests reach the service. A request reaches it
some time between being written and being answered, so it counts from its answer on, or from a little after it was
written.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from pubtrack.sources._clock import Clock
from pubtrack.sources._hosts import CAUTIOUS, Limits, documented_limit, named_in

GRACE = 0.15
"""Seconds after which a request that was written to its connection has reached the service."""
SPARE = 1.02
"""Windows are this much longer than asked for: other clocks differ."""
FAILURES = 5
"""So many failed tries in a row, and a service is left alone for the rest of the run."""


class ClosedError(Exception):
    """The service is not to be asked any more in this run; the text says why."""


class TooLateError(Exception):
    """The service may not be asked before the time at which the caller gives up."""


@dataclass(slots=True)
class Passage:
    """One request on its way: when it was let out, when it was written to its connection, when its answer came."""

    service: str
    pool: str
    begun: float
    written: float = math.inf
    answered: float = math.inf

    def counts_from(self, grace: float) -> float:
        """The latest time at which it can have reached the service."""
        return min(self.answered, self.written + grace)


@dataclass(slots=True)
class _Lane:
    """One service: what is open, what was sent, what it has said."""

    service: str
    limits: dict[str, Limits] = field(default_factory=dict)
    answered: bool = False
    in_flight: int = 0
    sent: dict[str, deque[Passage]] = field(default_factory=dict)
    paused_until: float = -math.inf
    closed: str = ""
    failures: int = 0


class Pacer:
    """Keeps every service's limits, over all threads of one run; `limits` are those of one that has named none."""

    def __init__(
        self,
        clock: Clock,
        *,
        identified: bool = False,
        grace: float = GRACE,
        limits: Callable[[str], Limits] | None = None,
    ) -> None:
        self._clock, self._grace = clock, grace
        self._documented = limits or partial(documented_limit, identified=identified)
        self._lanes: dict[str, _Lane] = {}
        self._changed = threading.Condition()
        self._stopped = ""

    def enter(self, service: str, pool: str, until: float) -> Passage:
        """Waits until the service may be asked.

        Raises ClosedError if it is not to be asked any more, and TooLateError if its turn comes after `until`.
        """
        with self._changed:
            while True:
                lane = self._lane(service)
                if reason := self._stopped or lane.closed:
                    raise ClosedError(reason)
                now = self._clock.now()
                delay = self._delay(lane, pool, now)
                if delay <= 0:
                    passage = Passage(service, pool, now)
                    lane.in_flight += 1
                    lane.sent.setdefault(pool, deque()).append(passage)
                    return passage
                if now >= until or (delay < math.inf and now + delay > until):
                    raise TooLateError
                self._clock.wait(self._changed, min(delay, until - now))

    def written(self, passage: Passage) -> None:
        """The request has gone out over a connection that stands."""
        with self._changed:
            passage.written = self._clock.now()
            self._changed.notify_all()

    def leave(self, passage: Passage, headers: Mapping[str, str] | None) -> None:
        """The request is answered, with these headers (names in lower case), or has failed (None)."""
        with self._changed:
            lane = self._lane(passage.service)
            lane.in_flight -= 1
            passage.answered = self._clock.now()
            if headers is not None:
                lane.answered = True
                present = lane.limits.get(passage.pool) or self._documented(passage.service)
                lane.limits[passage.pool] = named_in(headers, passage.pool, present)
            self._changed.notify_all()

    def pause(self, service: str, seconds: float) -> None:
        """Asks the service nothing for so long."""
        with self._changed:
            lane = self._lane(service)
            lane.paused_until = max(lane.paused_until, self._clock.now() + seconds)
            self._changed.notify_all()

    def wait(self, service: str, seconds: float, until: float) -> None:
        """Lets so long pass, for one try only, unless the service is closed meanwhile or that is past `until`."""
        ends = self._clock.now() + seconds
        if ends > until:
            raise TooLateError
        with self._changed:
            while (now := self._clock.now()) < ends:
                if reason := self._stopped or self._lane(service).closed:
                    raise ClosedError(reason)
                self._clock.wait(self._changed, ends - now)

    def close(self, service: str, reason: str) -> None:
        """Asks the service nothing any more."""
        with self._changed:
            lane = self._lane(service)
            lane.closed = lane.closed or reason
            self._changed.notify_all()

    def closed(self, service: str) -> str:
        """Why the service is not asked any more, or ""."""
        with self._changed:
            return self._stopped or self._lane(service).closed

    def worked(self, service: str) -> None:
        """A reply was as it should be."""
        with self._changed:
            self._lane(service).failures = 0

    def failed(self, service: str, reason: str) -> None:
        """A try has failed; after FAILURES in a row the service is closed."""
        with self._changed:
            lane = self._lane(service)
            lane.failures += 1
            if lane.failures >= FAILURES:
                lane.closed = lane.closed or f"{reason}; after {FAILURES} failures in a row it was not asked again"
                self._changed.notify_all()

    def stop(self, reason: str) -> None:
        """Lets nobody in any more; all that wait get ClosedError."""
        with self._changed:
            self._stopped = self._stopped or reason
            self._changed.notify_all()

    def at_once(self, service: str) -> int:
        """How many requests the service lets be open at the same time, as far as it is known."""
        with self._changed:
            lane = self._lane(service)
            known = lane.limits.values() or (self._documented(service),)
            return max(limits.in_flight for limits in known)

    def _lane(self, service: str) -> _Lane:
        return self._lanes.setdefault(service, _Lane(service))

    def _limits(self, lane: _Lane, pool: str) -> Limits:
        known = self._documented(lane.service)
        if not lane.answered:  # never faster than cautious, nor than documented
            return Limits((*CAUTIOUS.rates, *known.rates), CAUTIOUS.in_flight)
        return lane.limits.get(pool) or Limits((*CAUTIOUS.rates, *known.rates), known.in_flight)

    def _delay(self, lane: _Lane, pool: str, now: float) -> float:
        """Seconds until a request may go out; infinite while only an answer can open the way."""
        limits = self._limits(lane, pool)
        at_once = min([limits.in_flight, *(other.in_flight for other in lane.limits.values())])
        if lane.in_flight >= at_once:
            return math.inf
        delay = lane.paused_until - now
        sent = lane.sent.setdefault(pool, deque())
        longest = max(rate.seconds for rate in limits.rates) * SPARE
        while sent and sent[0].counts_from(self._grace) + longest <= now:
            sent.popleft()
        times = sorted(passage.counts_from(self._grace) for passage in sent)
        for rate in limits.rates:
            if len(times) >= rate.count:
                delay = max(delay, times[len(times) - rate.count] + rate.seconds * SPARE - now)
        return delay
