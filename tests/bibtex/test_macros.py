"""Macros of a store and the values that use them."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.macros import JOURNALS, STANDARD, expand, read_macros
from pubtrack.bibtex.works import works

KNOWN = {**STANDARD, "jio": "Journal of {I}maginary Optics", "vol": "Vol. "}

VALUES: list[tuple[str, str, tuple[str, ...]]] = [
    ("{plain}", "plain", ()),
    ('"plain"', "plain", ()),
    ("1998", "1998", ()),
    ("jio", "Journal of {I}maginary Optics", ()),
    ("JIO", "Journal of {I}maginary Optics", ()),
    ("jan", "January", ()),
    ("DEC", "December", ()),
    ('vol # {3}', "Vol. 3", ()),
    ('"10~" # jan', "10~January", ()),
    ('{a#b} # "c" # 5', "a#bc5", ()),
    ("{a} # and # {b}", "a and b", ()),
    ("nosuch", "nosuch", ("nosuch",)),
    ("{x} # nosuch # jio # other", "xnosuchJournal of {I}maginary Opticsother", ("nosuch", "other")),
    ("aap", "Astronomy and Astrophysics", ("aap",)),
    ("{}", "", ()),
    ('""', "", ()),
    ("", "", ()),
    ("tcs", "Theoretical Computer Science", ()),
]  # fmt: skip


@pytest.mark.parametrize(("value", "latex", "undefined"), VALUES)
def test_what_a_value_stands_for(value: str, latex: str, undefined: tuple[str, ...]) -> None:
    assert tuple(expand(value, KNOWN)) == (latex, undefined)


def test_definitions_build_on_one_another_across_files() -> None:
    first = parse("@string{uni = {University}}", file="a.bib")
    second = parse('@string(place = uni # " of " # town)\n@string{late = {x}}', file="b.bib")
    macros, findings = read_macros([first, second])
    assert macros["place"] == "University of town"
    assert [str(finding) for finding in findings] == [
        'b.bib:1: error syn-undef-string no @string defines "town"; define it, or write the text in braces'
    ]


def test_an_entry_sees_the_definition_that_stands_last_before_it() -> None:
    text = "@string{j={One}} @misc{a,title=j} @string{j={Two}} @misc{b,title=j}"
    later = "@misc{c,title=j} @misc{d,title=later} @string{later={Three}}"
    found, findings = works([parse(text), parse(later)])
    assert [work.get("title") for work in found] == ["One", "Two", "Two", "Three"]
    assert findings == ()


def test_undefined_macros_are_reported_where_they_stand_and_kept_readable() -> None:
    text = "@article{k,\n title={T},\n journal=nosuch,\n author={A} # and # other}\n@article{l, journal={\\aap}}\n"
    text += "@article{m, journal={{\\frob}}}\n@article{n, journal=apj}"
    found, findings = works([parse(text, file="x.bib")])
    assert [work.get("container_title") for work in found] == [
        "nosuch", "Astronomy and Astrophysics", "frob", "Astrophysical Journal",
    ]  # fmt: skip
    assert [str(finding).partition(";")[0] for finding in findings] == [
        'x.bib:3: error syn-undef-string [k.journal] no @string defines "nosuch"',
        'x.bib:4: error syn-undef-string [k.author] no @string defines "other"',
        'x.bib:5: warning syn-undef-string [l.journal] no @string defines "\\aap"',
        'x.bib:6: error syn-undef-string [m.journal] no @string defines "\\frob"',
        'x.bib:7: warning syn-undef-string [n.journal] no @string defines "apj"',
    ]


def test_journals_and_standard_macros_are_in_lower_case() -> None:
    assert all(name == name.lower() for name in (*JOURNALS, *STANDARD))
