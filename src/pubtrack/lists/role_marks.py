"""Highlight people in a rendered text and put their role marks behind their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.config import HighlightConfig, Looks
from pubtrack.model.name import Name, group_role
from pubtrack.model.name_annotations import ROLE_NAMES
from pubtrack.model.richtext import Mark, Span, Text, join_texts, map_names, mark_text, text


@dataclass(frozen=True, slots=True)
class Highlight:
    """How the names of those with a `role` look; `legend` is what explains it in a legend, "" for nothing."""

    role: str
    marks: tuple[Mark, ...]
    legend: str = ""


def marks_of(looks: Looks) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(look for look in looks if look != "none"))


def group_highlights(tables: Mapping[str, HighlightConfig]) -> tuple[Highlight, ...]:
    """The looks of the groups in `[highlight]`."""
    return tuple(
        Highlight(group_role(name), marks_of(one.with_), name if one.legend is None else one.legend)
        for name, one in tables.items()
    )


def _highlight_of(name: Name, highlights: Sequence[Highlight]) -> Highlight | None:
    """How `name` looks: the first that fits."""
    return next((one for one in highlights if one.role in name.roles), None)


def highlight_names(value: Text, highlights: Sequence[Highlight]) -> Text:
    """`value` with everybody's name as the first of `highlights` has it that fits."""

    def change(name: Name, run: Text) -> Text:
        found = _highlight_of(name, highlights)
        return _with_look(run, found.marks) if found is not None else run

    return map_names(value, change)


def _with_look(value: Text, marks: Sequence[Mark]) -> Text:
    for mark in reversed(marks):
        value = mark_text(value, mark)
    return value


def with_marks(value: Text, symbols: Mapping[str, str]) -> Text:
    """`value` with the symbols of each person's roles behind the name, in the order of `symbols`."""

    def change(name: Name, run: Text) -> Text:
        shown = "".join(symbol for role, symbol in symbols.items() if role in name.roles)
        return (*run, Span(shown, display=run[-1].display)) if shown else run

    return map_names(value, change)


def legend(entries: Iterable[Text], symbols: Mapping[str, str], highlights: Sequence[Highlight] = ()) -> Text:
    """What explains the people printed in `entries`: symbols with their roles' names, and looks, each shown on its
    own words; empty when neither is used."""
    people = {span.name for entry in entries for span in entry if span.name is not None}
    roles = {role for name in people for role in name.roles}
    seen = {_highlight_of(name, highlights) for name in people}
    explained = [text(f"{symbol} {ROLE_NAMES.get(role, role)}") for role, symbol in symbols.items() if role in roles]
    explained += [
        _with_look(text(one.legend), one.marks) for one in highlights if one in seen and one.legend and one.marks
    ]
    return join_texts(explained, text(", "))
