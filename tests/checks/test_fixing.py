"""Fixes: what they change, and that they change nothing else, keep the meaning and are made once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.checks import Context, check
from pubtrack.checks.fixing import apply_fixes
from pubtrack.store.library import Library
from pubtrack.store.store import Store
from tests.checks.meaning import meaning
from tests.checks.rows import BAD, GOOD, entry

CONTEXT = Context(year=2026, month=5)


def fix(source: str, *select: str) -> str:
    store = Store.of_text(source)
    texts = apply_fixes(store, CONTEXT, select=select)
    return next(iter(texts.values()), source)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pages = {12-19, 30–35}", "pages = {12--19, 30--35}"),
        ("month = {Sept.}", "month = sep"),
        ('month = "3"', "month = mar"),
        ("doi = {https://doi.org/10.1000/182}", "doi = {10.1000/182}"),
        (r"doi = {10.1000/a\_b.}", "doi = {10.1000/a_b}"),
        ("doi = {10.1000/1:2&lt;3::A&gt;2}", "doi = {10.1000/1:2<3::A>2}"),
        ("note = {Salt &amp; <i>Zea</i> mays}", r"note = {Salt \& \emph{Zea} mays}"),
        (r"note = {H$\less$sub$\greater$2$\less$/sub$\greater$O}", r"note = {H\textsubscript{2}O}"),
        ("note = {10% & #1_a}", r"note = {10\% \& \#1\_a}"),
        ("note = {Mu\u0308ller\u200b}", "note = {Müller}"),
        ("note = {caf\u00c3\u00a9}", "note = {café}"),
        ("note = { A  study }", "note = {A study}"),
        ("author = {Roe, Ann; Moe, Tim}", "author = {Roe, Ann and Moe, Tim}"),
        ("author = {Roe, Ann et al.}", "author = {Roe, Ann and others}"),
        ("author = {Roe, Ann and et al.}", "author = {Roe, Ann and others}"),
        (r"url = {\url{https://tea.org}}", "url = {https://tea.org}"),
        ("url = {http://dx.doi.org/10.1000/1}", "url = {https://doi.org/10.1000/1}"),
    ],
)
def test_a_field_is_fixed(before: str, after: str) -> None:
    assert fix(entry(before)) == entry(after)


def test_several_faults_of_one_title_are_fixed_together() -> None:
    assert fix("@misc{a, title = {NeRF &amp;  DNA in mu\u0308sli.}}") == r"@misc{a, title = {{NeRF} \& {DNA} in müsli}}"


def test_empty_and_repeated_fields_go_and_the_rest_stays() -> None:
    source = "@misc{a,\n  title = {Tea}, % mine\n  note  = {},\n  year  = 2020,\n  year  = 2020,\n}\n% end\n"
    assert fix(source) == "@misc{a,\n  title = {Tea}, % mine\n  year  = 2020,\n}\n% end\n"


def test_repeated_fields_that_differ_stay() -> None:
    source = entry("note = {A}, note = {B}, note = {A}")
    assert fix(source) == source


def test_what_is_suppressed_is_not_fixed() -> None:
    source = entry("pages = {1-2}, pubtrack-ignore = {fld-pages-dash: theirs}")
    assert fix(source) == source


def test_only_what_is_selected_and_only_chosen_entries_are_fixed() -> None:
    source = "@misc{a, month = {Jan}, pages = {1-2}}\n@misc{b, month = {Jan}}\n"
    assert fix(source, "fld-month") == "@misc{a, month = jan, pages = {1-2}}\n@misc{b, month = jan}\n"
    store = Store.of_text(source)
    assert list(apply_fixes(store, CONTEXT, keys={"b"}).values()) == [
        source.replace("b, month = {Jan}", "b, month = jan")
    ]


@pytest.mark.parametrize(
    "source",
    [
        "@misc{a, month = {Jan}}\n@misc{a, month = {Jan}}\n",  # which of the two?
        "@misc{, month = {Jan}}\n",
        "@misc{a, month = {Jan}\n@misc{b, title = {B\n",
        '@misc{a, pages = {1} # "-2"}\n',
    ],
)
def test_an_entry_that_cannot_be_edited_for_certain_stays(source: str) -> None:
    assert fix(source) == source


def test_sound_entries_beside_a_broken_one_that_ends_are_fixed_or_left_whole() -> None:
    source = "@misc{a, title {A}}\n\n@misc{b, title = {B}, month = {Jan}}\n"
    assert fix(source) in (source, source.replace("{Jan}", "jan"))


PIECES = [
    "Tea", "NeRF", "&amp;", " & ", "<i>x</i>", "mu\u0308", "\u200b", "\u00a0", "  ", "\u00c3\u00a9", "{DNA}",
    "$x_1$", "%", "_", "#", r"\&", r"\emph{a}", "12-19", "12–19", ";", " and ", "Roe, A.", "et al.", ".",
    "\u202e", "$\\less$", "3D", "-", "&lt;", "https://doi.org/10.1000/1", "10.1000/", r"\_", "Jan", "\t",
    "<sub>2</sub>", "&nbsp;", "$", "^", "&#60;",
]  # fmt: skip
NAMES = ["title", "author", "pages", "month", "doi", "url", "note", "journal", "Month"]


def entries_of(pieces: list[str]) -> st.SearchStrategy[list[tuple[str, list[tuple[str, str]]]]]:
    values = st.lists(st.sampled_from(pieces), max_size=7).map("".join)
    fields = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=6)
    return st.lists(st.tuples(st.sampled_from(["misc", "article", "online"]), fields), min_size=1, max_size=3)


def written(entries: list[tuple[str, list[tuple[str, str]]]]) -> str:
    return "\n\n".join(
        f"@{kind}{{key{number},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields) + "}"
        for number, (kind, fields) in enumerate(entries)
    )


@settings(deadline=None)
@given(entries_of(PIECES))
def test_fixes_are_made_once_and_keep_the_meaning(entries: list[tuple[str, list[tuple[str, str]]]]) -> None:
    source = written(entries)
    once = fix(source)
    assert fix(once) == once
    before, after = Library(Store.of_text(source)), Library(Store.of_text(once))
    assert meaning(before) == meaning(after)
    assert len(before.entries) == len(after.entries)


@settings(deadline=None)
@given(entries_of([*PIECES, "{", "}"]))
def test_no_rule_raises_and_places_are_in_the_text(entries: list[tuple[str, list[tuple[str, str]]]]) -> None:
    source = written(entries)
    lines = source.split("\n")
    for found in check(Library(Store.of_text(source)), CONTEXT):
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


@pytest.mark.parametrize("row", [row for rows in (*BAD.values(), *GOOD.values()) for row in rows])
def test_no_row_changes_its_meaning_when_it_is_fixed(row: str) -> None:
    source = entry(row)
    once = fix(source)
    assert fix(once) == once
    assert meaning(Library(Store.of_text(source))) == meaning(Library(Store.of_text(once)))
