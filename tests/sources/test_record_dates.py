"""Dates of replies: what a calendar has stays, the rest goes."""

from __future__ import annotations

from typing import Any

import pytest

from pubtrack.model.work import Date
from pubtrack.sources import _record_dates


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([[2020, 5, 31]], Date((2020, 5, 31))),
        ([[2021, 2, 31]], Date((2021, 2))),
        ([[2021, 13, 1]], Date((2021,))),
        ([["2021", "6"]], Date((2021, 6))),
        ([[2018, 10, 21, 13]], Date((2018, 10, 21))),
        ([[2020, 5, 1], [2020, 5, 3]], Date((2020, 5, 1), end=(2020, 5, 3))),
        ([[2020, 5, 3], [2020, 5, 1]], Date((2020, 5, 3))),
        ([[None]], None),
        ([[0]], None),
        ([[99999]], None),
        ([[True]], None),
        ([["x"]], None),
        ([], None),
        ("2020", None),
        (None, None),
    ],
)
def test_parts(parts: Any, date: Date | None) -> None:
    assert _record_dates.date_of_parts({"date-parts": parts}) == date


@pytest.mark.parametrize(
    ("text", "date"),
    {
        "2020": Date((2020,)),
        "2020-05": Date((2020, 5)),
        "2020-5-3": Date((2020, 5, 3)),
        "2020-05-31T10:00:00Z": Date((2020, 5, 31)),
        "2009-10-01/2014-01-23": Date((2009, 10, 1)),
        "2020-02-30": Date((2020, 2)),
        "0000-01-01": None,
        "May 2020": None,
        "": None,
    }.items(),
)
def test_iso(text: str, date: Date | None) -> None:
    assert _record_dates.date_of_iso(text) == date


def test_what_is_no_date_is_none() -> None:
    assert _record_dates.date_of_iso(2020) is None
    assert _record_dates.date_of_parts(2020) is None
    assert _record_dates.date_of_numbers("2020", "Jul", "4") == Date((2020, 7, 4))
    assert _record_dates.date_of_numbers("9" * 5000) is None
