"""What changes while one entry or cite is rendered: the work, what the caller asked, and what was printed so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pubtrack.csl.output_tree import Wrap
from pubtrack.model.name import Name
from pubtrack.model.richtext import Text
from pubtrack.model.work import Date, Work

if TYPE_CHECKING:
    from pubtrack.csl.layout import Tree
    from pubtrack.csl.name_rendering import NameForm

KeepName = Callable[[Name], bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cite shows beyond what the style says, so that it can be told from others (disambiguation).

    The name lists of a cite are counted as they are rendered: `names[i]` is how many names of list i are shown
    (0: as the style says), `forms[i][j]` how much of its name j (1: initials, 2: the full given name, 0: as the
    style says). The first
    `condition` of the tests for "disambiguate" that are met hold.
    """

    names: tuple[int, ...] = ()
    forms: tuple[tuple[int, ...], ...] = ()
    condition: int = 0


@dataclass(frozen=True, slots=True)
class NameSet:
    """What was rendered of one list: all its people, how many of them were shown, and the least `forms` means."""

    people: tuple[Name, ...]
    shown: int
    base: int
    form: NameForm


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
        "called",
        "cite",
        "dates",
        "english",
        "filled",
        "first_names",
        "hide_names",
        "implicit_suffix",
        "item_type",
        "keep",
        "max_names",
        "name_sets",
        "number",
        "number_label",
        "people",
        "recorded",
        "shown",
        "sort_names",
        "sorting",
        "suppressed",
        "tested",
        "tree",
        "values",
        "work",
        "year_suffix",
        "year_suffix_done",
    )  # fmt: skip

    def __init__(self, work: Work, tree: Tree, *, english: bool = True) -> None:
        self.work = work
        self.tree = tree
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
        self.number_label = ""
        self.year_suffix = ""
        self.year_suffix_done = False
        self.implicit_suffix = True
        self.cite: Cite = _NO_CITE
        self.shown: Shown | None = None
        self.sorting = False
        self.sort_names: tuple[int, int, bool] | None = None
        self.max_names: int | None = None
        self.keep: KeepName | None = None
        self.first_names: Wrap | None = None
        self.hide_names = False
        self.tested = 0
        self.name_sets: list[NameSet] | None = None

    def again(self) -> None:
        """Forgets what was printed, so that the same work can be rendered anew."""
        self.called = self.filled = self.year_suffix_done = False
        self.suppressed = _NOTHING
        self.recorded = None
        self.first_names = None
        self.tested = 0
        if self.name_sets is not None:
            self.name_sets = []

    def use(self, variable: str) -> None:
        """Notes that `variable` was printed."""
        self.filled = True
        if self.recorded is not None:
            self.recorded.append(variable)
            self.suppressed |= {variable}
