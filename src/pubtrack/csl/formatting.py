"""The formatting attributes of rendering elements: affixes, fonts, case, quotes, display."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.output_tree import Part, Parts, Wrap
from pubtrack.csl.text_case import recase

_FORMATS = {
    "font-style": {"italic": "italic", "oblique": "italic", "normal": "no-italic"},
    "font-variant": {"small-caps": "small-caps", "normal": "no-small-caps"},
    "font-weight": {"bold": "bold", "normal": "no-bold", "light": "no-bold"},
    "text-decoration": {"underline": "underline", "none": "no-underline"},
    "vertical-align": {"sup": "sup", "sub": "sub", "baseline": "baseline"},
}
_DISPLAYS = frozenset({"block", "left-margin", "right-inline", "indent"})
_CASES = frozenset({"lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"})


def marks_of(attributes: Mapping[str, str]) -> tuple[str, ...]:
    """The formatting attributes as marks, the innermost last (CSL 1.0.2, "Formatting")."""
    found = [table.get(attributes.get(name, ""), "") for name, table in _FORMATS.items()]
    return tuple(mark for mark in reversed(found) if mark)


@dataclass(frozen=True, slots=True)
class Formatting:
    """What is done to an element's output, from the inside out; None where nothing is.

    CSL 1.0.2, "Affixes": affixes stand outside of formatting, quotes, strip-periods and text-case.
    """

    prefix: str = ""
    suffix: str = ""
    marks: tuple[str, ...] = ()
    text_case: str = ""
    quotes: bool = False
    strip_periods: bool = False
    display: str = ""

    def dress(self, parts: Parts, context: CiteContext | None) -> Parts:
        """`parts` so treated; `context` is None for what is the same for every work."""
        if self.text_case:
            if context is None:
                parts = recase(parts, self.text_case)
            else:
                parts = recase(parts, self.text_case, english=context.english, language=_language(context))
        if self.strip_periods:
            parts = without_periods(parts)
        if self.marks:
            parts = [Wrap("format", self.marks, parts)]
        if self.quotes:
            parts = [Wrap("quoted", None, parts)]
        if self.prefix or self.suffix:
            parts = [self.prefix, *parts, self.suffix]
        if self.display:
            parts = [Wrap("display", self.display, parts)]
        return parts


def formatting_of(attributes: Mapping[str, str], *, case: bool = True, affixes: bool = True) -> Formatting | None:
    """The look that an element's attributes ask for, or None for none."""
    text_case = attributes.get("text-case", "") if case else ""
    display = attributes.get("display", "")
    look = Formatting(
        prefix=attributes.get("prefix", "") if affixes else "",
        suffix=attributes.get("suffix", "") if affixes else "",
        marks=marks_of(attributes),
        text_case=text_case if text_case in _CASES else "",
        quotes=attributes.get("quotes") == "true",
        strip_periods=attributes.get("strip-periods") == "true",
        display=display if display in _DISPLAYS else "",
    )
    return None if look == _PLAIN else look


_PLAIN = Formatting()


def _language(context: CiteContext) -> str:
    spans = context.values.get("language")
    return spans[0].text if spans else ""


def without_periods(parts: Parts) -> list[Part]:
    """`parts` without any period (CSL 1.0.2, "Strip-periods")."""
    return [
        part.replace(".", "")
        if isinstance(part, str)
        else Wrap(part.kind, part.value, part.parts if part.kind == "math" else without_periods(part.parts))
        for part in parts
    ]
