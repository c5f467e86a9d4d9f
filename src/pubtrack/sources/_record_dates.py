"""The dates of services' replies (lists of numbers, ISO 8601) to `Date`s; what no calendar has is dropped."""

from __future__ import annotations

import re
from typing import Any

from pubtrack.model.date_words import month_number
from pubtrack.model.edtf import parse_edtf
from pubtrack.model.work import Date
from pubtrack.sources._json import mappings

_EARLIEST, _LATEST = 1000, 2199
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[T ].*)?", re.A | re.S)


def date_of_numbers(year: Any, month: Any = None, day: Any = None) -> Date | None:
    """A date of up to three whole numbers, which may be strings, or None without a year that anybody printed in."""
    numbers = [_whole(part) for part in (year, month, day)]
    if not _EARLIEST <= numbers[0] <= _LATEST:
        return None
    written = f"{numbers[0]:04}"
    if 1 <= numbers[1] <= 12:
        written += f"-{numbers[1]:02}"
        if 1 <= numbers[2] <= 31:
            written += f"-{numbers[2]:02}"
    return parse_edtf(written)


def _whole(part: Any) -> int:
    if isinstance(part, str):
        part = part.strip()
        part = month_number(part[:3]) or (int(part) if re.fullmatch(r"\d{1,4}", part, re.A) else 0)
    return part if isinstance(part, int) and not isinstance(part, bool) else 0


def date_of_parts(value: Any) -> Date | None:
    """A date of CSL's and Crossref's (`{"date-parts": [[2020, 5, 31]]}`), a range where there are two."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list):
        return None
    ends = [date_of_numbers(*part[:3]) for part in parts[:2] if isinstance(part, list) and part]
    return date_range(ends[0], ends[1]) if len(ends) == 2 else next(iter(ends), None)


def date_of_iso(value: Any) -> Date | None:
    """A date of ISO 8601 ("2020-05-31T10:00:00Z"), of a range its first day."""
    found = _ISO.fullmatch(value.strip().partition("/")[0]) if isinstance(value, str) and len(value) < 80 else None
    return date_of_numbers(*found.groups()) if found else None


def date_range(start: Date | None, end: Date | None) -> Date | None:
    """From `start` to `end`, `start` alone where they are the same or the wrong way round."""
    if start is None or end is None or end.parts <= start.parts:
        return start
    return Date(start.parts, end=end.parts)


def first_of(value: Any, *names: str) -> tuple[str, Date] | None:
    """The name and date of the first of `names` that `value` has a date under, in CSL's parts."""
    for name in names:
        for part in mappings(value, name):
            date = date_of_parts(part)
            if date is not None:
                return name, date
    return None
