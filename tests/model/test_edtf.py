"""Dates of EDTF, read the same in BibTeX and in CSL-JSON."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.date_fields import issued
from pubtrack.csl_json import date_from_csl
from pubtrack.model.edtf import parse_edtf, write_edtf
from pubtrack.model.work import Date

EDTF: dict[str, Date | None] = {
    "2004": Date((2004,)),
    "2004-05": Date((2004, 5)),
    "2004-05-06": Date((2004, 5, 6)),
    "2004-05-06T14:34:00Z": Date((2004, 5, 6)),
    "2004-05-06T14:34:00+02:00": Date((2004, 5, 6)),
    "2004-21": Date((2004,), season=1),
    "2004-22": Date((2004,), season=2),
    "2004-23": Date((2004,), season=3),
    "2004-24": Date((2004,), season=4),
    "1723~": Date((1723,), circa=True),
    "1723?": Date((1723,), circa=True),
    "1723%": Date((1723,), circa=True),
    "1723-05~": Date((1723, 5), circa=True),
    "199X": Date((1990,), end=(1999,)),
    "19XX": Date((1900,), end=(1999,)),
    "199u": Date((1990,), end=(1999,)),
    "1999-XX": Date((1999,)),
    "1999-07-XX": Date((1999, 7)),
    "1999-XX-XX": Date((1999,)),
    "1988/1992": Date((1988,), end=(1992,)),
    "1997-07-01/1998-02": Date((1997, 7, 1), end=(1998, 2)),
    "1997/": Date((1997,), end=()),
    "1997/..": Date((1997,), end=()),
    "1997/open": Date((1997,), end=()),
    "/1997": Date((1997,)),
    "../1997": Date((1997,)),
    "1997~/1998": Date((1997,), end=(1998,), circa=True),
    "-0876": Date((-876,)),
    "-0044-03-15": Date((-44, 3, 15)),
    "y-51234": Date((-51234,)),
    "Y17000": Date((17000,)),
    "2004-13": Date((2004,)),
    "2004-00": Date((2004,)),
    "2003-02-29": Date((2003, 2)),
    "2004-02-29": Date((2004, 2, 29)),
    "2004-04-31": Date((2004, 4)),
    "2001-21/2002-22": Date((2001, 21), end=(2002, 22)),
    "2001-21/..": Date((2001, 21), end=()),
    "/": None,
    "": None,
    "98": None,
    "2004-1": None,
    "2004/x": None,
    "x/2004": None,
    "in press": None,
}


@pytest.mark.parametrize("source", EDTF)
def test_edtf_as_biblatex_reads_it(source: str) -> None:
    assert parse_edtf(source) == EDTF[source]


@pytest.mark.parametrize("source", [source for source, date in EDTF.items() if date is not None])
def test_edtf_is_one_date_in_bibtex_and_csl_json(source: str) -> None:
    assert issued({"date": source}).date == date_from_csl({"raw": source}) == EDTF[source]


@pytest.mark.parametrize("date", dict.fromkeys(date for date in EDTF.values() if date is not None))
def test_what_is_written_is_read_back(date: Date) -> None:
    assert parse_edtf(write_edtf(date)) == date
