"""Compile a sort order such as "-date,author" to a function that sorts works."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Literal

from pubtrack.lists.filters import FIELDS, fold_value
from pubtrack.model.digits import int_of
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.richtext import plain
from pubtrack.model.vocabulary import TEXT_VARIABLES
from pubtrack.model.work import Work

STYLE = "style"
"""The word that leaves the order to the citation style."""

Order = Callable[[Sequence[Work]], list[Work]]


def _date(work: Work) -> tuple[int, ...]:
    """Year, month and day; a work without a date is the newest if it has a state (in press), else the oldest."""
    issued = work.issued
    if issued is None or not issued.parts:
        return (99_999,) if _has_state(work) else (-99_999,)
    # A season stands before the month that follows it (CSL 1.0.2, "Sorting"): spring is March to May.
    season = (issued.season * 3,) if issued.season and len(issued.parts) == 1 else ()
    return (*issued.parts, *season)


def _has_state(work: Work) -> bool:
    return bool(work.get("status") or (work.issued is not None and work.issued.literal))


def _date_oldest(work: Work) -> tuple[int, ...]:
    """As `_date`, but works in press are older than all that have a date."""
    date = _date(work)
    return (-99_998,) if date == (99_999,) else date


def _author(work: Work) -> str:
    names = work.author or work.people.get("editor", ())
    return "\n".join(fold_value(f"{name.family or name.literal}\t{name.given}") for name in names) or "\uffff"


KEYS: Mapping[str, Callable[[Work], Any]] = {
    "date": _date,
    "author": _author,
    "title": lambda work: fold_value(plain(work.title)),
    "type": lambda work: work.type,
    "venue": lambda work: fold_value(work.get("container_title") or work.get("event_title") or work.get("publisher")),
    "key": lambda work: work.id.casefold(),
}


_NUMBER = re.compile(r"(\d+)")


def _field(name: str) -> Callable[[Work], tuple[tuple[int, str], ...]]:
    """The value of any field, the numbers in it by their size; () for none."""

    def value(work: Work) -> tuple[tuple[int, str], ...]:
        parts = _NUMBER.split(fold_value(work.get(name) or work.custom.get(name, "")))
        return tuple((int_of(part), "") if part.isdecimal() else (-1, part) for part in parts if part)

    return value


def _lacks(value: Callable[[Work], tuple[tuple[int, str], ...]], work: Work) -> bool:
    return not value(work)


def compile_sort(source: str, *, in_press: Literal["newest", "oldest"] = "newest", own: Collection[str] = ()) -> Order:
    """The order that `source` describes: keys with commas between, "-" for descending; ties keep the store's order.

    Any other field may be a key, too, such as biblatex's `sortkey` or one of `own`; works without it come last in
    either direction.
    `in_press` says how works that have a state in place of a date count. Raises PubtrackError for an unknown key.
    """
    steps: list[tuple[Callable[[Work], Any], bool]] = []
    for word in source.split(","):
        name = word.strip().removeprefix("-").strip()
        descending = word.strip().startswith("-")
        field = name.lower().replace("-", "_")
        if name == "date" and in_press == "oldest":
            steps.append((_date_oldest, descending))
        elif name in KEYS:
            steps.append((KEYS[name], descending))
        elif field in TEXT_VARIABLES or field in FIELDS or name.lower() in own:
            value = _field(field if field in TEXT_VARIABLES or field in FIELDS else name.lower())
            steps += [(partial(_lacks, value), False), (value, descending)]
        elif name:
            hint = did_you_mean(name, KEYS) or f"; there is {', '.join(KEYS)}, {STYLE}, and any field such as sortkey"
            raise PubtrackError(f'unknown sort key "{name}"{hint}')

    def order(works: Sequence[Work]) -> list[Work]:
        ordered = list(works)
        for key, descending in reversed(steps):
            ordered.sort(key=key, reverse=descending)
        return ordered

    return order
