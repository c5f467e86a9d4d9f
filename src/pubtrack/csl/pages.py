"""Page ranges: a string as the record has it in, one in the style's page-range-format out."""

from __future__ import annotations

import re

# One range: two numbers, perhaps with the same letters before them ("e12-e19", "S101--S108").
_RANGE = re.compile(r"\s*([A-Za-z]*|[\w./]*\D)(\d+)\s*(?:-{1,3}|–|—|\u2011)\s*([A-Za-z]*|[\w./]*\D)(\d+)\s*")
_DASHES = re.compile(r"(?<=[\w)])\s*(?:--+|–|(?<=\d)-(?=[\dA-Za-z])|(?<=\w)-(?=\d))\s*(?=[\w(])")
_LIST = re.compile(r"(\s*[,;&]\s*)")
_FIRST = re.compile(r"\s*([^\s,;&–-]+)")


class PageRange:
    """CSL 1.0.2, "Page Ranges" and Appendix V."""

    __slots__ = ("delimiter", "shorten")

    def __init__(self, style: str, delimiter: str) -> None:
        self.delimiter = delimiter
        self.shorten = _FORMATS.get(style)

    def shape(self, text: str) -> str:
        if "-" not in text and "–" not in text:
            return text
        if self.shorten is None:
            return _DASHES.sub(self.delimiter, text).replace("\\-", "-")
        return "".join(self._one(piece) for piece in _LIST.split(text))

    def _one(self, text: str) -> str:
        match = _RANGE.fullmatch(text)
        if match is None or self.shorten is None:
            return _DASHES.sub("–", text)
        before, first, again, last = match.groups()
        if again and again != before:
            return f"{before}{first}{self.delimiter}{again}{last}"
        full = _expanded(first, last)
        if int(full) < int(first) or (before and not again and self.shorten is not _chicago_15):
            return f"{before}{first}{self.delimiter}{again}{last}"
        end = self.shorten(first, full)
        keeps_prefix = len(end) == len(full) and again
        return f"{before}{first}{self.delimiter}{again if keeps_prefix else ''}{end}"

    @staticmethod
    def first(text: str) -> str:
        match = _FIRST.match(text)
        return match[1] if match else ""


def _expanded(first: str, last: str) -> str:
    """The second number with the digits that were left out ("321–8" is "321–328")."""
    if len(last) < len(first):
        return first[: len(first) - len(last)] + last
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
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    if number % 100 < 10:
        return _minimal(first, last)
    return _minimal_two(first, last)


def _chicago_15(first: str, last: str) -> str:
    if len(first) == len(last) == 4 and len(_minimal(first, last)) >= 3 and int(first) % 100 >= 10:
        return last
    return _chicago_16(first, last)


_FORMATS = {
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
    "expanded": lambda first, last: last,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
}
