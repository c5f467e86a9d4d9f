"""Convert offsets to lines and columns, both counted from 1; a line ends with LF, CR or CR LF."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from pubtrack.bibtex import grammar

_PASSES = 2  # over the text, that counting lines may cost before a table of all is made


class LineIndex:
    """Where things stand in one text; a byte order mark takes no column. Equal for equal texts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = 0, 1
        self._counted = 0
        self.first = 1 if text.startswith("\ufeff") else 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LineIndex) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    @cached_property
    def _starts(self) -> array[int]:
        return array("q", [self.first, *(match.end() for match in grammar.NEW_LINE.finditer(self._text))])

    @cached_property
    def lone_cr(self) -> bool:
        return "\r" in self._text and grammar.LONE_CR.search(self._text) is not None

    @cached_property
    def count(self) -> Callable[[int, int], int]:
        """The number of line ends between two offsets, neither of which parts a CR LF."""
        if self.lone_cr:
            return lambda start, end: self._line(end) - self._line(start)
        count = self._text.count
        return lambda start, end: count("\n", start, end)

    def _line(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset), 1)

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of `offset`."""
        if self._counted < _PASSES * len(self._text) and not self.lone_cr:
            line, start = self._near(offset)
        else:
            line = self._line(offset)
            start = self._starts[line - 1]
        return line, max(offset - start, 0) + 1

    def _near(self, offset: int) -> tuple[int, int]:
        """The line of `offset` and where that line starts, counted from the place that was asked for last."""
        last, line = self._last
        count = self._text.count
        line += count("\n", last, offset) if offset >= last else -count("\n", offset, last)
        start = self._text.rfind("\n", 0, offset) + 1 or self.first
        self._last = offset, line
        self._counted += abs(offset - last) + offset - start
        return line, start


class LineCounter:
    """The line of one offset after the other, each at or behind the one before: every character is looked at once."""

    def __init__(self, places: LineIndex) -> None:
        self._count = places.count
        self._offset, self._line = 0, 1

    def at(self, offset: int) -> int:
        self._line += self._count(self._offset, offset)
        self._offset = offset
        return self._line

    def moved(self, offset: int, line: int) -> None:
        """Say that `offset` is on `line`, which was counted already."""
        self._offset, self._line = offset, line
