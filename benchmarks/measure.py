"""Times whole processes and calls, and the memory that processes take at most; tables of the results."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""A title, the columns' names, the rows."""


# An installed program has its bytecode beside it; a machine that forbids writing it would measure the compiler.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds on the clock and megabytes at its peak (0 where the system does not say).

    `stopped` when it was ended because it took longer than it was allowed.
    """

    seconds: float
    megabytes: float = 0.0
    stopped: bool = False

    def __str__(self) -> str:
        return f"over {self.seconds:.0f} s" if self.stopped else f"{self.seconds:.2f} s"


def process(command: Sequence[str], *, stdin: Path | None = None, limit: float = 600) -> Run:
    """Runs `command` once. A command that fails is an error: its time would mean nothing."""
    with (stdin or Path(os.devnull)).open("rb") as source, tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, stderr=errors, env=_ENVIRONMENT)
        megabytes = _waited(child, begin + limit)
        seconds = time.perf_counter() - begin
        if child.returncode is None:
            child.kill()
            child.wait()
            return Run(limit, stopped=True)
        if child.returncode:
            errors.seek(0)
            reason = errors.read()[-2000:].decode(errors="replace")
            raise RuntimeError(f"{' '.join(command)[:200]} failed: {reason}")
    return Run(seconds, megabytes)


def _waited(child: subprocess.Popen[bytes], end: float) -> float:
    """Waits for the child until `end`; its peak of memory in megabytes, 0 where the system does not tell."""
    if not hasattr(os, "wait4"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, end - time.perf_counter()))
        return 0.0
    while time.perf_counter() < end:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_maxrss / (1_048_576 if sys.platform == "darwin" else 1024)
        time.sleep(0.0005)
    return 0.0


def fastest(commands: Mapping[str, Sequence[str]], *, repeats: int = 10) -> dict[str, Run]:
    """The fastest of `repeats` runs of each command, taken in turns so that all meet the same machine.

    A first run, which is not counted, fills the caches of files and bytecode.
    """
    best: dict[str, Run] = {}
    for command in commands.values():
        process(command)
    for _ in range(repeats):
        for name, command in commands.items():
            run = process(command)
            if name not in best or run.seconds < best[name].seconds:
                best[name] = run
    return best


def seconds_of(call: Callable[[], object], *, repeats: int = 3) -> float:
    """The shortest of `repeats` calls."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return min(times)


def shown(table: Table) -> str:
    """A table in Markdown, its columns aligned."""
    title, columns, rows = table
    widths = [max(len(row[i]) for row in (columns, *rows)) for i in range(len(columns))]
    lines = [columns, ["-" * width for width in widths], *rows]
    body = "\n".join(
        "| " + " | ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)) + " |" for line in lines
    )
    return f"{title}\n\n{body}\n"
