"""Threads that ask several services at once: jobs in, their outcomes out, one after the other, to the calling thread.

Each service has its own few threads; how many requests are really open is the door's affair. The threads end with the
process, so that one which the system holds in a look-up of a name keeps nobody waiting.
"""

from __future__ import annotations

import queue
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_LAST_WAIT = 2.0
"""Seconds that outcomes are still waited for once a run was stopped."""


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """A call that asks one service."""

    service: str
    call: Callable[[], T]


@dataclass(frozen=True, slots=True)
class JobResult(Generic[T]):
    """What the job at `number` gave, or the exception that it raised."""

    number: int
    value: T | None = None
    error: BaseException | None = None


def run(
    jobs: Sequence[Job[T]], threads: Callable[[str], int], done: Callable[[int, T], None], stop: Callable[[], None]
) -> bool:
    """Runs the jobs and hands each value to `done`, with the job's number, in the order in which they come.

    At most `threads(service)` of a service's jobs run at once. True if Ctrl-C ended it: then `stop` was called, and
    what was done until then was handed over. Raises what a job raised, after `stop`.
    """
    waiting: dict[str, deque[tuple[int, Job[T]]]] = defaultdict(deque)
    for number, job in enumerate(jobs):
        waiting[job.service].append((number, job))
    outcomes: queue.SimpleQueue[JobResult[T]] = queue.SimpleQueue()
    for service, own in waiting.items():
        for _ in range(min(len(own), max(1, threads(service)))):
            threading.Thread(target=_work, args=(own, outcomes), name=f"pubtrack {service}", daemon=True).start()
    left = len(jobs)
    try:
        while left:
            try:
                outcome = outcomes.get(timeout=0.5)  # not for ever: Ctrl-C would not get through everywhere
            except queue.Empty:
                continue
            left -= 1
            _hand_over(outcome, done)
    except KeyboardInterrupt:
        left -= _end(waiting, stop)
        while left > 0:
            try:
                _hand_over(outcomes.get(timeout=_LAST_WAIT), done)
            except queue.Empty:
                break
            left -= 1
        return True
    except BaseException:
        _end(waiting, stop)
        raise
    return False


def _work(own: deque[tuple[int, Job[T]]], outcomes: queue.SimpleQueue[JobResult[T]]) -> None:
    while True:
        try:
            number, job = own.popleft()
        except IndexError:
            return
        try:
            outcomes.put(JobResult(number, value=job.call()))
        except BaseException as error:
            outcomes.put(JobResult(number, error=error))


def _hand_over(outcome: JobResult[T], done: Callable[[int, T], None]) -> None:
    if outcome.error is not None:
        raise outcome.error
    done(outcome.number, outcome.value)  # type: ignore[arg-type]


def _end(waiting: dict[str, deque[tuple[int, Job[T]]]], stop: Callable[[], None]) -> int:
    """Takes the jobs that nobody has begun away, and says how many they were; those that run are stopped."""
    taken = 0
    for own in waiting.values():
        try:
            while True:
                own.popleft()
                taken += 1
        except IndexError:
            continue
    stop()
    return taken
