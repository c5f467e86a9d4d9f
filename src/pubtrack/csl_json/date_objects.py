"""CSL-JSON's date objects and EDTF strings to `Date` and back: JSON values in, values out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pubtrack.csl_json.scalars import characters, is_true, shorten
from pubtrack.model.date_words import season_number
from pubtrack.model.edtf import parse_edtf
from pubtrack.model.errors import PubtrackError
from pubtrack.model.work import Date

_YEAR = re.compile(r"\A(-?)(\d{1,6})(?=[-~?%]|\Z)", re.A)
_PART_LIMITS = (999_999, 24, 31)
# EDTF (ISO 8601-2, level 1) counts the seasons as months 21 to 24, citeproc-js as 13 to 16.
_FIRST_SEASON, _FIRST_CITEPROC_SEASON = 21, 13


def date_from_csl(value: object) -> Date | None:
    """A `Date` from CSL-JSON's date object or an EDTF string, None where it says nothing.

    A season within a range stands as EDTF's month number (21 to 24) in its end of the range. Raises
    PubtrackError where a part of the date is not a number, or the year none that anybody published in.
    """
    if isinstance(value, str):
        return date_from_edtf(characters(value))
    if not isinstance(value, dict):
        raise PubtrackError("is not a date")
    ranges = value.get("date-parts")
    if ranges is not None and not isinstance(ranges, list):
        raise PubtrackError("date-parts is not a list")
    ends = [_parts(part) for part in (ranges or ())[:2]]
    circa = is_true(value.get("circa"))
    if not ends or not ends[0]:
        return _without_parts(characters(value.get("literal")), characters(value.get("raw")), circa)
    start, end = ends[0], ends[1] if len(ends) > 1 else None
    season = _season(value.get("season")) if end is None and len(start) == 1 else 0
    if end is None and len(start) > 1 and start[1] >= _FIRST_SEASON:
        start, season = start[:1], start[1] - _FIRST_SEASON + 1
    return Date(start, end, season, circa, characters(value.get("literal")))


def _without_parts(literal: str, raw: str, circa: bool) -> Date | None:
    if literal:
        return Date(literal=literal, circa=circa)
    date = date_from_edtf(raw)
    return replace(date, circa=circa or date.circa) if date else None


def _parts(value: object) -> tuple[int, ...]:
    """(year, month, day) as far as they are given, () for none; seasons as EDTF's months.

    A month or day that no calendar has is dropped with what follows it, as every CSL processor does.
    """
    if not isinstance(value, list):
        raise PubtrackError("date-parts is not a list of lists")
    numbers: list[int] = []
    for part, limit in zip(value[:3], _PART_LIMITS, strict=False):
        if part in (None, "", 0, "0"):
            break
        number = _whole_number(part)
        if numbers and not 1 <= number <= limit:
            break
        if abs(number) > limit:
            raise PubtrackError(f"{number} is not a year")
        numbers.append(number)
    if len(numbers) < 2 or numbers[1] <= 12:
        return tuple(numbers)
    month = numbers[1]
    if month < _FIRST_CITEPROC_SEASON + 4:
        month += _FIRST_SEASON - _FIRST_CITEPROC_SEASON
    return (numbers[0], month) if month >= _FIRST_SEASON else (numbers[0],)


def _whole_number(value: object) -> int:
    text = characters(value).strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
        raise PubtrackError(f"{shorten(text)!r} is not a whole number")
    return int(text)


def _season(value: object) -> int:
    text = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    return int(text) if text in ("1", "2", "3", "4") else season_number(text)


def date_from_edtf(value: str) -> Date | None:
    """A `Date` from an EDTF string, else a literal one; None for "". Years may have fewer or more digits than four."""
    value = value.strip()
    date = parse_edtf("/".join(_YEAR.sub(_four_digits, end.strip()) for end in value.split("/", 2)))
    return date or (Date(literal=value) if value else None)


def _four_digits(year: re.Match[str]) -> str:
    """A year as EDTF writes it: four digits, more behind a Y."""
    sign, digits = year.groups()
    return f"{sign}{digits:0>4}" if len(digits) <= 4 else f"Y{sign}{digits}"


def date_to_csl(date: Date) -> dict[str, Any]:
    """CSL-JSON's date object; an open range ends in [0], as citeproc-js reads it.

    citeproc-js stops at a range whose ends are not equally precise, and pandoc prints what is filled up with zeros:
    the more precise end is cut.
    """
    item: dict[str, Any] = {}
    if date.parts:
        ranges = [list(date.parts)]
        if date.end is not None:
            ranges.append(list(date.end) or [0])
            precision = min(map(len, ranges))
            ranges = [end[:precision] for end in ranges]
        item["date-parts"] = ranges
    if date.season:
        item["season"] = date.season
    if date.circa:
        item["circa"] = True
    if date.literal:
        item["literal"] = date.literal
    return item
