"""Saves that are killed, starved and raced, for real: see tests/store/store_crash.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CASES = (
    "crash-one", "crash-three", "crash-with-note", "kill",
    pytest.param("crash-one-at-each-line", marks=pytest.mark.slow),
    pytest.param("crash-three-at-each-line", marks=pytest.mark.slow),
    pytest.param("crash-with-note-at-each-line", marks=pytest.mark.slow),
    "writers", "readers", "file-size", "read-only", "full-disk",
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as POSIX does")
@pytest.mark.parametrize("case", CASES)
def test_a_store_survives(case: str) -> None:
    """No mixture of old and new files, no lost edit, no left-over file, and a clear error where nothing was saved."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.store_crash", case],
        cwd=Path(__file__).parent.parent.parent, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    if "SKIPPED" in done.stdout:
        pytest.skip(done.stdout.strip())
