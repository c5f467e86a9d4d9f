"""One publication in CSL's variables: what the store becomes and what every style, check and export reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pubtrack.model.name import Name
from pubtrack.model.richtext import Text, plain


@dataclass(frozen=True, slots=True)
class Date:
    """A date, range, season or literal, as CSL-JSON's date object has them.

    `parts` and `end` hold (year,), (year, month) or (year, month, day); years before Christ are negative;
    `end` is None for a single date and () for a range that is still open. `season` is 1 (spring) to 4.
    """

    parts: tuple[int, ...] = ()
    end: tuple[int, ...] | None = None
    season: int = 0
    circa: bool = False
    literal: str = ""

    @property
    def year(self) -> int | None:
        return self.parts[0] if self.parts else None


@dataclass(frozen=True, slots=True, repr=False)
class Work:
    """One publication.

    The keys of `values`, `people` and `dates` are the CSL variables in snake_case (`container_title`, `doi`,
    `url`); an absent variable has no key, and no value is empty. `others` names the people variables whose list
    ends in "and others". `custom` carries what CSL has no variable for, under biblatex's field names in lower
    case. `id` is the citation key.
    """

    id: str
    type: str
    values: Mapping[str, Text] = field(default_factory=dict)
    people: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    custom: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The formulas that were written with macros of the author's, by the TeX that they expand to."""

    def get(self, variable: str) -> str:
        """The characters of a text or number variable, or "" where it is absent."""
        return plain(self.values.get(variable, ()))

    @property
    def title(self) -> Text:
        return self.values.get("title", ())

    @property
    def author(self) -> tuple[Name, ...]:
        return self.people.get("author", ())

    @property
    def creators(self) -> tuple[Name, ...]:
        """The authors, or the editors of a work that has none."""
        return self.author or self.people.get("editor", ())

    @property
    def year(self) -> int | None:
        """The year in which the work was published, None where that is not known."""
        return self.issued.year if self.issued is not None else None

    @property
    def issued(self) -> Date | None:
        return self.dates.get("issued")

    @property
    def keywords(self) -> list[str]:
        listed = self.get("keyword") or self.custom.get("keywords", "")
        return [word.strip() for word in re.split(r"[,;]", listed) if word.strip()]

    @property
    def doi(self) -> str:
        return self.get("doi")

    def __repr__(self) -> str:
        """One line to know the work by: `<Work doe1999: Doe and others, On Work, 1999>`."""
        return f"<Work {self.id}: {self.label}>"

    @property
    def label(self) -> str:
        """Name, title and year, as far as there are any: `Doe and others, On Work, 1999`."""
        people = self.creators
        first = people[0].family or people[0].literal if people else ""
        words = (f"{first} and others" if len(people) > 1 else first, plain(self.title), self.year)
        return ", ".join(str(word) for word in words if word)
