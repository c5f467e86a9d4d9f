"""Which examples the laws are tried on: the same at every run, unless others are asked for."""

from __future__ import annotations

import pytest
from hypothesis import settings


def test_every_run_tries_the_same_examples_unless_others_are_asked_for(pytestconfig: pytest.Config) -> None:
    is_random = pytestconfig.getoption("hypothesis_profile") == "random"
    assert settings().derandomize is not is_random
