"""Runs the command line as a user does: arguments in, exit code and the two streams out."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended: its exit code and what it wrote to stdout and stderr."""

    code: int
    out: str
    err: str


def run_in(folder: Path, *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> Run:
    """`pubtrack ARGUMENTS` as a process of its own, in `folder`, outside any terminal."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PUBTRACK_")}
    result = subprocess.run(
        [sys.executable, "-c", "from pubtrack.cli import main; main()", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**plain, **(environment or {})},
        check=False,
    )
    return Run(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))
