"""Dates: localized and own formats, ranges, seasons, approximate, open, literal (CSL 1.0.2, "Date")."""

from __future__ import annotations

from typing import Any

import pytest

from pubtrack.csl.date_rendering import sort_value
from pubtrack.model.work import Date
from tests.csl.mini import entries, entry, work

OWN = """<date variable="issued"><date-part name="day" suffix=" " range-delimiter="-"/>
<date-part name="month" suffix=" "/><date-part name="year" range-delimiter="/"/></date>"""


def dated(layout: str, issued: Any, locale: str = "en-US") -> str:
    return entry(layout, work(issued=issued), attributes=f'default-locale="{locale}"')


@pytest.mark.parametrize(
    ("attributes", "locale", "expected"),
    [
        ('form="text"', "en-US", "March 1, 2020"),
        ('form="text" date-parts="year-month"', "en-US", "March 2020"),
        ('form="text" date-parts="year"', "en-US", "2020"),
        ('form="numeric"', "en-US", "03/01/2020"),
        ('form="text"', "en-GB", "1 March 2020"),
        ('form="text"', "de-DE", "1. März 2020"),
        ('form="text"', "fr-FR", "1<sup>e</sup><sup>r</sup> mars 2020"),
        ('form="text" prefix="(" suffix=")" font-weight="bold"', "en-US", "(<b>March 1, 2020</b>)"),
        ('form="text" text-case="uppercase"', "en-US", "MARCH 1, 2020"),
    ],
)
def test_localized_formats(attributes: str, locale: str, expected: str) -> None:
    layout = f'<date variable="issued" {attributes}/>'
    if locale == "fr-FR":
        layout = layout.replace("/>", '><date-part name="day" form="ordinal"/></date>')
    assert dated(layout, [[2020, 3, 1]], locale) == expected


def test_french_days_are_ordinals_on_the_first_only() -> None:
    """ "Locale Options", limit-day-ordinals-to-day-1."""
    layout = '<date variable="issued" form="text"><date-part name="day" form="ordinal"/></date>'
    assert dated(layout, [[2020, 3, 2]], "fr-FR") == "2 mars 2020"


def test_a_style_overrides_the_parts_of_a_localized_date_but_not_their_affixes() -> None:
    layout = '<date variable="issued" form="text"><date-part name="month" form="short" prefix="!"/></date>'
    assert dated(layout, [[2020, 9, 1]]) == "Sept. 1, 2020"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ([[2008, 5, 1], [2008, 5, 4]], "1-4 May 2008"),
        ([[2008, 5], [2008, 7]], "May–July 2008"),
        ([[2008, 5], [2009, 6]], "May 2008/June 2009"),
        ([[2008], [2009]], "2008/2009"),
        ([[2008, 5, 1], [2008, 6, 4]], "1 May–4 June 2008"),
        ([[2008], [2008]], "2008"),
        ([[2008], [0]], "2008–"),
        ([[2008, 5]], "May 2008"),
        ([[2008]], "2008"),
        ([[79]], "79 AD"),
        ([[-2500]], "2500 BC"),
        ({"date-parts": [[2009]], "season": 4}, "Winter 2009"),
        ({"literal": "in press"}, "in press"),
        ({"date-parts": [[2008, 21], [2008, 23]]}, "Spring–Autumn 2008"),
    ],
)
def test_ranges_print_what_both_ends_share_once(issued: Any, expected: str) -> None:
    """ "Date Ranges", "AD and BC", "Seasons"."""
    assert dated(OWN, issued) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ('name="day" form="numeric-leading-zeros"', "05"),
        ('name="day" form="ordinal"', "5th"),
        ('name="month" form="numeric"', "9"),
        ('name="month" form="numeric-leading-zeros"', "09"),
        ('name="month" form="short"', "Sept."),
        ('name="month" form="short" strip-periods="true"', "Sept"),
        ('name="year" form="short"', "08"),
        ('name="month" text-case="uppercase" font-style="italic" prefix="*"', "*<i>SEPTEMBER</i>"),
        ('name="no-such-part"', ""),
    ],
)
def test_date_parts(part: str, expected: str) -> None:
    """ "Date-part"."""
    assert dated(f'<date variable="issued"><date-part {part}/></date>', [[2008, 9, 5]]) == expected


def test_approximate_dates_test_true() -> None:
    """ "Approximate Dates"."""
    layout = (
        '<choose><if is-uncertain-date="issued"><text term="circa" form="short" suffix=" "/></if></choose>'
        '<date variable="issued"><date-part name="year"/></date>'
    )
    assert dated(layout, {"date-parts": [[2003]], "circa": True}) == "C. 2003"
    assert dated(layout, [[2005]]) == "2005"


def test_a_date_that_prints_nothing_is_an_empty_variable() -> None:
    layout = (
        '<group><text value="in "/><date variable="issued"><date-part name="month"/></date></group><text value="x"/>'
    )
    assert dated(layout, [[2005]]) == "x"


def test_dates_sort_by_what_they_print() -> None:
    """ "Sorting Variables": 100BC, 50BC, 50AD; less specific dates first; ranges behind single dates."""
    order = [
        Date((-100,)),
        Date((-50,)),
        Date((50,)),
        Date((2000,)),
        Date((2000,), (2002,)),
        Date((2000, 5)),
        Date((2000, 5, 1)),
    ]
    keys = [sort_value(date) for date in order]
    assert keys == sorted(keys)
    assert sort_value(Date((2000, 5, 1)), {"year"}) == sort_value(Date((2000, 7)), {"year"})
    works = [
        work(id=str(n), title=str(n), issued=[list(date.parts)]) for n, date in enumerate(order) if date.end is None
    ]
    shown = entries('<text variable="title"/>', *works[::-1], sort='<sort><key variable="issued"/></sort>')
    assert shown == ["0", "1", "2", "3", "5", "6"]
