"""Months and seasons have the same words wherever a date comes from."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.date_fields import issued
from pubtrack.csl_json import date_from_csl
from pubtrack.model.date_words import MONTH_MACROS, MONTH_NAMES, SEASON_NAMES, month_number, season_number
from pubtrack.model.work import Date
from pubtrack.sources._record_dates import date_of_numbers


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_by_its_name_and_macro(number: int) -> None:
    for word in (MONTH_NAMES[number], MONTH_MACROS[number], MONTH_NAMES[number].upper()):
        assert month_number(word) == number
        assert date_of_numbers(2020, word) == Date((2020, number))
        assert issued({"year": "2020", "month": word}).date == Date((2020, number))


@pytest.mark.parametrize("word", ["Spring", "fall", "Herbst", "Été", "Michaelmas", "Winter"])
def test_a_season_is_one_in_bibtex_and_csl_json(word: str) -> None:
    expected = Date((2020,), season=season_number(word))
    assert expected.season
    assert date_from_csl({"date-parts": [[2020]], "season": word}) == expected
    assert issued({"year": "2020", "month": word}).date == expected


def test_what_names_none_is_none() -> None:
    assert [month_number(""), month_number("Spring"), season_number(""), season_number("May")] == [0] * 4
    assert [season_number(name) for name in SEASON_NAMES] == [0, 1, 2, 3, 4]
