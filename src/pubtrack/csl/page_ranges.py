"""Page ranges: a string as the record has it in, one in the style's page-range-format out."""

from __future__ import annotations

import re
from collections.abc import Callable

from pubtrack.model.digits import int_of

_DASH = r"(?<!\\)(?:-{1,3}|–|—|\u2011)"
# A range: two numbers, perhaps with the same characters before them ("e12-e19", "S101--S108", "12:1-12:30").
_RANGE = re.compile(rf"\s*((?:[\w./:]*\D)?)(\d+)\s*{_DASH}\s*((?:[\w./:]*\D)?)(\d+)\s*")
_ROMAN = re.compile(rf"\s*([ivxlcdm]+)\s*{_DASH}\s*([ivxlcdm]+)\s*", re.IGNORECASE)
_BLANKS = re.compile(r"(?:(?<!\s)\s++)?-\s*+")
_BETWEEN = re.compile(rf"(?<=\d)\s*{_DASH}\s*(?=\w)|(?<=\w)\s*(?:--+|–)\s*(?=\w)|(?<=\w){_DASH}(?=\d)")
_BARE = re.compile(r"(?:(?<!\s)\s++)?-\s*+")
_BARE_RANGES = re.compile(r"\d+(?:\s*[-,]\s*\d+)*")
_LIST = re.compile(r"((?:(?<!\s)\s++)?[,;&]\s*+)")
_FIRST = re.compile(r"\s*([^\s,;&–-]+)")


class PageRange:
    """CSL 1.0.2, "Page Ranges" and Appendix V; `\\-` is a hyphen that stays."""

    __slots__ = ("delimiter", "shorten")

    def __init__(self, style: str, delimiter: str) -> None:
        self.delimiter = delimiter
        self.shorten = _FORMATS.get(style)

    def shape(self, text: str) -> str:
        if "-" not in text and "–" not in text:
            return text
        shaped = "".join(self._one(piece) for piece in _LIST.split(text))
        return shaped.replace("\\-", "-")

    def _one(self, text: str) -> str:
        if roman := _ROMAN.fullmatch(text):
            return f"{roman[1]}{self.delimiter}{roman[2]}"
        match = _RANGE.fullmatch(text)
        if self.shorten is None:
            return _BETWEEN.sub(self.delimiter, text)
        if match is None or match[1] != match[3]:
            return _BLANKS.sub("-", text)
        prefix, first, _, last = match.groups()
        full = _expanded(first, last)
        if int_of(full) < int_of(first):
            return f"{prefix}{first}{self.delimiter}{prefix}{last}"
        end = self.shorten(first, full)
        return f"{prefix}{first}{self.delimiter}{prefix if self.shorten is _whole else ''}{end}"

    def dashed(self, text: str) -> str:
        """A bare range of numbers with the delimiter between, all else as it is."""
        return _BARE.sub(self.delimiter, text) if _BARE_RANGES.fullmatch(text) else text.replace("\\-", "-")

    @staticmethod
    def first(text: str) -> str:
        """The first page of a range."""
        match = _FIRST.match(text)
        return match[1] if match else ""


def _expanded(first: str, last: str) -> str:
    """The second number with the digits that were left out ("321–8" is "321–328")."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def _whole(first: str, last: str) -> str:
    return last


def _minimal(first: str, last: str, keep: int = 1) -> str:
    if len(first) != len(last):
        return last
    same = 0
    while same < len(last) - keep and first[same] == last[same]:
        same += 1
    return last[same:]


def _minimal_two(first: str, last: str) -> str:
    return _minimal(first, last, 2) if len(last) > 2 else last


def _chicago_16(first: str, last: str) -> str:
    number = int_of(first)
    if number < 100 or number % 100 == 0:
        return last
    return _minimal(first, last) if number % 100 < 10 else _minimal_two(first, last)


def _chicago_15(first: str, last: str) -> str:
    if len(first) == len(last) == 4 and len(_minimal(first, last)) >= 3 and int_of(first) % 100 >= 10:
        return last
    return _chicago_16(first, last)


_FORMATS: dict[str, Callable[[str, str], str]] = {
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
    "expanded": _whole,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
}
