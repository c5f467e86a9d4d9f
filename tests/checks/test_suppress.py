"""`pubtrack-ignore`: what it hides, what it does not, and that it is not forgotten."""

from __future__ import annotations

import pytest

from pubtrack.checks import Context, check
from pubtrack.checks.library_view import View
from pubtrack.checks.suppress import suppressions
from pubtrack.store.library import Library

FAULTY = "@misc{a2020, title = {NeRF in A  study}, pages = {1-2}, year = 2020"


def found(source: str, *select: str) -> list[str]:
    return [one.code for one in check(Library.parse(source.encode()), Context(year=2026), select=select)]


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        ("ttl-protect: house style, fld-pages-dash", ["txt-space"]),
        ("ttl, fld, txt", []),
        ("ttl-protect: as the journal, and we, write it, txt-space", ["fld-pages-dash"]),
        ("fld-pages: theirs", ["ttl-protect", "txt-space"]),
        ("", ["ttl-protect", "txt-space", "fld-pages-dash"]),
    ],
)
def test_rules_are_left_out_by_id_or_prefix_with_a_reason_or_without(ignore: str, left: list[str]) -> None:
    assert [code for code in found(f"{FAULTY}, pubtrack-ignore = {{{ignore}}}}}") if code != "syn-empty"] == left


def test_the_reason_is_kept_for_people() -> None:
    library = Library.parse(f"{FAULTY}, pubtrack-ignore = {{ttl-protect: as we, and they, do, txt-space}}}}".encode())
    chosen, _ = suppressions(View(library).items[0])
    assert [(one.code, one.reason) for one in chosen] == [("ttl-protect", "as we, and they, do"), ("txt-space", "")]


def test_a_suppression_that_hides_nothing_is_named_at_its_place() -> None:
    source = "@misc{a2020, title = {A study},\n  pubtrack-ignore = {ttl-caps, ttl-dott}}"
    first, second = check(Library.parse(source.encode()))
    assert (first.code, first.line, first.column, first.severity) == ("sup-unused", 2, 22, "info")
    assert second.message.startswith('no rule is called "ttl-dott"; did you mean ttl-dot')


def test_a_suppression_of_a_rule_that_did_not_run_is_not_judged() -> None:
    source = "@misc{a2020, title = {A study}, pubtrack-ignore = {ttl-caps}}"
    assert found(source, "ttl-dot", "sup-unused") == []
    assert found(source, "ttl-caps", "sup-unused") == ["sup-unused"]


def test_a_suppression_holds_for_its_entry_alone() -> None:
    other = FAULTY.replace("a2020", "b2020")
    assert found(f"{FAULTY}, pubtrack-ignore = {{fld, ttl, txt}}}}\n{other}}}", "fld-pages-dash") == ["fld-pages-dash"]


def test_old_names_of_rules_still_suppress() -> None:
    source = "@misc{a2020, title = {A study}, pubtrack-ignore = {syntax: known},, year = 2020}"
    assert found(source, "syntax") == ["syn-entry"]  # a broken entry's own fields are not relied on
    source = "@misc{a2020, note = {A}, note = {B}, pubtrack-ignore = {duplicate-field: known}}"
    assert found(source, "syn") == []
