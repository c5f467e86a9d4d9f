"""Order (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.csl.sort_keys import collation
from pubtrack.model.work import Work
from tests.csl.mini import entries, style, work

TITLE = '<text variable="title"/>'


def order(sort: str, *works: Work, **parts: str) -> str:
    return "".join(entries(TITLE, *works, sort=f"<sort>{sort}</sort>", **parts))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada", "Åke"),
        ("Ake", "Åkf"),
        ("Muller", "Müller"),
        ("Müller", "Mullet"),
        ("de Boor", "Deacon"),
        ("d'Wander", "de Wander"),
        ("O'Brien", "Obama"),
        ("Smith", "Smith-Jones"),
        ("Smith-Jones", "Smithson"),
        ("“Quoted”", "Quoter"),
        ("Straße", "Strasst"),
        ("abc", "ABD"),
        ("Łukasz", "Lukaszz"),
        ("Øre", "Orf"),
        ("2 things", "a thing"),
        ("Doe\u0001", "Doe A"),
    ],
)
def test_strings_sort_as_readers_expect(first: str, second: str) -> None:
    assert collation(first) < collation(second)


@given(st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=60)
def test_the_order_is_total(left: str, right: str) -> None:
    assert collation(left)[1] == collation(right)[1] or (collation(left) < collation(right)) != (
        collation(right) < collation(left)
    )


WORKS = (
    work(id="1", title="a", author="Roe, Ron", issued=2001, volume="10"),
    work(id="2", title="b", author="Doe, Jane", issued=2003, volume="9"),
    work(id="3", title="c", author="Doe, Jane", issued=2001),
    work(id="4", title="d", issued=2002, volume="2"),
)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ('<key variable="title" sort="descending"/>', "dcba"),
        ('<key variable="author"/><key variable="issued"/>', "cbad"),
        ('<key variable="author" sort="descending"/><key variable="issued" sort="descending"/>', "abcd"),
        ('<key variable="volume"/>', "dbac"),
        ('<key variable="volume" sort="descending"/>', "abdc"),
        ('<key variable="no-such"/>', "abcd"),
        ('<key variable="issued"/><key variable="author"/>', "cadb"),
        ('<key macro="year"/><key variable="title" sort="descending"/>', "cadb"),
    ],
)
def test_keys_in_sequence_empty_ones_last(sort: str, expected: str) -> None:
    """ "Items with an empty sort key value are placed at the end", in both directions; numbers sort as numbers."""
    year = '<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>'
    assert order(sort, *WORKS, extra=year) == expected


def test_macros_sort_names_inverted_without_labels_and_et_al() -> None:
    """ "Sorting Macros"."""
    macro = """<macro name="who"><names variable="author"><name et-al-min="2" et-al-use-first="1"/>
        <label prefix=" "/><substitute><names variable="editor"/></substitute></names></macro>"""
    works = [
        work(id="1", title="a", author="Alpha, Zoe; Zeta, Ann"),
        work(id="2", title="b", author="Alpha, Zoe"),
        work(id="3", title="c", editor="Alpha, Bea"),
    ]
    assert order('<key macro="who"/><key variable="title"/>', *works, extra=macro) == "cab"
    assert order('<key macro="who" names-min="9" names-use-first="9"/>', *works, extra=macro) == "cba"


def test_sorting_leaves_no_trace_in_what_is_printed() -> None:
    """A substitution while sorting must not suppress anything while rendering."""
    macro = (
        '<macro name="who"><names variable="author"><substitute><text variable="title"/></substitute></names></macro>'
    )
    assert order('<key macro="who"/>', work(title="a"), extra=macro) == "a"


def test_numbers_follow_the_order_unless_they_are_given() -> None:
    numbered = style(
        '<text variable="citation-number" suffix=" "/>' + TITLE, sort='<sort><key variable="title"/></sort>'
    )
    works = [work(id="2", title="b"), work(id="1", title="a")]
    plain = ["".join(span.text for span in entry.text) for entry in numbered.bibliography(works)]
    assert plain == ["1 a", "2 b"]
    given_numbers = [entry.text[0].text for entry in numbered.bibliography(works, numbers=[7, 9])]
    assert given_numbers == ["9 a", "7 b"]
    later = numbered.bibliography(works, sort=False, first_number=5)
    assert [(entry.index, entry.work.id, entry.text[0].text) for entry in later] == [(0, "2", "5 b"), (1, "1", "6 a")]
    assert numbered.numbered
    assert not style().numbered
