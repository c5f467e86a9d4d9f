r"""RTF: a `Listing` to a document, a `Text` to RTF for running text; ASCII alone (RTF 1.9.1, "Unicode RTF")."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text
from pubtrack.writers._inline import Frame, Heading, Intro, WrittenEntry, blocks, nest_marks, one_line, wrap_mark
from pubtrack.writers._math import spell_math

MARKS: Mapping[str, tuple[str, str]] = {
    "bold": (r"{\b ", "}"),
    "italic": (r"{\i ", "}"),
    "underline": (r"{\ul ", "}"),
    "small-caps": (r"{\scaps ", "}"),
    "sup": (r"{\super ", "}"),
    "sub": (r"{\sub ", "}"),
}
_ESCAPES = str.maketrans({"\\": r"\\", "{": r"\{", "}": r"\}", "\u00a0": r"\~", "\u00ad": r"\-", "\u2011": r"\_"})
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_HEADER = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}"


def inline(value: Text) -> str:
    """`value` as RTF for running text in any document."""
    return _inline(one_line(value))


def write(listing: Listing) -> str:
    """`listing` as a document with a paragraph for each entry."""
    hanging = r"\li360\fi-360" if listing.layout.hanging_indent else ""
    parts = [_HEADER]
    for block in blocks(listing):
        if isinstance(block, WrittenEntry):
            lines = [_inline(block.first), *(_inline(line.text) for line in block.lines[1:])]
            parts.append(rf"{{\pard{hanging}\sa120\fs22 " + "\\line\n".join(lines) + r"\par}")
        elif isinstance(block, Heading):
            size = max(22, 36 - 4 * block.level)
            parts.append(rf"{{\pard\keepn\sb240\sa120\b\fs{size} {_inline(block.text)}\par}}")
        else:
            look = r"\sa120\fs22" if isinstance(block, Intro) else r"\sb120\fs20"
            parts.append(rf"{{\pard{look} {_inline(block.text)}\par}}")
    return "\n".join([*parts, "}"]) + "\n"


def _inline(value: Text) -> str:
    return nest_marks(spell_math(value), _leaf, _wrap)


def _leaf(span: Span) -> str:
    return _FOREIGN.sub(_code_units, span.text.translate(_ESCAPES))


def _wrap(frame: Frame, inner: str) -> str:
    if frame[0] != "link":
        return wrap_mark(frame, inner, MARKS)
    return rf'{{\field{{\*\fldinst{{HYPERLINK "{frame[1]}"}}}}{{\fldrslt {inner}}}}}'


def _code_units(match: re.Match[str]) -> str:
    r"""Characters as signed UTF-16 code units; \uc0 says that none has a substitute behind it."""
    units = match[0].encode("utf-16-be")
    numbers = (int.from_bytes(units[n : n + 2], "big", signed=True) for n in range(0, len(units), 2))
    return r"{\uc0" + "".join(rf"\u{number} " for number in numbers) + "}"
