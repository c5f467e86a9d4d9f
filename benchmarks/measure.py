"""Times whole processes and calls, and the memory that processes take at most; tables of the results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""A title, the columns' names, the rows."""


_LAUNCH = Path(__file__).with_name("launch.py")
# An installed program has its bytecode beside it; a machine that forbids writing it would measure the compiler.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds on the clock and of the processor, and megabytes at its peak.

    The last two are 0 where the system does not say; `stopped` when it was ended because it took too long.
    """

    seconds: float
    cpu: float = 0.0
    megabytes: float = 0.0
    stopped: bool = False

    def __str__(self) -> str:
        return f"over {self.seconds:.0f} s" if self.stopped else f"{self.seconds:.2f} s"


def process(command: Sequence[str], *, stdin: Path | None = None, limit: float = 600) -> Run:
    """Runs `command` once. A command that fails is an error: its time would mean nothing."""
    launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(limit), str(stdin or os.devnull), *command]
    made = subprocess.run(launch, capture_output=True, text=True, env=_ENVIRONMENT)
    answer = json.loads(made.stdout) if made.returncode == 0 else {"status": made.returncode}
    if answer["status"] is None:
        return Run(limit, stopped=True)
    if answer["status"]:
        raise RuntimeError(f"{' '.join(command)[:200]} failed: {made.stderr.strip()[-2000:]}")
    return Run(answer["seconds"], answer["cpu"], answer["megabytes"])


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
