"""What BibTeX and biblatex write for dates to `Date`s, and `Date`s back.

A `date` is EDTF as biblatex reads it (biblatex manual, "Date and Time Specifications": ISO 8601-2, levels 0 and 1);
`year`, `month` and `day` are whatever people type, and so are dates that are not EDTF ("12 March 2020"). A state ("in
press") is not a date: it is handed on beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pubtrack.bibtex.pubstate import remove_state
from pubtrack.model.date_words import MONTH_NAMES, SEASON_NAMES, fold_word, month_number, season_number
from pubtrack.model.edtf import parse_edtf, possible_date, write_edtf
from pubtrack.model.work import Date

_PLAIN_YEAR = re.compile(r"\d{4}")
_CIRCA = re.compile(r"(?:[\[(]\s*+|(?<!\s)\s++)?(?:c|ca|circa|about|approx|um)\b\.?\s*+", re.I)
_UNDATED = re.compile(
    r"(?:n\.?\s?d\.?|no date|nodate|undated|s\.?\s?a\.?|o\.?\s?j\.?|n/a|na|none|tbd|tba|[?.-]+)", re.I
)
_WORD = re.compile(r"\d+|[^\W\d_]+")
_LOOKED = re.compile(r"\A(?:last\s+)?(?:accessed|visited|retrieved|checked)(?:\s+on)?\s*:?\s*", re.I)
_NAMED = re.compile(r"[^\W\d_]{3}")
_DASH = re.compile(r"(?:(?<!\s)\s++)?(?:,\s*+(?=[^\W\d])|-{1,3}|–|—|/|\bto\b|\bund\b|\band\b|&|\buntil\b|\bbis\b)\s*+")
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|[–—/])\s*(\d{4}|\d\d)")
_FILLERS = frozenset({"st", "nd", "rd", "th", "of", "de", "the", "do"})
_NUMERIC = re.compile(r"(\d{1,4})[./-](\d{1,2})(?:[./-](\d{1,4}))?\.?")


class Issued(NamedTuple):
    """A date, or None, and the state that was typed with it or in its place."""

    date: Date | None
    state: str = ""


# Reading -----------------------------------------------------------------------------------------------------------


def issued(fields: Mapping[str, str], *, prefix: str = "") -> Issued:
    """The date in the fields `date`, `year`, `month`, `day` (each with `prefix` before its name), Unicode values.

    `date` counts before `year`, unless it cannot be read; `month` and `day` are of use where that is a year alone.
    """
    date, year = fields.get(f"{prefix}date", ""), fields.get(f"{prefix}year", "")
    found = ""
    for source in (date, year):
        if not source:
            continue
        read, state = parse(source)
        found = found or state
        if read is not None and (read.parts or not (source is date and year)):
            month = fields.get(f"{prefix}month", "")
            if month and len(read.parts) == 1 and read.end is None and not read.season:
                read = _with_month(read, month, fields.get(f"{prefix}day", ""))
            return Issued(read, found)
    return Issued(None, found)


@lru_cache(maxsize=8192)
def parse(source: str) -> Issued:
    """One date as typed, and a state in it. What is neither is a literal date; what means "undated" is none."""
    source = source.strip()
    if _PLAIN_YEAR.fullmatch(source):
        return Issued(Date((int(source),)))
    source = _LOOKED.sub("", source, count=1)
    date = parse_edtf(source)
    if date is not None:
        return Issued(date)
    state, rest = remove_state(source)
    if not rest or _UNDATED.fullmatch(rest):
        return Issued(None, state)
    return Issued(_loose(rest) or Date(literal=rest), state)


def _loose(source: str) -> Date | None:
    """A date that is not EDTF: "12 March 2020", "2020/3/12", "ca. 1990", "1984--86", "2019a", "July 4--8, 2021"."""
    circa = bool(_CIRCA.match(source)) or source.rstrip(")]").endswith("?")
    rest = _CIRCA.sub("", source, count=1) if circa else source
    rest = rest.strip(" ()[]?.,")
    read = _years(rest) or _numeric(rest) or _worded(rest)
    return replace(read, circa=True) if read and circa else read


def _years(source: str) -> Date | None:
    """A year, with the letter some people type behind it, or a range of years."""
    if re.fullmatch(r"\d{4}[a-z]?", source):
        return Date((int(source[:4]),))
    match = _YEARS.fullmatch(source)
    if match is None:
        return None
    first, last = match.groups()
    number = int(first[:2] + last) if len(last) == 2 else int(last)
    return Date((int(first),), end=(number,)) if number > int(first) else None


def _numeric(source: str) -> Date | None:
    """ "2020/3/12", "12.3.2020", "3/2020"; None where day and month cannot be told apart ("03/04/2020")."""
    match = _NUMERIC.fullmatch(source)
    if match is None:
        return None
    first, second, third = match.groups()
    if len(first) == 4:
        return Date(possible_date(int(first), int(second), int(third or 0)))
    if third is None or len(third) != 4 or len(first) > 2:
        return None
    day, month = int(first), int(second)
    if "." not in source and day <= 12:
        if month <= 12 and month != day:
            return None
        day, month = month, day
    parts = possible_date(int(third), month, day)
    return Date(parts) if len(parts) == 3 else None


def _worded(source: str) -> Date | None:
    """A date with a month's or season's name and one year of four digits, in any order, and nothing else."""
    years = [word for word in _WORD.findall(source) if len(word) == 4 and word.isdecimal()]
    if len(years) != 1 or len(source) > 60 or not _NAMED.search(source):
        return None
    rest = source.replace(years[0], " ", 1)
    date = Date((int(years[0]),))
    read = _with_month(date, rest, "")
    return read if read is not date else None


def _with_month(date: Date, month: str, day: str) -> Date:
    """`date`, a year, with what `month` and `day` say in whatever spelling; as it is if that cannot be read."""
    halves = [half for half in _DASH.split(month.strip()) if half.strip()]
    points = [_month_and_day(half) for half in halves[:3]]
    if not 1 <= len(points) <= 2 or points[0] is None or points[-1] is None:
        return date
    start, end = points[0], points[-1]
    if start.season:
        return replace(date, season=start.season)
    year = date.parts[0]
    if start.month or end.month:  # a number beside a month's name is a day: "July 4--8", "4--8 July"
        first = possible_date(year, start.month or end.month, start.day)
        last = possible_date(year, end.month or start.month, end.day)
    else:
        first, last = possible_date(year, start.day, 0), possible_date(year, end.day, 0)
    if len(points) == 1 and len(first) == 2 and day.strip().isdecimal():
        first = possible_date(year, first[1], int(day) if len(day) < 4 else 0)
    return replace(date, parts=first, end=last if len(points) == 2 and first < last else None)


class _Point(NamedTuple):
    month: int = 0
    day: int = 0
    season: int = 0


@lru_cache(maxsize=2048)
def _month_and_day(source: str) -> _Point | None:
    """ "January", "jan.", "10 jan", "March 3rd", "Winter"; a bare number is in `day`; None for anything else."""
    words = _WORD.findall(fold_word(source)) if len(source) < 60 else []
    numbers = [int(word) for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal() and word not in _FILLERS]
    if len(numbers) > 1 or len(names) > 1 or not (numbers or names) or (numbers and numbers[0] > 31):
        return None
    number = numbers[0] if numbers else 0
    if not names:
        return _Point(day=number)
    if season := season_number(names[0]):
        return None if number else _Point(season=season)
    month = month_number(names[0])
    return _Point(month, number) if month else None


# Writing -----------------------------------------------------------------------------------------------------------


def write_date(date: Date, *, biblatex: bool) -> dict[str, str]:
    """The fields that `parse` and `issued` read as `date`: `date` for biblatex, `year`, `month`, `day` for BibTeX.

    BibTeX has no words for ranges, days before Christ and the like: there `year` holds what people read.
    """
    if not date.parts:
        return {"date" if biblatex else "year": date.literal} if date.literal else {}
    if biblatex:
        return {"date": write_edtf(date)}
    is_simple = date.end is None and not date.circa and 0 < date.parts[0] < 10_000
    if is_simple and not date.season:
        return _bibtex_fields(date.parts)
    if is_simple:
        return {"year": f"{date.parts[0]:04}", "month": SEASON_NAMES[date.season]}
    return {"year": write_edtf(date)}


def _bibtex_fields(parts: tuple[int, ...]) -> dict[str, str]:
    fields = {"year": f"{parts[0]:04}"}
    if len(parts) > 1:
        fields["month"] = MONTH_NAMES[parts[1]]
    if len(parts) > 2:
        fields["day"] = str(parts[2])
    return fields
