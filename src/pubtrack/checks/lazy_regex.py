"""Regular expressions that are compiled on first use.

Compiling those of all rules takes longer than checking a list of two hundred works.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

_Find = Callable[..., re.Match[str] | None]


class LazyPattern:
    """A regular expression with the methods of `re.Pattern`, each of which is the compiled pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def search(self) -> _Find:
        return self._compiled.search

    @cached_property
    def match(self) -> _Find:
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> _Find:
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        return self._compiled.findall

    @cached_property
    def sub(self) -> Callable[..., str]:
        return self._compiled.sub

    @cached_property
    def split(self) -> Callable[..., list[Any]]:
        return self._compiled.split


def pattern(source: str, flags: int = 0) -> LazyPattern:
    """What `re.compile` gives, made when it is first used."""
    return LazyPattern(source, flags)
