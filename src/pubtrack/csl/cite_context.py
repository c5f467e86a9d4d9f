"""What holds while one entry or cite is rendered: the work, its place, and what the caller asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pubtrack.model.name import Name
from pubtrack.model.richtext import Text
from pubtrack.model.work import Date, Work

KeepName = Callable[[Name], bool]
OfWork = tuple[Work, Mapping[str, Text], Mapping[str, tuple[Name, ...]], Mapping[str, Date], str, bool]
"""The first members of a `CiteContext`, which come from the work."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cite shows beyond what the style says, so that it can be told from others (disambiguation).

    The name lists of a cite are counted as they are rendered: `names[i]` is how many names of list i are shown
    (0: as the style says), `forms[i][j]` how much of its name j (1: initials, 2: the full given name, 0: as the
    style says). The first `condition` of the tests for "disambiguate" that are met hold.
    """

    names: tuple[int, ...] = ()
    forms: tuple[tuple[int, ...], ...] = ()
    condition: int = 0


@dataclass(frozen=True, slots=True)
class Cite:
    """One cite's own circumstances (CSL 1.0.2, "Locators", "Choose")."""

    locator: str = ""
    label: str = "page"
    position: frozenset[str] = frozenset()
    first_note: int = 0


_NO_CITE = Cite()


class CiteContext(NamedTuple):
    """Handed down to every element while one work is rendered.

    `values`, `people` and `dates` are those of the work that may print. With `sorting` a sort key is rendered, whose
    names `sort_names` limits (et-al-min, et-al-use-first, et-al-use-last). `keep` says which names et-al may not hide.
    A named tuple is made seven times as fast as a frozen dataclass.
    """

    work: Work
    values: Mapping[str, Text]
    people: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, Date]
    item_type: str
    english: bool = True
    number: int = 0
    number_label: str = ""
    year_suffix: str = ""
    implicit_suffix: bool = True
    cite: Cite = _NO_CITE
    shown: Shown | None = None
    max_names: int | None = None
    keep: KeepName | None = None
    hide_names: bool = False
    sorting: bool = False
    sort_names: tuple[int, int, bool] | None = None
