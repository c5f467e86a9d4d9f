"""A venue as it is printed in an entry to its short and full name in `[venues]`, and its label: "CHI ’18"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pubtrack.model.richtext import Span
from pubtrack.model.work import Work

_VENUE_VARIABLES = ("container_title", "event_title", "collection_title")
_AROUND = re.compile(
    r"(?P<before>(?:in\s++)?(?:proceedings\s++of\s++(?:the\s++)?|proc\.?\s++(?:of\s++(?:the\s++)?)?)?)"
    r"(?:(?:19|20)\d\d\s++)?(?P<name>.+?)(?:(?<![\s,'’])[\s,'’]++(?:(?:19|20)?\d\d))?"
    r"(?:(?:(?<!\s)\s++)?\((?P<short>[^()]*+)\))?(?:(?<!\s)\s++)?",
    re.I,
)


class Venue(NamedTuple):
    """A venue of `[venues]`; `before` is what stood before its name ("Proceedings of the ")."""

    short: str
    full: str
    before: str = ""


def find_venue(name: str, venues: Mapping[str, str]) -> Venue | None:
    """The venue that `name` is, by its short or its full name in `venues`; None for one that is not there.

    "Proceedings of the …" before it, a year beside it and the short name in brackets behind it do not matter.
    """
    match = _AROUND.fullmatch(" ".join(name.split()))
    if match is None:
        return None
    by_name = {short.casefold(): Venue(short, full, match["before"]) for short, full in venues.items()}
    by_name |= {venue.full.casefold(): venue for venue in by_name.values()}
    candidates = (name, match["name"], match["short"] or "")
    return next((by_name[one.casefold()] for one in candidates if one.casefold() in by_name), None)


def venue_label(work: Work, venues: Mapping[str, str]) -> str:
    """The venue's short name with the last two digits of the year ("CHI ’18"), "" where it has no short name."""
    short = _short_name(work, venues)
    return f"{short} ’{abs(work.year) % 100:02}" if short and work.year is not None else short


def _short_name(work: Work, venues: Mapping[str, str]) -> str:
    """The short name in `venues`, else that which the entry gives (al-folio's `abbr`)."""
    for variable in _VENUE_VARIABLES:
        if (name := work.get(variable)) and (venue := find_venue(name, venues)):
            return venue.short
    return work.custom.get("abbr", "").strip()


def with_short_venue(work: Work, venues: Mapping[str, str]) -> Work:
    """`work` with its venue's short name in brackets behind the name, where it does not stand there anyway."""
    short = _short_name(work, venues)
    variable = next((one for one in _VENUE_VARIABLES[:2] if work.get(one)), "")
    if not short or not variable or _words(short) in _words(work.get(variable)):
        return work
    name = work.values[variable]
    return replace(work, values={**work.values, variable: (*name, Span(f" ({short})"))})


def _words(name: str) -> str:
    """The words of `name` with a blank before and behind each."""
    letters = "".join(sign if sign.isalnum() else " " for sign in name.casefold())
    return f" {' '.join(letters.split())} "
