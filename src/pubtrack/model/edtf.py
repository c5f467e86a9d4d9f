"""Dates of EDTF (ISO 8601-2, levels 0 and 1) to `Date`s and back, as biblatex and CSL-JSON have them.

An unspecified year (199X) is the range it stands for, an unspecified month or day is none. Times are dropped, and so is
what no calendar has. A season within a range is EDTF's month (21 to 24) in its end of the range.
"""

from __future__ import annotations

import re

from pubtrack.model.work import Date

_POINT = re.compile(r"(-?)(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)(?:T[\d:.Z+-]*)?([~?%]?)")
_LONG_YEAR = re.compile(r"[yY](-?\d{5,9})")
_OPEN = ("", "..", "open", "unknown")
_FIRST_SEASON, _LAST_SEASON = 21, 32  # spring; from 25 on the seasons of one hemisphere, quarters come behind


def parse_edtf(source: str) -> Date | None:
    """The date or range, or None if `source` is not EDTF; impossible months and days are left off."""
    first, slash, second = source.partition("/")
    if not slash:
        return _point(source)
    is_open = first.strip().lower() in _OPEN, second.strip().lower() in _OPEN
    start, end = (None if open_ else _point(side) for open_, side in zip(is_open, (first, second), strict=True))
    if start is None:
        return end if is_open[0] else None
    if end is None:
        return Date(_with_season(start), (), circa=start.circa) if is_open[1] else None
    last = end.end or _with_season(end)
    return Date(_with_season(start), last, circa=start.circa or end.circa)


def _point(source: str) -> Date | None:
    source = source.strip()
    long_year = _LONG_YEAR.fullmatch(source)
    if long_year:
        return Date((int(long_year[1]),))
    match = _POINT.fullmatch(source.replace("u", "X"))
    if match is None:
        return None
    sign, year, month, day, *marks = match.groups()
    circa = any(marks)
    if "X" in year:
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return Date((-high,), end=(-low,), circa=circa) if sign else Date((low,), end=(high,), circa=circa)
    number = -int(year) if sign else int(year)
    if month is None or month == "XX":
        return Date((number,), circa=circa)
    if _FIRST_SEASON <= int(month) <= _LAST_SEASON:
        return Date((number,), season=(int(month) - _FIRST_SEASON) % 4 + 1, circa=circa)
    return Date(possible_date(number, int(month), int(day) if day and day != "XX" else 0), circa=circa)


def _with_season(date: Date) -> tuple[int, ...]:
    """The parts of one end of a range, a season as EDTF's month."""
    return (*date.parts, _FIRST_SEASON - 1 + date.season) if date.season else date.parts


def possible_date(year: int, month: int, day: int) -> tuple[int, ...]:
    """(year, month, day) without the parts that no calendar has."""
    if not 1 <= month <= 12:
        return (year,)
    # A leap year's rule holds before Christ too (ISO 8601 counts with a year 0).
    longest = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30
    if month == 2:
        longest = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return (year, month, day) if 1 <= day <= longest else (year, month)


def write_edtf(date: Date) -> str:
    """A date with parts as EDTF."""
    mark = "~" if date.circa else ""
    start = _written(_with_season(date)) + mark
    if date.end is None:
        return start
    return f"{start}/{_written(date.end) + mark if date.end else '..'}"


def _written(parts: tuple[int, ...]) -> str:
    year = f"{parts[0]:04}" if parts[0] >= 0 else f"-{-parts[0]:04}"
    year = year if abs(parts[0]) < 10_000 else f"Y{year}"
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])
