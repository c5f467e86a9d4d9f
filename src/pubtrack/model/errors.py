"""What pubtrack raises: an error says where, what is wrong and what to do, in one line."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable


class PubtrackError(Exception):
    """A failure that the user can act on; the command line prints it as one line and exits 1.

    `file` is a path as the user wrote it, `line` and `column` count from 1.
    """

    exit_code = 1

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = [self.file or "-"] if self.file or self.line else []
        place += [str(number) for number in (self.line, self.column) if number]
        return f"{':'.join(place)}: {self.message}" if place else self.message


class UsageError(PubtrackError):
    """The command was called wrongly; exit 2."""

    exit_code = 2


class PubtrackWarning(UserWarning):
    """Something that could not be done in full, or that a reader of the result should know; the result counts."""


class UnknownKeyError(PubtrackError, KeyError):
    """A library has no work of this key; also a KeyError, as with any mapping."""

    __str__ = PubtrackError.__str__


def warn(message: str) -> None:
    """Warn the code that called into this package."""
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == "pubtrack":
        frame, level = frame.f_back, level + 1
    warnings.warn(message, PubtrackWarning, stacklevel=level)


def nearest(word: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """The up to `count` members of `known` that look most like `word`, also with its parts in another order."""
    from rapidfuzz import fuzz, process

    def spelled(name: str) -> str:
        return name.casefold().replace("-", " ").replace("_", " ")

    by_spelling = {spelled(name): name for name in known}
    scores: dict[str, float] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for name, score, _ in process.extract(spelled(word), list(by_spelling), scorer=scorer, limit=count):
            scores[name] = max(scores.get(name, 0.0), score)
    best = sorted(scores, key=lambda name: (-scores[name], name))[:count]
    return [by_spelling[name] for name in best if scores[name] >= 60]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`"; did you mean a, b?"` for the names nearest to `word`, or an empty string."""
    hits = nearest(word, known)
    return f"; did you mean {', '.join(hits)}?" if hits else ""
