"""Escape plain words for Markdown that other programs process further.

RenderCV hands its Markdown on to Typst, where `#name` is run as a command even behind a backslash, and Hugo's pages
print the same words as HTML titles too, where a backslash would show. So only what a backslash alone can tell apart is
escaped; elsewhere a word joiner (U+2060, invisible and without width) parts the characters that would act together.
"""

from __future__ import annotations

import re

_JOINER = "\u2060"
_ESCAPED = re.compile(r"[\\`*]|(?<![^\W_])_|_(?![^\W_])")
_ACTING = re.compile(
    r"(?<=#)(?=[^\W\d])"  # a Typst command
    r"|(?<=<)(?=[A-Za-z/!?])|(?<=&)(?=#?\w+;)"  # a tag, an address in brackets, a character reference
    r"|(?<=\$)(?=\$)|(?<=\{)(?=[{%#])"  # formulas, templates and shortcodes
    r"|(?<=\])(?=[(\[:])|(?<=\[)(?=\^)"  # links and notes
)
_START = re.compile(r"(?=[-+=/>#!:|]|[0-9]+[.)])")


def markdown(value: str, *, gfm: bool = False) -> str:
    """`value`, one line of plain words, as Markdown; with `gfm` for readers to whom tildes strike a word out."""
    shown = _ACTING.sub(_JOINER, _ESCAPED.sub(r"\\\g<0>", value))
    if gfm:
        shown = shown.replace("~", "\\~")
    return _JOINER + shown if _START.match(shown) else shown
