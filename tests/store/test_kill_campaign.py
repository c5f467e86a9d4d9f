"""A slice of the campaign of kills: see tests/store/kill_campaign.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store import kill_campaign


@pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as POSIX does")
@pytest.mark.parametrize("arguments", [["--count", "70"], ["--count", "6", "--strace", "rename", "cv", "refresh"]])
def test_a_killed_command_leaves_no_half_state_and_loses_no_hand_edit(arguments: list[str]) -> None:
    if "--strace" in arguments and not kill_campaign.can_trace():
        pytest.skip("strace is not here, or may not trace")
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.kill_campaign", *arguments],
        cwd=Path(__file__).parent.parent.parent, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
