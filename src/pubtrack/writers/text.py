"""Plain text: a `Listing` to lines that any terminal may show, a `Text` to its characters."""

from __future__ import annotations

import re
import unicodedata

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text
from pubtrack.writers._inline import Heading, WrittenEntry, blocks, one_line
from pubtrack.writers._math import formula_in_characters, script_characters

# Direction marks, zero-width spaces and soft hyphens do nothing good in a terminal; joiners make letters and stay.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064]")


def inline(value: Text) -> str:
    """The characters of `value`; math as far as characters go, else between dollar signs."""
    return _inline(one_line(value))


def write(listing: Listing) -> str:
    """`listing` with a blank line between entries and titles underlined."""
    parts: list[str] = []
    for block in blocks(listing):
        if isinstance(block, WrittenEntry):
            rest = (f"{'  ' if line.display == 'indent' else ''}{_inline(line.text)}" for line in block.lines[1:])
            parts.append("\n".join((_inline(block.first), *rest)))
        elif isinstance(block, Heading):
            title = _inline(block.text)
            parts.append(f"{title}\n{'-' * _width(title)}")
        else:
            parts.append(_inline(block.text))
    return "\n\n".join(parts) + "\n" if parts else ""


def _inline(value: Text) -> str:
    return _INVISIBLE.sub("", "".join(map(_shown, value)))


def _shown(span: Span) -> str:
    """The characters of one span: 10⁻³ and ¹³C, but the raised letters of "1st" as they are."""
    if "math" in span.marks:
        return formula_in_characters(span.text)
    return span.text if span.text.isalpha() else script_characters(span)


def _width(title: str) -> int:
    """The columns that `title` takes in a terminal (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in title)
