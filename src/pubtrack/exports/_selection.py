"""What is exported: works in sections with their people recognised, and how the owner is to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pubtrack.model.work import Work


@dataclass(frozen=True, slots=True)
class SelectionSection:
    """A run of works below one title ("" for none)."""

    works: tuple[Work, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """The works to export, in order.

    `owner` is the owner's name as printed; `highlight` how it is marked where a format has such a mark (bold, italic,
    none); `symbols` the signs printed behind people with a role; `me` the word that stands for the owner in formats
    which know their author by a word ("" for the name).
    """

    parts: tuple[SelectionSection, ...]
    owner: str = ""
    highlight: str = "bold"
    symbols: Mapping[str, str] = field(default_factory=dict)
    me: str = "admin"

    @property
    def works(self) -> tuple[Work, ...]:
        return tuple(work for part in self.parts for work in part.works)
