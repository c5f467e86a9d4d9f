"""Sort keys: what `<sort>` asks for in, a key for each work out (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.date_rendering import sort_value
from pubtrack.csl.group_frame import GroupFrame
from pubtrack.csl.name_rendering import NameForm, sort_person
from pubtrack.csl.node import Node, Out
from pubtrack.csl.output_tree import flatten_characters
from pubtrack.csl.variables import is_numeric, value_of

_PUNCTUATION = re.compile(r"[^\w\s\u0001\u0002!]|_")
_INSIDE = re.compile(r"(?<=\w)['’‐-](?=\w)|(?<=\w)['’](?=\s\w)")
_LEADING = re.compile(r"(^|[\u0001\u0002])[^\w\u0001\u0002]+")
_BLANKS = re.compile(r"[ \t\n\u00a0]+")
SortValue = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Key:
    """One `<key>`: a variable or the nodes of a macro."""

    variable: str
    nodes: tuple[Node, ...]
    descending: bool
    names: tuple[int, int, bool] | None
    form: NameForm


@lru_cache(maxsize=16384)
def collation(text: str) -> tuple[str, str]:
    """A key that sorts as a reader expects: base letters before accents and case; blanks, then apostrophes and hyphens
    within words, before digits and letters; other punctuation not at all.

    U+0001 and U+0002 separate name parts and names and sort before everything.
    """
    folded = unicodedata.normalize("NFKD", _PUNCTUATION.sub("", _INSIDE.sub("!", _LEADING.sub(r"\1", text)))).casefold()
    base = "".join(char for char in folded if not unicodedata.combining(char))
    base = base.replace("æ", "ae").replace("œ", "oe").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    return _BLANKS.sub(" ", base).strip(" "), folded


def key_value(key: Key, context: CiteContext) -> str:
    """The string, not yet collated, by which one key sorts the work of `context`."""
    if not key.variable:
        return _macro_value(key, context)
    variable = key.variable
    if variable in context.people:
        return "\u0002".join(sort_person(name, key.form, english=context.english) for name in context.people[variable])
    if variable in context.dates:
        date = context.dates[variable]
        return sort_value(date) or date.literal
    text = value_of(context, variable)
    return _padded(text) if is_numeric(text) else text


def _padded(text: str) -> str:
    return re.sub(r"\d+", lambda match: match[0].zfill(8), text)


def _macro_value(key: Key, context: CiteContext) -> str:
    if key.names is not None:
        context = context._replace(sort_names=key.names)
    frame = GroupFrame()
    out: Out = []
    for node in key.nodes:
        node.render(context, frame, out)
    return "".join(flatten_characters(parts) for parts in out)


def sort_order(keys: Sequence[Key], rows: Sequence[Sequence[str]]) -> list[int]:
    """The order of `rows` (one value for each key): their indices sorted, ties as they stood.

    "Items with an empty sort key value are placed at the end of the sort, both for ascending and descending."
    """
    order = list(range(len(rows)))
    for place in range(len(keys) - 1, -1, -1):
        values = [collation(row[place]) for row in rows]
        order.sort(key=values.__getitem__, reverse=keys[place].descending)
        if keys[place].descending or any(not value[0] for value in values):
            order.sort(key=lambda index, values=values: not values[index][0])  # type: ignore[misc]
    return order
