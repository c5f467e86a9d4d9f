"""The characters of a variable, those that the processor makes up itself included: a context in, a string out."""

from __future__ import annotations

import re

from pubtrack.csl.citation_label import citation_label
from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.page_ranges import PageRange
from pubtrack.model.richtext import plain

# CSL 1.0.2, "Choose", is-numeric: numbers with prefixes and suffixes, between them a comma, hyphen or ampersand.
_ONE = r"[^\W\d_]*\d+[^\W\d_]*"
_NUMERIC = re.compile(rf"\s*{_ONE}(?:\s*(?:[,&]|\\?-|–)\s*{_ONE})*\s*")


def is_numeric(text: str) -> bool:
    return _NUMERIC.fullmatch(text) is not None


def page_value(context: CiteContext, variable: str) -> str:
    """The characters of "page", or of "page-first", which may be derived from it."""
    if value := context.values.get(variable):
        return plain(value)
    if variable == "page_first" and (value := context.values.get("page")):
        return PageRange.first(plain(value))
    return ""


def value_of(context: CiteContext, variable: str) -> str:
    """The characters of a number variable, those that the engine knows itself included."""
    if variable == "citation_number":
        return context.number_label or (str(context.number) if context.number else "")
    if variable == "locator":
        return context.cite.locator
    if variable == "first_reference_note_number":
        return str(context.cite.first_note) if context.cite.first_note else ""
    if variable == "citation_label":
        value = context.values.get(variable)
        return plain(value) if value else citation_label(context.work)
    if variable == "page_first":
        return page_value(context, variable)
    value = context.values.get(variable)
    return plain(value) if value else ""
