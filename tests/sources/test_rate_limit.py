"""Pacing: no window of a service sees more than it allows, and what it says in its replies is what holds."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from itertools import pairwise

import pytest

from pubtrack.sources._hosts import CAUTIOUS, HOSTS, MOST, Limits, Rate, documented_limit, named_in
from pubtrack.sources._rate_limit import FAILURES, ClosedError, Pacer, TooLateError
from tests.sources.clocks import SetClock

POLITE = {
    "x-rate-limit-limit": "3",
    "x-rate-limit-interval": "1s",
    "x-concurrency-limit": "3",
    "x-rate-limit-type": "array",
    "x-api-pool": "polite-array",
}


def test_the_headers_of_a_reply_are_its_limits() -> None:
    assert named_in(POLITE, "list", CAUTIOUS) == Limits((Rate(3, 1.0),), 3)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, CAUTIOUS),
        ({"x-rate-limit-limit": "5"}, CAUTIOUS),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "1s"}, CAUTIOUS),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"}, Limits((Rate(1, 1.0),), 1)),
        ({"x-rate-limit-limit": "10", "x-rate-limit-interval": "1m"}, Limits((Rate(10, 60.0),), 1)),
        ({"x-rate-limit-limit": "500", "x-rate-limit-interval": "0s"}, Limits(MOST.rates, 1)),
        ({"x-rate-limit-limit": "999999999", "x-rate-limit-interval": "1ms"}, Limits(MOST.rates, 1)),
        ({"x-concurrency-limit": "1000"}, Limits(CAUTIOUS.rates, MOST.in_flight)),
        ({"x-concurrency-limit": "-3"}, CAUTIOUS),
    ],
)
def test_odd_headers_change_nothing_or_are_bounded(headers: Mapping[str, str], expected: Limits) -> None:
    assert named_in(headers, "list", CAUTIOUS) == expected


def test_figures_of_another_pool_hold_only_if_they_are_lower() -> None:
    slow = Limits((Rate(1, 1.0),), 1)
    single = POLITE | {"x-rate-limit-limit": "10", "x-rate-limit-type": "single"}
    assert named_in(single, "list", slow).rates == slow.rates
    assert named_in(single, "list", Limits((Rate(20, 1.0),), 1)).rates == (Rate(10, 1.0),)


def test_every_service_has_an_address_and_a_name() -> None:
    for host in HOSTS.values():
        assert host.base.startswith("https://")
        assert host.title


def test_a_service_that_was_never_heard_is_asked_once_a_second_and_one_at_a_time() -> None:
    clock = SetClock()
    pacer = Pacer(clock, identified=True)
    first = pacer.enter("crossref", "list", 2000.0)
    with pytest.raises(TooLateError):
        pacer.enter("crossref", "single", clock.now() + 0.5)
    pacer.leave(first, None)
    second = pacer.enter("crossref", "list", 3000.0)
    assert 1.0 <= second.begun - first.answered <= 1.1


@pytest.mark.parametrize(("service", "seconds"), [("arxiv", 3.0), ("dblp", 2.0)])
def test_slow_services_are_never_asked_faster_than_they_say(service: str, seconds: float) -> None:
    clock = SetClock()
    pacer = Pacer(clock, identified=False)
    times = []
    for _ in range(5):
        passage = pacer.enter(service, "single", 10_000.0)
        times.append(clock.now())
        clock.seconds += 0.1
        pacer.leave(passage, {})
    assert all(later - earlier >= seconds for earlier, later in pairwise(times))


def test_windows_slide_and_count_from_the_reply() -> None:
    clock = SetClock()
    pacer = Pacer(clock, identified=True)
    times = []
    for _ in range(40):
        passage = pacer.enter("crossref", "list", 10_000.0)
        times.append(clock.now())
        clock.seconds += 0.05
        pacer.leave(passage, POLITE)
    arrived = [time + 0.05 for time in times]  # at the latest
    for place in range(4, len(times)):
        assert times[place] - arrived[place - 3] >= 1.0
    assert times[-1] - times[1] < 38 / 3 * 1.15


def test_the_pools_of_a_service_have_windows_of_their_own_but_share_what_is_open() -> None:
    clock = SetClock()
    pacer = Pacer(clock, identified=True)
    pacer.leave(pacer.enter("crossref", "list", 9e9), POLITE)
    pacer.leave(pacer.enter("crossref", "single", 9e9), POLITE | {"x-rate-limit-type": "single"})
    clock.seconds += 10
    held = [pacer.enter("crossref", pool, 9e9) for pool in ("list", "single", "list")]
    assert len(held) == 3
    with pytest.raises(TooLateError):
        pacer.enter("crossref", "single", clock.now() + 5)


def test_two_windows_of_one_service_both_hold() -> None:
    clock = SetClock()
    pacer = Pacer(clock, identified=False)
    times = []
    for _ in range(520):
        passage = pacer.enter("datacite", "single", 9e9)
        times.append(clock.now())
        pacer.leave(passage, {})
    assert times[500] - times[0] >= 300
    assert all(later - earlier >= 1.0 for earlier, later in zip(times[1:], times[6:], strict=False))
    assert documented_limit("datacite", identified=True).rates[1] == Rate(1000, 300.0)


def test_a_pause_holds_for_all_pools() -> None:
    clock = SetClock()
    pacer = Pacer(clock, identified=True)
    pacer.leave(pacer.enter("crossref", "list", 9e9), POLITE)
    pacer.pause("crossref", 40)
    before = clock.now()
    pacer.enter("crossref", "single", 9e9)
    assert clock.now() - before >= 40


def test_failures_in_a_row_close_a_service_and_others_do_not() -> None:
    pacer = Pacer(SetClock(), identified=False)
    for _ in range(FAILURES - 1):
        pacer.failed("crossref", "Crossref broke off the connection")
    pacer.worked("crossref")
    for _ in range(FAILURES - 1):
        pacer.failed("crossref", "Crossref broke off the connection")
    assert pacer.closed("crossref") == ""
    pacer.failed("crossref", "Crossref broke off the connection")
    with pytest.raises(ClosedError, match="5 failures in a row"):
        pacer.enter("crossref", "list", 9e9)
    assert pacer.closed("datacite") == ""


def test_stopping_lets_go_of_who_waits() -> None:
    from pubtrack.sources._clock import Clock

    pacer = Pacer(Clock(), identified=False)
    pacer.pause("crossref", 1000)
    reasons = []

    def wait() -> None:
        try:
            pacer.enter("crossref", "list", 9e9)
        except ClosedError as error:
            reasons.append(str(error))

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    pacer.stop("stopped")
    for thread in threads:
        thread.join(5)
    assert reasons == ["stopped"] * 3
