"""Scan from an offset to where something ends: braces, quotation marks, blanks, heads of blocks.

Linear on any text: once much was looked at in vain, a table of the braces that are closed far away or never is made,
and no match looks past the next head of a block any more.
"""

from __future__ import annotations

from pubtrack.bibtex import grammar
from pubtrack.bibtex.positions import LineIndex

_NEAR = 512  # characters between two braces that are found by looking, once the far ones are in a table


class Scanner:
    """One text, and what was learnt of it: which braces are closed far away, and where reading can restart."""

    def __init__(self, text: str, places: LineIndex) -> None:
        self.text = text
        self.places = places
        self._wasted = 0
        self._reached = 0
        self._far: dict[int, int] | None = None
        self._restart = (-1, -1)

    def restart(self, position: int) -> int:
        """The `@` of the next block head at the start of a line at or behind `position`, or the text's end."""
        known_from, known = self._restart
        if not known_from <= position <= known:
            match = grammar.RESTART.search(self.text, max(position - 1, 0))
            known = match.start(1) if match else len(self.text)
            self._restart = (position, known)
        return known

    @property
    def wary(self) -> bool:
        """Much was looked at in vain, so from now on no match may look past the next head of a block."""
        return self._far is not None

    def limit(self, at: int) -> int:
        """How far one match may look from an `@`: to the end, unless much was looked at in vain before."""
        return len(self.text) if self._far is None else self.restart(at + 2)

    def close(self, position: int) -> int:
        """The offset behind the brace that closes the one at `position`, or -1."""
        end = self._far.get(position, 0) if self._far is not None else 0
        if not end:
            match = grammar.BRACED.match(self.text, position)
            end = match.end() if match else self._counted(position, len(self.text))
        self._reached = max(self._reached, end if end > 0 or self._far is not None else len(self.text))
        return end

    def _counted(self, position: int, stop: int) -> int:
        depth = 0
        for brace in grammar.BRACE.finditer(self.text, position, stop):
            depth += 1 if brace.group() == "{" else -1
            if depth == 0:
                return brace.end()
        return -1

    def close_quote(self, position: int) -> int:
        """The offset behind the quotation mark that closes the one at `position`, or -1."""
        if self._far is None and (match := grammar.QUOTED.match(self.text, position)):
            self._reached = max(self._reached, match.end())
            return match.end()
        position += 1
        while mark := grammar.QUOTE_OR_BRACE.search(self.text, position):
            self._reached = max(self._reached, mark.end())
            if mark.group() == '"':
                return mark.end()
            if mark.group() == "}":
                return -1
            position = self.close(mark.start())
            if position < 0:
                return -1
        self._reached = len(self.text)
        return -1

    def operand(self, position: int) -> int:
        """The offset behind the operand of `#` at `position`, or -1 if there is none or it is never closed."""
        following = self.text[position : position + 1]
        if following == "{":
            return self.close(position)
        if following == '"':
            return self.close_quote(position)
        match = grammar.BARE.match(self.text, position)
        return match.end() if match else -1

    def end_of_block(self, position: int, stop: int) -> int:
        """Behind the brace that closes the one at `position`, if that stands before `stop`, else `stop`."""
        end = self._counted(position, stop)
        return end if end > 0 else stop

    def waste(self, end: int) -> None:
        """Note that what stands between `end` and the furthest character seen will be read again."""
        self._wasted += max(0, self._reached - end)
        self._reached = end
        if self._far is None and self._wasted > len(self.text):
            self._far = _far_braces(self.text)

    def blank(self, position: int) -> int:
        match = grammar.BLANK.match(self.text, position)
        return match.end() if match else position


def _far_braces(text: str) -> dict[int, int]:
    """Each opening brace that is closed far away (the offset behind its partner) or never (-1)."""
    far: dict[int, int] = {}
    open_: list[int] = []
    for match in grammar.BRACE.finditer(text):
        if match.group() == "{":
            open_.append(match.start())
        elif open_:
            start = open_.pop()
            if match.end() - start > _NEAR:
                far[start] = match.end()
    far.update(dict.fromkeys(open_, -1))
    return far
