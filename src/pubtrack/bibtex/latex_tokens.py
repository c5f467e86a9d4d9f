r"""A LaTeX value to the tokens it is made of: joined, they are the value. Formulas and addresses are one token each.

For what changes LaTeX without reading it as text: reencode.py. The rules are those of latex_decoder.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pubtrack.bibtex import latex_tables as tables
from pubtrack.bibtex.latex_decoder import is_balanced

Kind = Literal["text", "command", "open", "close", "math", "raw"]

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|(?s:.)|\Z)|[{}]|\$\$?|[^\\{}$]+")
_MATH = re.compile(r"(?s:[^$\\]++|\\.)*+")
_BRACE = re.compile(r"[{}]")
_RAW = frozenset({"url", "nolinkurl", "path", "href", "ensuremath"}) | tables.DROPS
"""Commands whose first argument is not running text."""


class LatexToken(NamedTuple):
    r"""A stretch of LaTeX: running text, a command (`\emph`), a brace, a formula with its dollar signs, or the group
    behind a command that is not text (`{https://example.org}`)."""

    kind: Kind
    text: str


def tokens(source: str) -> Iterator[LatexToken]:
    """The tokens of `source`, whose braces are balanced; linear in its length."""
    position = 0
    gone: set[str] = set()  # closers of formulas that do not come any more
    while match := _TOKEN.match(source, position):
        found = match.group()
        position = match.end()
        if found[0] == "\\":
            name = found[1:]
            closer = {"(": "\\)", "[": "\\]"}.get(name)
            if closer:
                end = -1 if closer in gone else source.find(closer, position)
                if end >= 0 and is_balanced(source[position:end]):
                    yield LatexToken("math", source[match.start() : end + 2])
                    position = end + 2
                    continue
                if end < 0:
                    gone.add(closer)
            yield LatexToken("command", found)
            if name in _RAW and (raw := _group(source, position)):
                yield LatexToken("raw", raw)
                position += len(raw)
        elif found[0] == "$":
            end = _formula_end(source, found, position, gone)
            yield LatexToken("math", source[match.start() : end]) if end else LatexToken("text", found)
            position = end or position
        else:
            yield LatexToken("open" if found == "{" else "close" if found == "}" else "text", found)


def _formula_end(source: str, opener: str, position: int, gone: set[str]) -> int:
    """Where the formula that `opener` begins ends, behind its dollar signs; 0 if it is none, but a sum of money."""
    if opener == "$$":
        end = -1 if opener in gone else source.find(opener, position)
        if end < 0:
            gone.add(opener)
        return end + 2 if end >= 0 and is_balanced(source[position:end]) else 0
    match = _MATH.match(source, position)
    end = match.end() if match else position
    content = source[position:end]
    is_money = content.endswith(" ") and source[end + 1 : end + 2].isdigit()
    return end + 1 if end < len(source) and is_balanced(content) and not is_money else 0


def _group(source: str, position: int) -> str:
    """The group that begins at `position`, a blank before it included; "" if none does."""
    begin = position + (source[position : position + 1] == " ")
    if source[begin : begin + 1] != "{":
        return ""
    depth = 0
    for brace in _BRACE.finditer(source, begin):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return source[position : brace.end()]
    return ""
