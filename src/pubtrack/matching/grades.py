"""How well two values agree, with the reason: what every comparison of this package gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Grade(IntEnum):
    """How well two values agree, rising."""

    CONTRADICTS = 0
    NEAR = 1
    """Nearly the same, but the difference is one of words or letters and not of their spelling: a slip, or a trick."""
    SILENT = 2
    """One side says nothing, or what it says is not to be relied on: no conclusion."""
    ALIKE = 3
    """The same once a known habit is allowed for: initials, an abbreviation, no subtitle, the year of print."""
    SAME = 4
    """The same but for typography."""

    @property
    def agrees(self) -> bool:
        """Whether this is positive evidence for the same value."""
        return self >= Grade.ALIKE

    @property
    def differs(self) -> bool:
        """Whether this is positive evidence for another value."""
        return self <= Grade.NEAR


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values and how they agree. `why` says in a few words what differs or what was allowed for."""

    grade: Grade
    why: str = ""
    mine: str = ""
    theirs: str = ""


SILENT = Comparison(Grade.SILENT)
