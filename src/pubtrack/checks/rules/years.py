"""Years and dates: what cannot be read, what contradicts itself, what is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex import date_fields
from pubtrack.bibtex.latex import characters
from pubtrack.bibtex.pubstate import remove_state, state
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.edtf import parse_edtf

_YEAR = pattern(r"\s*-?\d{4}\s*")
_UNDATED = pattern(r"(?:n\.?\s?d\.?|no date|undated|s\.?\s?a\.?|o\.?\s?j\.?|n/a|\[?\d{4}\??\]?)", re.I)
_PLAIN = pattern(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?")
_ISO = pattern(r"(\d{4})-(\d\d)(?:-(\d\d))?")


@rule(
    "fld-year",
    "error",
    why="Styles sort and label by the year, biber drops a date that is not valid. What people can read and "
    "programs cannot (“spring 2020”, “2020a”) is a warning.",
    source="biblatex manual, “Date and Time Specifications” (ISO 8601-2); JabRef's YearChecker, DateChecker",
    bad="@misc{study, title = {A study}, year = {20020}}",
    good="@misc{study, title = {A study}, year = {in press}}\n@misc{tea2020, title = {Tea}, date = {2020-05/2020-06}}",
)
def fld_year(view: View, context: Context) -> Iterator[Hit]:
    """A year is not a number of four digits, a date is not ISO 8601, or year and date disagree."""
    del context
    for item, field, latex in view.fields("year"):
        if _YEAR.fullmatch(latex):
            continue
        written = characters(latex)
        if not _YEAR.fullmatch(written) and not _is_settled(written):
            read = date_fields.parse(written).date
            is_read = read is not None and bool(read.parts)
            is_read = is_read or "\\" in latex  # a macro of the file's own may print what nobody can read here
            remedy = f"write {read.parts[0]}" if read is not None and read.parts else "write it with four digits"
            yield Hit(item, field, f'"{written}" is not a year; {remedy}', severity="warning" if is_read else None)
    for name in ("date", "origdate", "eventdate", "urldate"):
        for item, field, latex in view.fields(name):
            if _PLAIN.fullmatch(latex):
                continue
            written = latex if "~" in latex else characters(latex)
            if (name == "date" and _is_settled(written)) or (item.page.dialect == "bibtex" and name != "date"):
                continue
            hit = _wrong_date(item, written)
            if hit:
                yield Hit(item, field, hit, severity="warning" if date_fields.parse(written).date else None)
    yield from _disagreeing(view)


def _is_settled(written: str) -> bool:
    """Whether it is a state ("in press") or says that there is no date."""
    return bool(state(written) or remove_state(written)[0] or _UNDATED.fullmatch(written.strip()))


def _wrong_date(item: EntryView, written: str) -> str:
    if parse_edtf(written) is None:
        return f'"{written}" is not a date of ISO 8601; write 2020-05-17, 2020-05 or 2020'
    for year, month, day in _ISO.findall(written):
        if not 1 <= int(month) <= 12 and not 21 <= int(month) <= 41:
            return f'there is no month {month} ("{written}")'
        if day and parse_edtf(f"{year}-{month}-{day}") != parse_edtf(f"{year}-{month}") and int(month) < 13:
            read = parse_edtf(f"{year}-{month}-{day}")
            if read is not None and len(read.parts) < 3:
                return f'there is no day {day} in that month ("{written}")'
        elif day and int(month) < 13:
            return f'there is no day {day} in that month ("{written}")'
    return ""


def _disagreeing(view: View) -> Iterator[Hit]:
    for item, field, latex in view.fields("date"):
        year = item.own("year")
        if year is None or item.own("date") is None:
            continue
        one, other = date_fields.parse(characters(latex)).date, date_fields.parse(item.plain("year")).date
        if one and other and one.parts and other.parts and one.parts[0] != other.parts[0]:
            last = one.end[0] if one.end else one.parts[0]
            if not one.parts[0] <= other.parts[0] <= last:
                yield Hit(item, field, f"date says {one.parts[0]}, year says {other.parts[0]}; remove the wrong one")


@rule(
    "fld-year-future",
    "error",
    why="Nothing can have appeared then: the year is mistyped or the reference made up. Next year is a warning, and "
    "none for what is in press.",
    source="HALLMARK, “future_date”",
    bad="@misc{study2099, title = {A study}, year = 2099}",
    good="@misc{study2026, title = {A study}, year = 2026}",
)
def fld_year_future(view: View, context: Context) -> Iterator[Hit]:
    """The year is yet to come."""
    if not context.year:
        return
    for item, field, latex in view.fields("year", "date"):
        written = latex if latex.isdigit() else characters(latex)
        match = re.match(r"\s*(\d{4})(?!\d)", written)
        year = int(match[1]) if match else 0
        if year > context.year + 1:
            yield Hit(item, field, f"{year} is yet to come; this is {context.year}")
        elif year == context.year + 1 and context.month < 9 and not _is_coming(item):
            yield Hit(item, field, f"{year} is next year; is it in press?", severity="warning")


def _is_coming(item: EntryView) -> bool:
    return any(state(item.plain(name)) for name in ("pubstate", "note", "howpublished", "journaltitle"))
