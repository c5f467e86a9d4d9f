r"""Split a value into what LaTeX typesets as running text and the rest: math, macros, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pubtrack.checks.lazy_regex import pattern

_ARGUMENT = r"\{(?:[^{}]|\{[^{}]*\})*+\}"
_TOKEN = pattern(
    rf"\\(?:url|nolinkurl|path|href|doi|eprint|cite[A-Za-z]*|ref|label|ensuremath|verb|includegraphics|"
    rf"ce|ch|isotope|SI|si|qty|num|unit|chemfig)\*?"
    rf"\s*+(?:\[[^\]]{{0,500}}+\])?\s*+{_ARGUMENT}"
    r"|\\begin\{(?P<env>equation|math|align|displaymath)\*?\}.{0,5000}?\\end\{(?P=env)\*?\}"
    r"|\\(?P<open>[(\[])|\\(?P<close>[)\]])|\\(?P<name>[A-Za-z]+)\s*|\\.|(?P<dollar>\$\$?)|(?P<brace>[{}])",
    re.S,
)


class Stretch(NamedTuple):
    """Running text from `start` to `end` of a content; `depth` counts the braces around it."""

    start: int
    end: int
    depth: int


def running_stretches(content: str) -> Iterator[Stretch]:
    """The stretches in their order; a dollar sign without its partner ends the running text."""
    done = depth = 0
    math = ""
    for match in _TOKEN.finditer(content):
        if not math and match.start() > done:
            yield Stretch(done, match.start(), depth)
        done = match.end()
        if match["brace"]:
            depth = depth + 1 if match["brace"] == "{" else max(0, depth - 1)
        elif match["dollar"]:
            math = _behind(match["dollar"], math)
        elif match["open"]:
            math = math or match["open"]
        elif match["close"]:
            math = ""
    if not math and done < len(content):
        yield Stretch(done, len(content), depth)


def _behind(dollar: str, math: str) -> str:
    """What math is open behind one or two dollar signs, if `math` is open before them."""
    if not math:
        return dollar
    if math == "$":
        return "" if dollar == "$" else "$"  # the first of two ends it, the second begins another
    return "" if dollar == math else math


def lone_dollar(content: str) -> int:
    """The offset of the dollar sign that opens math which no other closes, or -1."""
    start, math = 0, ""
    for match in _TOKEN.finditer(content):
        if match["dollar"]:
            math = _behind(match["dollar"], math)
            start = match.end() - len(math) if math else start
    return start if math else -1
