"""Dates in every spelling, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex.date_fields import issued, parse, write_date
from pubtrack.model.work import Date

LOOSE: dict[str, tuple[Date | None, str]] = {
    "12 March 2020": (Date((2020, 3, 12)), ""),
    "March 12, 2020": (Date((2020, 3, 12)), ""),
    "12th of March 2020": (Date((2020, 3, 12)), ""),
    "Mar. 2020": (Date((2020, 3)), ""),
    "2020 Mar 12": (Date((2020, 3, 12)), ""),
    "12. März 2020": (Date((2020, 3, 12)), ""),
    "12 février 2020": (Date((2020, 2, 12)), ""),
    "2020/3/12": (Date((2020, 3, 12)), ""),
    "2020-3-12": (Date((2020, 3, 12)), ""),
    "12.3.2020": (Date((2020, 3, 12)), ""),
    "13/03/2020": (Date((2020, 3, 13)), ""),
    "03/13/2020": (Date((2020, 3, 13)), ""),
    "03/04/2020": (Date(literal="03/04/2020"), ""),
    "Spring 2020": (Date((2020,), season=1), ""),
    "July 4--8, 2021": (Date((2021, 7, 4), end=(2021, 7, 8)), ""),
    "4–8 July 2021": (Date((2021, 7, 4), end=(2021, 7, 8)), ""),
    "30 July - 2 August 2019": (Date((2019, 7, 30), end=(2019, 8, 2)), ""),
    "November, December 2019": (Date((2019, 11), end=(2019, 12)), ""),
    "1984--1986": (Date((1984,), end=(1986,)), ""),
    "1984/85": (Date((1984,), end=(1985,)), ""),
    "2019a": (Date((2019,)), ""),
    "[2019]": (Date((2019,)), ""),
    "ca. 1990": (Date((1990,), circa=True), ""),
    "[1990?]": (Date((1990,), circa=True), ""),
    "Accessed: Feb. 3, 2016": (Date((2016, 2, 3)), ""),
    "n.d.": (None, ""),
    "no date": (None, ""),
    "": (None, ""),
    "in press": (None, "in press"),
    "2024 (in press)": (Date((2024,)), "in press"),
    "to appear 2025": (Date((2025,)), "to appear"),
    "submitted March 2023": (Date((2023, 3)), "submitted"),
    "MMXX": (Date(literal="MMXX"), ""),
    "98": (Date(literal="98"), ""),
    "13th Century": (Date(literal="13th Century"), ""),
    "2020-": (Date(literal="2020-"), ""),
}


@pytest.mark.parametrize("source", LOOSE)
def test_dates_as_people_type_them(source: str) -> None:
    assert tuple(parse(source)) == LOOSE[source]


MONTHS: list[tuple[str, str, Date]] = [
    ("January", "", Date((2020, 1))),
    ("jan", "", Date((2020, 1))),
    ("jan.", "5", Date((2020, 1, 5))),
    ("1", "", Date((2020, 1))),
    ("01", "5", Date((2020, 1, 5))),
    ("10 jan", "", Date((2020, 1, 10))),
    ("January 10th", "", Date((2020, 1, 10))),
    ("Winter", "", Date((2020,), season=4)),
    ("fall", "", Date((2020,), season=3)),
    ("Sept.", "", Date((2020, 9))),
    ("Jan--Feb", "", Date((2020, 1), end=(2020, 2))),
    ("Jan/Feb", "", Date((2020, 1), end=(2020, 2))),
    ("July 4--8", "", Date((2020, 7, 4), end=(2020, 7, 8))),
    ("1--2", "", Date((2020, 1), end=(2020, 2))),
    ("Dec--Jan", "", Date((2020, 12))),
    ("31 June", "", Date((2020, 6))),
    ("13", "", Date((2020,))),
    ("tbd", "", Date((2020,))),
    ("", "5", Date((2020,))),
    ("May", "99", Date((2020, 5))),
]


@pytest.mark.parametrize(("month", "day", "expected"), MONTHS)
def test_months_in_every_spelling(month: str, day: str, expected: Date) -> None:
    assert issued({"year": "2020", "month": month, "day": day}).date == expected


def test_date_counts_before_year_and_a_month_completes_either() -> None:
    assert issued({"date": "2019-05", "year": "2020"}).date == Date((2019, 5))
    assert issued({"date": "soon", "year": "2020"}).date == Date((2020,))
    assert issued({"date": "2019", "month": "May"}).date == Date((2019, 5))
    assert issued({"date": "1990/1992", "month": "May"}).date == Date((1990,), end=(1992,))
    assert issued({"month": "May"}) == (None, "")
    assert issued({"urldate": "2020-01-02"}, prefix="url").date == Date((2020, 1, 2))


points = st.tuples(st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 28)).flatmap(
    lambda parts: st.sampled_from([parts[:1], parts[:2], parts])
)
dates = st.one_of(
    st.builds(Date, points, circa=st.booleans()),
    st.builds(lambda first, last: Date(min(first, last), end=max(first, last)), points, points),
    st.builds(Date, points, end=st.just(())),
    st.builds(lambda year, season: Date((year,), season=season), st.integers(1000, 2999), st.integers(1, 4)),
    st.builds(lambda year: Date((year,)), st.integers(-90000, 90000)),
)


@given(dates)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(date: Date) -> None:
    assert issued(write_date(date, biblatex=True)).date == date
    assert issued(write_date(date, biblatex=False)).date == date


@given(st.text(alphabet="0123456789-/~?%XT.: JanSpringtoinpress,()[]", max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_text_raises(source: str) -> None:
    date = parse(source).date
    issued({"year": "2020", "month": source, "day": source})
    if date and date.parts:
        assert len(date.parts) <= 3
        assert all(1 <= part <= 31 for part in date.parts[1:])
