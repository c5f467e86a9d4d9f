"""What a look at the store found out: a value with its place, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Fix:
    """The certain fix of a finding: the field's value as BibTeX source with its delimiters; None removes it.

    A field that stands several times stands once afterwards.
    """

    field: str
    value: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One remark about the store. `line` and `column` count from 1; 0 means that there is no such place."""

    code: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    field: str = ""
    fix: Fix | None = None

    @property
    def fixable(self) -> bool:
        return self.fix is not None

    def __repr__(self) -> str:
        return f"<Finding {self}>"

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])
        spot = f" [{'.'.join(part for part in (self.key, self.field) if part)}]" if self.key else ""
        return f"{place + ': ' if place else ''}{self.severity} {self.code}{spot} {self.message}"
