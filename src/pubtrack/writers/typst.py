"""Typst: a `Listing` to markup or, with `document`, to a file that compiles; a `Text` to markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text
from pubtrack.writers._inline import Frame, Heading, WrittenEntry, blocks, nest_marks, one_line, wrap_mark
from pubtrack.writers._math import spell_math

MARKS: Mapping[str, tuple[str, str]] = {
    "bold": ("#strong[", "]"),
    "italic": ("#emph[", "]"),
    "underline": ("#underline[", "]"),
    "small-caps": ("#smallcaps[", "]"),
    "sup": ("#super[", "]"),
    "sub": ("#sub[", "]"),
}

# Typst reference, "Syntax", and its shorthands: --, ---, -?, -1 (a minus), ..., quotes, comments, URLs, references.
_SPECIAL = re.compile(r"""[\\*_#$@<>\[\]`~"']|(?<=-)-|-(?=[-?0-9])|\.(?=\.\.)|/(?=/)""")
# What begins a heading, a list, a term or an enumeration at the start of a line or of a content block.
_AT_START = re.compile(r"\A(?:(\s*)([=+/-])|(\s*[0-9]+)(\.)(?=\s|$))")
# What would go on with the expression that a function call before it is.
_CONTINUES = re.compile(r"[(\[;]|\.\w")


def inline(value: Text) -> str:
    """`value` as Typst markup, safe at the start of a line too."""
    return _inline(one_line(value))


def write(listing: Listing) -> str:
    """`listing` as headings and a paragraph for each entry."""
    parts: list[str] = []
    for block in blocks(listing):
        if isinstance(block, WrittenEntry):
            lines = [_inline(block.first), *(_inline(line.text) for line in block.lines[1:])]
            body = " \\\n".join(lines)
            parts.append(f"#par(hanging-indent: 1.5em)[{body}]" if listing.layout.hanging_indent else body)
        elif isinstance(block, Heading):
            parts.append(f"{'=' * block.level} {_inline(block.text)}")
        else:
            parts.append(_inline(block.text))
    return "\n\n".join(parts) + "\n" if parts else ""


def document(listing: Listing) -> str:
    """`listing` as a document in its language; without a date, so that equal lists make equal files."""
    language = re.match(r"([a-z]{2,3})(?:-([A-Z]{2}))?(?![A-Za-z])", listing.language)
    spoken = f'lang: "{language[1]}"' if language else 'lang: "en"'
    spoken += f', region: "{language[2]}"' if language and language[2] else ""
    return f'#set document(title: "Publications", date: none)\n#set text({spoken})\n\n{write(listing)}'


def _inline(value: Text) -> str:
    return nest_marks(spell_math(value), _leaf, _wrap, _beside)


def _leaf(span: Span) -> str:
    return _SPECIAL.sub(r"\\\g<0>", span.text)


def _wrap(frame: Frame, inner: str) -> str:
    return f'#link("{frame[1]}")[{inner}]' if frame[0] == "link" else wrap_mark(frame, inner, MARKS)


def _beside(pieces: Sequence[str]) -> str:
    """`pieces` of one content block; a call begins with #, which bare text never does."""
    if not pieces:
        return ""
    out = [_AT_START.sub(r"\1\3\\\2\4", pieces[0], count=1) if _AT_START.match(pieces[0]) else pieces[0]]
    for before, piece in pairwise(pieces):
        out += [";", piece] if before.startswith("#") and _CONTINUES.match(piece) else [piece]
    return "".join(out)
