"""Offsets of a text to lines and columns, both from 1; a line ends with LF, CR or CR LF."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from pubtrack.bibtex import patterns


class Places:
    """Where things stand in one text; a byte order mark takes no column."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.first = 1 if text.startswith("\ufeff") else 0

    @cached_property
    def _starts(self) -> array[int]:
        return array("q", [self.first, *(match.end() for match in patterns.NEW_LINE.finditer(self._text))])

    @cached_property
    def lone_cr(self) -> bool:
        return "\r" in self._text and patterns.LONE_CR.search(self._text) is not None

    @cached_property
    def count(self) -> Callable[[int, int], int]:
        """The number of line ends between two offsets, neither of which parts a CR LF."""
        if self.lone_cr:
            return lambda start, end: self._line(end) - self._line(start)
        count = self._text.count
        return lambda start, end: count("\n", start, end)

    def line_start(self, offset: int) -> int:
        """The offset at which the line of `offset`, which is not the first line, begins."""
        if self.lone_cr:
            return self._starts[self._line(offset) - 1]
        return self._text.rfind("\n", 0, offset) + 1

    def _line(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset), 1)

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of `offset`."""
        line = self._line(offset)
        return line, max(offset - self._starts[line - 1], 0) + 1
