"""Runs the command line as a user does: arguments in, exit code and the two streams out."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pubtrack.cli import main


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended: its exit code and what it wrote to stdout and stderr."""

    code: int
    out: str
    err: str


def run_in(folder: Path, *arguments: str, stdin: bytes = b"") -> Run:
    """`pubtrack ARGUMENTS` in `folder`, outside any terminal, within this process."""
    with _streams(stdin) as (out, err), _in_folder(folder):
        try:
            main(arguments)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return Run(code, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))


def run_process(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> Run:
    """The same as a process of its own, with more environment variables."""
    result = subprocess.run(
        [sys.executable, "-m", "pubtrack", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**_environment(), **(environment or {})},
        check=False,
    )
    return Run(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))


def _environment() -> dict[str, str]:
    """The environment without the settings of whoever runs the tests; the services' addresses are a test's own."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PUBTRACK_") or name.endswith(("_URL", "_USER_CONFIG"))
    }


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before, environment = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    for name in set(os.environ) - set(_environment()):
        del os.environ[name]
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)


@contextlib.contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Bytes in place of the three standard streams, which hold text as those do."""
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", newline="\n")
    try:
        yield out, err
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = before
