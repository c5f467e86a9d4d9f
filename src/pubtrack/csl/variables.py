"""The characters of a variable, those that the processor makes up itself included: a state in, a string out."""

from __future__ import annotations

import re

from pubtrack.csl.citation_label import citation_label
from pubtrack.csl.page_ranges import PageRange
from pubtrack.csl.state import State
from pubtrack.model.richtext import plain

# CSL 1.0.2, "Choose", is-numeric: numbers with prefixes and suffixes, between them a comma, hyphen or ampersand.
_ONE = r"[^\W\d_]*\d+[^\W\d_]*"
_NUMERIC = re.compile(rf"\s*{_ONE}(?:\s*(?:[,&]|\\?-|–)\s*{_ONE})*\s*")


def is_numeric(text: str) -> bool:
    return _NUMERIC.fullmatch(text) is not None


def page_value(state: State, variable: str) -> str:
    """The characters of "page", or of "page-first", which may be derived from it."""
    if value := state.values.get(variable):
        return plain(value)
    if variable == "page_first" and (value := state.values.get("page")):
        return PageRange.first(plain(value))
    return ""


def value_of(state: State, variable: str) -> str:
    """The characters of a number variable, those that the engine knows itself included."""
    if variable == "citation_number":
        return state.number_label or (str(state.number) if state.number else "")
    if variable == "locator":
        return state.cite.locator
    if variable == "first_reference_note_number":
        return str(state.cite.first_note) if state.cite.first_note else ""
    if variable == "citation_label":
        value = state.values.get(variable)
        return plain(value) if value else citation_label(state.work)
    if variable == "page_first":
        return page_value(state, variable)
    value = state.values.get(variable)
    return plain(value) if value else ""
