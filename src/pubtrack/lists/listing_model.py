"""A list of publications ready to be written: what listing.py makes and what every writer takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pubtrack.csl.style_options import BibliographyOptions
from pubtrack.model.richtext import Text
from pubtrack.model.work import Work


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: the printed text, the number in front of it ("" for none, else as it is to be
    printed, as in "3." or "J3."), and the work it came from."""

    work: Work
    text: Text
    number: str = ""


@dataclass(frozen=True, slots=True)
class LatexOptions:
    r"""How LaTeX lays a list out; other formats have no use for it.

    `environment` is an environment ("" for an own list, "none" for none), `item` the command that begins an entry and
    `heading` the one of a section's title, each with places for what it takes; `labels` writes a `\label` a number.
    """

    environment: str = ""
    item: str = ""
    heading: str = ""
    labels: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A run of entries below one title ("" for none) and a paragraph of its own."""

    items: tuple[Item, ...]
    title: str = ""
    intro: str = ""
    latex: LatexOptions = LatexOptions()


@dataclass(frozen=True, slots=True, repr=False)
class Listing:
    """A whole list. `heading_level` is that of the section titles (1 is a page's title)."""

    sections: tuple[Section, ...]
    legend: Text = ()
    heading_level: int = 3
    layout: BibliographyOptions = field(default_factory=BibliographyOptions)
    language: str = ""

    def __repr__(self) -> str:
        items, sections = len(self.items), len(self.sections)
        return (
            f"<Listing: {items} {'entry' if items == 1 else 'entries'} in "
            f"{sections} section{'' if sections == 1 else 's'}>"
        )

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


Writer = Callable[[Listing], str | bytes]
