"""JSON Lines: one item in each line, the same as in CSL-JSON."""

from __future__ import annotations

import json

import pytest

from pubtrack.exports import Selection
from tests.exports.reading import exported, reference
from tests.exports.samples import selection, wicked_selection


@pytest.mark.parametrize("chosen", [selection(), reference(), wicked_selection()], ids=["list", "reference", "wicked"])
def test_the_lines_are_the_items_of_csl_json(chosen: Selection) -> None:
    content = exported(chosen, "jsonl")
    assert content.endswith("}\n")
    lines = content.splitlines()  # which parts at every sign that any program takes for the end of a line
    assert [json.loads(line) for line in lines] == json.loads(exported(chosen, "csl-json"))
