"""Highlight people in a rendered text and put their role marks behind their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pubtrack.model.name import Name
from pubtrack.model.richtext import Mark, Span, Text, map_names, mark_text, text
from pubtrack.model.work import Work

ROLE_NAMES: Mapping[str, str] = {
    "corresponding": "corresponding author",
    "equal": "equal contribution",
    "presenting": "presenting author",
    "student": "student",
}
"""What a legend calls a role; any other is called by its own word."""


def highlight_names(value: Text, ways: Sequence[tuple[str, Mark]]) -> Text:
    """`value` with the names of everybody who has one of the roles marked in that role's way, the first that fits."""

    def change(name: Name, run: Text) -> Text:
        for role, mark in ways:
            if role in name.roles:
                return mark_text(run, mark)
        return run

    return map_names(value, change)


def with_marks(value: Text, symbols: Mapping[str, str]) -> Text:
    """`value` with the symbols of each person's roles behind the name, in the order of `symbols`."""

    def change(name: Name, run: Text) -> Text:
        shown = "".join(symbol for role, symbol in symbols.items() if role in name.roles)
        return (*run, Span(shown, display=run[-1].display)) if shown else run

    return map_names(value, change)


def legend(works: Iterable[Work], symbols: Mapping[str, str]) -> Text:
    """The symbols that `works` use, each with its role's name; empty when none is used."""
    used = {role for work in works for names in work.people.values() for name in names for role in name.roles}
    return text(", ".join(f"{symbol} {ROLE_NAMES.get(role, role)}" for role, symbol in symbols.items() if role in used))
