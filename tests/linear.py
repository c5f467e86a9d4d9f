"""Tells linear from quadratic growth; figures of speed are for benchmarks/, this only asks how the work grows."""

from __future__ import annotations

import time
from collections.abc import Callable


def grows_linearly(run: Callable[[int], object], *, small: int) -> bool:
    """Whether `run(10 * small)` takes about ten times as long as `run(small)`, where a quadratic one takes a hundred.

    Processor time, and more runs each time before the answer is no: other processes on the machine must not decide.
    """
    for runs in range(1, 5):
        few, many = (_seconds(run, count, times) for count, times in ((small, runs + 2), (10 * small, runs)))
        if many < 35 * max(few, 0.002):
            return True
    return False


def _seconds(run: Callable[[int], object], count: int, runs: int) -> float:
    """The least processor time of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        run(count)
        times.append(time.process_time() - start)
    return min(times)
