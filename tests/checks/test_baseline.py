"""The baseline: it hides what was known, wherever it moved, and only shrinks."""

from __future__ import annotations

import pytest

from pubtrack.checks import CHECKS, Context, baseline, check
from pubtrack.model.errors import PubtrackError
from pubtrack.model.findings import Finding
from pubtrack.store.library import Library

OLD = "@misc{a2020, title = {NeRF}, pages = {1-2}}\n@misc{b2020, title = {Green tea.}}\n"


def found(source: str) -> tuple[Finding, ...]:
    return check(Library.parse(source.encode(), file="a.bib"), Context(year=2026))


def test_lines_may_move_and_entries_change_places() -> None:
    known = baseline.parse(baseline.write(found(OLD), None, CHECKS))
    moved = (
        "% a comment\n\n@misc{b2020,\n\n  title = {Green tea.}}\n\n@misc{a2020,\n  pages = {1-2},\n  title = {NeRF}}\n"
    )
    assert baseline.new_findings(found(moved), known, CHECKS) == ((), 0)


def test_a_new_fault_of_a_known_kind_is_new() -> None:
    known = baseline.parse(baseline.write(found(OLD), None, CHECKS))
    kept, gone = baseline.new_findings(found(OLD.replace("{1-2}", "{3-4}")), known, CHECKS)
    assert [(one.code, one.key) for one in kept] == [("fld-pages-dash", "a2020")]
    assert gone == 1


def test_the_same_fault_twice_is_two_debts() -> None:
    once = found("@misc{a, title {}}\n")
    twice = found("@misc{a, title {}}\n\n@misc{a, title {}}\n")
    known = baseline.parse(baseline.write(once, None, CHECKS))
    assert any(one.code == "syn-entry" for one in baseline.new_findings(twice, known, CHECKS)[0])


def test_it_only_shrinks() -> None:
    known = baseline.parse(baseline.write(found(OLD), None, CHECKS))
    worse = found(OLD.replace("{Green tea.}", "{Green tea}") + "@misc{c2020, title = {DNA}}\n")
    after = baseline.parse(baseline.write(worse, known, CHECKS))
    assert set(after) < set(known)
    assert len(after) == len(known) - 1


def test_it_is_sorted_text_that_names_the_entries() -> None:
    lines = baseline.write(found(OLD), None, CHECKS).splitlines()
    assert lines[0].startswith("# pubtrack check --baseline")
    assert lines[1:] == sorted(lines[1:])
    assert {line.split(" ", 1)[1] for line in lines[1:]} == {
        "ttl-protect a2020.title", "fld-pages-dash a2020.pages", "ttl-dot b2020.title",
    }  # fmt: skip


def test_a_line_that_is_none_is_named() -> None:
    with pytest.raises(PubtrackError, match=r"base\.txt:2: this is not a line of a baseline"):
        baseline.parse("# x\nfld-pages-dash a2020\n", "base.txt")


def test_fingerprints_do_not_depend_on_line_numbers_in_messages() -> None:
    one = Finding("syn-dup-key", "error", 'the key "a" is used on line 3 already', "a.bib", 9, 1, "a")
    other = Finding("syn-dup-key", "error", 'the key "a" is used on line 41 already', "x/a.bib", 99, 1, "a")
    assert baseline.fingerprints([one]) == baseline.fingerprints([other])
