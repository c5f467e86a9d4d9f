"""The notes beside the store: bases, proposals and the journal of what was written, as text."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtrack.model.errors import PubtrackError
from pubtrack.refresh import bases, proposal_store, undo
from pubtrack.refresh.bases import Base

words = st.text(max_size=20)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.builds(Base, words, words, words, words, words, words), max_size=8))
def test_bases_read_back_a_line_each_in_the_order_of_key_and_field(found: list[Base]) -> None:
    known = bases.settle({}, found)
    text = bases.write(known)
    assert bases.parse(text) == known
    places = [(json.loads(line)["key"], json.loads(line)["field"]) for line in text.split("\n") if line]
    assert places == sorted(known)


def test_a_value_that_is_fetched_again_keeps_its_line() -> None:
    old = bases.settle({}, [Base("a", "title", "One", "crossref", "u", "2025-01-01T00:00:00Z")])
    again = bases.settle(old, [Base("a", "title", "One", "openalex", "v", "2026-01-01T00:00:00Z")])
    assert bases.write(again) == bases.write(old)
    moved = bases.settle(old, [Base("a", "title", "Two", "crossref", "u", "2026-01-01T00:00:00Z")])
    assert moved["a", "title"].value == "Two"


def test_of_two_lines_of_one_field_the_later_fetch_counts() -> None:
    early, late = (Base("a", "title", value, time=time) for value, time in (("One", "2025"), ("Two", "2026")))
    for pair in ((early, late), (late, early)):
        text = "".join(bases.write({("a", "title"): one}) for one in pair)
        assert bases.parse(text) == {("a", "title"): late}


@pytest.mark.parametrize("line", ["<<<<<<< ours", "[]", "{}", '{"key": "a"}', "not json", '{"sha256": 1}'])
def test_a_line_that_is_no_base_is_named(line: str) -> None:
    with pytest.raises(PubtrackError, match="not a record of a fetch") as caught:
        bases.parse(f"{bases.write({('a', 'b'): Base('a', 'b', 'c')})}{line}\n", file="fetched.jsonl")
    assert (caught.value.file, caught.value.line) == ("fetched.jsonl", 2)


def test_a_value_that_was_changed_by_hand_is_no_base() -> None:
    text = bases.write({("a", "title"): Base("a", "title", "One")}).replace("One", "Two")
    with pytest.raises(PubtrackError, match="not a record of a fetch"):
        bases.parse(text)


@pytest.mark.parametrize("module", [proposal_store, undo])
@pytest.mark.parametrize("line", ["x", "[]", "{}", '{"time": 1}'])
def test_a_damaged_note_is_named_with_its_line(module: object, line: str) -> None:
    with pytest.raises(PubtrackError) as caught:
        module.parse(f"\n{line}\n", file="note")  # type: ignore[attr-defined]
    assert (caught.value.file, caught.value.line) == ("note", 2)


def test_two_branches_that_fetched_merge_without_a_conflict(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    def fetched(*found: Base) -> None:
        known = bases.parse(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(bases.write(bases.settle(known, found)), encoding="utf-8")
        git("add", ".")
        git("commit", "-m", "fetched")

    file = tmp_path / "fetched.jsonl"
    git("init", "-b", "main")
    (tmp_path / ".gitattributes").write_text("fetched.jsonl merge=union\n", encoding="utf-8")
    fetched(Base("a", "title", "One", time="2025-01-01"), Base("c", "title", "See", time="2025-01-01"))
    git("branch", "other")
    fetched(Base("a", "title", "Two", time="2025-02-01"), Base("b", "title", "Bee", time="2025-02-01"))
    git("checkout", "other")
    fetched(Base("a", "title", "Three", time="2025-03-01"), Base("b", "year", "2000", time="2025-03-01"))
    git("merge", "main")
    found = bases.parse(file.read_text(encoding="utf-8"))
    assert {name: base.value for name, base in found.items()} == {
        ("a", "title"): "Three", ("b", "title"): "Bee", ("b", "year"): "2000", ("c", "title"): "See",
    }  # fmt: skip
