"""JSON holds no control character raw, and is the same value when it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.model.json_text import to_json
from tests.cli.project import make_project
from tests.cli.run import run_in

HOSTILE = "a\u009b31mb\u0085c\x7fd\u2028e\u202ef\u2066g\u0080"
STORE = f"@article{{k, author = {{Doe, Jane {HOSTILE}}}, title = {{T {HOSTILE}}}, journal = {{J}}, year = 2020}}\n"
_RAW = frozenset(
    map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_text_is_the_same_when_it_is_read(text: str) -> None:
    assert json.loads(to_json(text)) == text
    assert not _RAW & set(to_json(text))


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--json"], ["show", "k", "--json"], ["who", "--json"], ["render", "--to", "json"],
        ["export", "--to", "csl-json"], ["export", "--to", "jsonl"], ["check", "--format", "json"],
        ["check", "--format", "sarif"], ["check", "--format", "github"], ["check"], ["list"],
        ["dedupe", "--json"], ["who"], ["render", "--to", "text"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_command_prints_a_control_character_of_a_value(words: list[str], tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    result = run_in(tmp_path, *words)
    assert result.code in (0, 1)
    assert not _RAW - {"\n", "\t"} & set(result.out + result.err)
