"""No style raises on works of every type: a sample of the installed ones here, all of them in `.ci/run`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.csl.all_styles import fault, programs, sample

PROGRAMS = programs(sample(60))


@pytest.mark.parametrize("program", PROGRAMS, ids=PROGRAMS.values())
def test_a_style_renders_works_of_every_type(program: tuple[Path, str]) -> None:
    assert fault(program) == ""
