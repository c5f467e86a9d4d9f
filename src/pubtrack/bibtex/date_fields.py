"""What BibTeX and biblatex write for dates to `Date`s, and `Date`s back.

A `date` is EDTF as biblatex reads it (biblatex manual, "Date and Time Specifications": ISO 8601-2, levels 0 and 1);
`year`, `month` and `day` are whatever people type, and so are dates that are no EDTF ("12 March 2020"). Times are
dropped. An unspecified year (199X) is the range it stands for, an unspecified month or day is none. A state ("in
press") is no date: it is handed on beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pubtrack.bibtex.pubstate import remove_state
from pubtrack.model.work import Date

_MONTHS = (
    "january jan januar januari januari janvier janv enero ene gennaio gen janeiro jänner",
    "february feb februar februari février fév févr febrero febbraio febb fevereiro fev",
    "march mar märz mrz maart mrt mars marzo março",
    "april apr avril avr abril abr aprile",
    "may mai mei mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_SEASONS = (
    "spring frühling frühjahr printemps primavera lent trinity",
    "summer sommer été verano estate verão",
    "autumn fall herbst automne otoño autunno outono michaelmas",
    "winter hiver invierno inverno hilary",
)


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_MONTH_OF = {_folded(word): number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_SEASON_OF = {_folded(word): number for number, words in enumerate(_SEASONS, 1) for word in words.split()}
MONTH_NAMES = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""The English names, the first in place 1; the standard library's follow the locale of the process."""

_EDTF = re.compile(r"(-?)(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)(?:T[\d:.Z+-]*)?([~?%]?)")
_OPEN = ("", "..", "open", "unknown")
_PLAIN_YEAR = re.compile(r"\d{4}")
_CIRCA = re.compile(r"(?:[\[(]\s*+|(?<!\s)\s++)?(?:c|ca|circa|about|approx|um)\b\.?\s*+", re.I)
_UNDATED = re.compile(
    r"(?:n\.?\s?d\.?|no date|nodate|undated|s\.?\s?a\.?|o\.?\s?j\.?|n/a|na|none|tbd|tba|[?.-]+)", re.I
)
_WORD = re.compile(r"\d+|[^\W\d_]+")
_LOOKED = re.compile(r"\A(?:last\s+)?(?:accessed|visited|retrieved|checked)(?:\s+on)?\s*:?\s*", re.I)
_LONG_YEAR = re.compile(r"[yY](-?\d{5,9})")
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
    date = edtf(source)
    if date is not None:
        return Issued(date)
    state, rest = remove_state(source)
    if not rest or _UNDATED.fullmatch(rest):
        return Issued(None, state)
    return Issued(_loose(rest) or Date(literal=rest), state)


def edtf(source: str) -> Date | None:
    """An EDTF date or range, or None if `source` is none; impossible months and days are left off."""
    first, slash, second = source.partition("/")
    if not slash:
        return _edtf_point(source)
    start = _edtf_point(first) if first.strip().lower() not in _OPEN else None
    end = _edtf_point(second) if second.strip().lower() not in _OPEN else None
    if start is None and end is None:
        return None
    if start is None:
        return end if first.strip().lower() in _OPEN else None
    if end is None:
        return replace(start, end=()) if second.strip().lower() in _OPEN else None
    circa = start.circa or end.circa
    return replace(start, end=end.end or end.parts, circa=circa) if not start.season else replace(start, circa=circa)


def _edtf_point(source: str) -> Date | None:
    source = source.strip()
    long_year = _LONG_YEAR.fullmatch(source)
    if long_year:
        return Date((int(long_year[1]),))
    match = _EDTF.fullmatch(source.replace("u", "X"))
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
    if 21 <= int(month) <= 32:
        return Date((number,), season=(int(month) - 21) % 4 + 1, circa=circa)
    return Date(_possible(number, int(month), int(day) if day and day != "XX" else 0), circa=circa)


def _possible(year: int, month: int, day: int) -> tuple[int, ...]:
    """(year, month, day) without the parts that no calendar has."""
    if not 1 <= month <= 12:
        return (year,)
    # A leap year's rule holds before Christ too (ISO 8601 counts with a year 0).
    longest = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30
    if month == 2:
        longest = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return (year, month, day) if 1 <= day <= longest else (year, month)


def _loose(source: str) -> Date | None:
    """A date that is no EDTF: "12 March 2020", "2020/3/12", "ca. 1990", "1984--86", "2019a", "July 4--8, 2021"."""
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
        return Date(_possible(int(first), int(second), int(third or 0)))
    if third is None or len(third) != 4 or len(first) > 2:
        return None
    day, month = int(first), int(second)
    if "." not in source and day <= 12:
        if month <= 12 and month != day:
            return None
        day, month = month, day
    parts = _possible(int(third), month, day)
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
        first = _possible(year, start.month or end.month, start.day)
        last = _possible(year, end.month or start.month, end.day)
    else:
        first, last = _possible(year, start.day, 0), _possible(year, end.day, 0)
    if len(points) == 1 and len(first) == 2 and day.strip().isdecimal():
        first = _possible(year, first[1], int(day) if len(day) < 4 else 0)
    return replace(date, parts=first, end=last if len(points) == 2 and first < last else None)


class _Point(NamedTuple):
    month: int = 0
    day: int = 0
    season: int = 0


@lru_cache(maxsize=2048)
def _month_and_day(source: str) -> _Point | None:
    """ "January", "jan.", "10 jan", "March 3rd", "Winter"; a bare number is in `day`; None for anything else."""
    words = _WORD.findall(_folded(source)) if len(source) < 60 else []
    numbers = [int(word) for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal() and word not in _FILLERS]
    if len(numbers) > 1 or len(names) > 1 or not (numbers or names) or (numbers and numbers[0] > 31):
        return None
    number = numbers[0] if numbers else 0
    if not names:
        return _Point(day=number)
    if names[0] in _SEASON_OF:
        return None if number else _Point(season=_SEASON_OF[names[0]])
    month = _MONTH_OF.get(names[0])
    return _Point(month, number) if month else None


# Writing -----------------------------------------------------------------------------------------------------------


def write_date(date: Date, *, biblatex: bool) -> dict[str, str]:
    """The fields that `parse` and `issued` read as `date`: `date` for biblatex, `year`, `month`, `day` for BibTeX.

    BibTeX has no words for ranges, days before Christ and the like: there `year` holds what people read.
    """
    if not date.parts:
        return {"date" if biblatex else "year": date.literal} if date.literal else {}
    if biblatex:
        return {"date": _edtf(date)}
    is_simple = date.end is None and not date.circa and 0 < date.parts[0] < 10_000
    if is_simple and not date.season:
        return _bibtex_fields(date.parts)
    if is_simple:
        return {"year": f"{date.parts[0]:04}", "month": _SEASONS[date.season - 1].split()[0].capitalize()}
    return {"year": _edtf(date)}


def _bibtex_fields(parts: tuple[int, ...]) -> dict[str, str]:
    fields = {"year": f"{parts[0]:04}"}
    if len(parts) > 1:
        fields["month"] = MONTH_NAMES[parts[1]]
    if len(parts) > 2:
        fields["day"] = str(parts[2])
    return fields


def _edtf(date: Date) -> str:
    parts = (*date.parts, 20 + date.season) if date.season else date.parts
    mark = "~" if date.circa else ""
    if date.end is None:
        return _point(parts) + mark
    return f"{_point(parts)}{mark}/{_point(date.end) + mark if date.end else '..'}"


def _point(parts: tuple[int, ...]) -> str:
    year = f"{parts[0]:04}" if parts[0] >= 0 else f"-{-parts[0]:04}"
    year = year if abs(parts[0]) < 10_000 else f"Y{year}"
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])
