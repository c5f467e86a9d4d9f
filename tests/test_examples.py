"""Which examples the laws are tried on: the same at every run, unless others are asked for."""

from __future__ import annotations

import os

from hypothesis import settings


def test_every_run_tries_the_same_examples_unless_others_are_asked_for() -> None:
    assert settings().derandomize is (os.environ.get("PUBTRACK_PROPERTIES") != "random")
