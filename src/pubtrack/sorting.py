"""The order of a list: a text such as "-date,author" to a function that sorts works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from pubtrack.errors import PubtrackError, did_you_mean
from pubtrack.filters import folded
from pubtrack.richtext import plain
from pubtrack.work import Work

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
    return "\n".join(folded(f"{name.family or name.literal}\t{name.given}") for name in names) or "\uffff"


KEYS: Mapping[str, Callable[[Work], Any]] = {
    "date": _date,
    "author": _author,
    "title": lambda work: folded(plain(work.title)),
    "type": lambda work: work.type,
    "venue": lambda work: folded(work.get("container_title") or work.get("event_title") or work.get("publisher")),
    "key": lambda work: work.id.casefold(),
}


def compile_sort(source: str, *, in_press: Literal["newest", "oldest"] = "newest") -> Order:
    """The order that `source` describes: keys with commas between, "-" for descending; ties keep the store's order.

    `in_press` says how works that have a state in place of a date count. Raises PubtrackError for an unknown key.
    """
    steps: list[tuple[Callable[[Work], Any], bool]] = []
    for word in source.split(","):
        name = word.strip().removeprefix("-").strip()
        if not name:
            continue
        if name not in KEYS:
            hint = did_you_mean(name, KEYS) or f"; there is {', '.join(KEYS)}, {STYLE}"
            raise PubtrackError(f'unknown sort key "{name}"{hint}')
        key = _date_oldest if name == "date" and in_press == "oldest" else KEYS[name]
        steps.append((key, word.strip().startswith("-")))

    def order(works: Sequence[Work]) -> list[Work]:
        ordered = list(works)
        for key, descending in reversed(steps):
            ordered.sort(key=key, reverse=descending)
        return ordered

    return order
