"""What changes while one entry or cite is rendered: the work, what the caller asked, and what was printed so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pubtrack.csl.rich import Wrap
from pubtrack.names import Name
from pubtrack.richtext import Text
from pubtrack.work import Date, Work

KeepName = Callable[[Name], bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """How the names of one cite are shown beyond what the style says, to tell cites apart (disambiguation).

    `more_names` are added to those that et-al leaves; `forms` maps a name's place in the list to 1 (initials) or
    2 (full given name).
    """

    more_names: int = 0
    forms: Mapping[tuple[str, int], int] | None = None
    condition: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """One cite's own circumstances (CSL 1.0.2, "Locators", "Choose")."""

    locator: str = ""
    label: str = "page"
    position: frozenset[str] = frozenset()
    first_note: int = 0
    suppress_author: bool = False
    author_only: bool = False


_NO_CITE = Cite()
_NOTHING: frozenset[str] = frozenset()


class State:
    """Handed down through all nodes while one work is rendered.

    `called` and `filled` say whether the group being rendered called a variable and whether any was non-empty;
    `suppressed` are the variables that a substitution has used up; `recorded` collects those it uses.
    """

    __slots__ = (
        "called", "cite", "dates", "english", "filled", "first_names", "item_type", "keep", "label", "max_names",
        "number", "people", "recorded", "shown", "sort_names", "sorting", "suppressed", "values", "work",
        "year_suffix", "year_suffix_done",
    )  # fmt: skip

    def __init__(self, work: Work, *, english: bool = True) -> None:
        self.work = work
        self.values: Mapping[str, Text] = work.values
        self.people: Mapping[str, tuple[Name, ...]] = work.people
        self.dates: Mapping[str, Date] = work.dates
        self.item_type = work.type
        self.english = english
        self.called = False
        self.filled = False
        self.suppressed: frozenset[str] = _NOTHING
        self.recorded: list[str] | None = None
        self.number = 0
        self.year_suffix = ""
        self.year_suffix_done = False
        self.label = ""
        self.cite: Cite = _NO_CITE
        self.shown: Shown | None = None
        self.sorting = False
        self.sort_names: tuple[int, int, bool] | None = None
        self.max_names: int | None = None
        self.keep: KeepName | None = None
        self.first_names: Wrap | None = None

    def again(self) -> None:
        """Forgets what was printed, so that the same work can be rendered anew."""
        self.called = self.filled = self.year_suffix_done = False
        self.suppressed = _NOTHING
        self.recorded = None
        self.first_names = None

    def use(self, variable: str) -> None:
        """Notes that `variable` was printed."""
        self.filled = True
        if self.recorded is not None:
            self.recorded.append(variable)
