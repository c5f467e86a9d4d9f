"""The most used styles and the bundled ones over the reference bibliography, line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtrack.csl.style_registry import list_styles
from tests.csl.reference import BUNDLED, GOLDEN, MOST_USED, golden_lines, items, rendered
from tests.csl.shown import NOTHING

DIFFERENCES = json.loads((GOLDEN / "differences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("style", BUNDLED + MOST_USED)
def test_the_reference_bibliography_prints_as_recorded(style: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{style}.txt", rendered(style))


def test_the_golden_files_are_those_of_the_styles() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(BUNDLED + MOST_USED)
    assert {entry.name for entry in list_styles() if entry.kind == "bundled"} == set(BUNDLED)


def test_the_reference_bibliography_has_every_type_of_csl() -> None:
    """CSL 1.0.2, appendix III, "Types": 45 of them."""
    assert len({item["type"] for item in items()}) == 45
    assert len({item["id"] for item in items()}) == len(items())


@pytest.mark.parametrize("style", BUNDLED)
def test_a_bundled_style_prints_something_of_everything(style: str) -> None:
    lines = golden_lines(style)
    assert set(lines) == {item["id"] for item in items()}
    for item in items():
        assert lines[item["id"]] != NOTHING


@pytest.mark.parametrize("style", sorted(DIFFERENCES["differences"]))
def test_a_line_that_differs_from_citeproc_js_is_listed_with_its_reason(style: str) -> None:
    """A line that no longer differs must leave the list; `benchmarks.compare_golden` finds those that lack."""
    ours = golden_lines(style)
    for key, (reason, theirs) in DIFFERENCES["differences"][style].items():
        assert reason in DIFFERENCES["reasons"]
        assert ours[key] != theirs


def test_every_reason_is_used_and_said() -> None:
    used = {reason for style in DIFFERENCES["differences"].values() for reason, _ in style.values()}
    used |= {reason for reasons, _ in DIFFERENCES["order"].values() for reason in reasons.split(", ")}
    assert used == set(DIFFERENCES["reasons"])
    assert all(len(text) > 40 for text in DIFFERENCES["reasons"].values())
