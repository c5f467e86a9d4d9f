"""What a rule is: a function from a view of the library to hits, with what it is called, why it is and what it shows.

`@rule(...)` makes a `Rule` of such a function; its docstring is the sentence that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pubtrack.bibtex.blocks import Field
from pubtrack.checks.context import Context, Need
from pubtrack.checks.library_view import EntryView, View
from pubtrack.model.findings import Finding, Fix, Severity


class Hit(NamedTuple):
    """Where a rule found something: in an entry, in a field of it or not, at a character of the file or not.

    Without `offset` the place is that of the field's value, or of the entry. `severity` is the rule's own if None.
    """

    item: EntryView
    field: Field | None
    message: str
    offset: int = -1
    severity: Severity | None = None
    fix: Fix | None = None


Check = Callable[[View, Context], Iterable[Hit] | Iterable[Finding]]
"""Hits; a finding where there is no entry to point at."""


_THIS_YEAR = Context(year=2026)


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is that of its gravest findings.

    `bad` and `good` are BibTeX: in `bad` this rule and no other finds something, in `good` none does; `given` is the
    context in which that holds. Without what it `needs` the rule finds nothing, which says nothing.
    """

    id: str
    severity: Severity
    what: str
    why: str
    source: str
    bad: str
    good: str
    check: Check
    fixes: bool = False
    given: Context | Callable[[], Context] = _THIS_YEAR
    needs: Need = ""

    def can_tell(self, context: Context) -> bool:
        """Whether the context holds what the rule needs."""
        return not self.needs or getattr(context, self.needs) is not None

    @property
    def context(self) -> Context:
        """`given`, made if it is costly to make."""
        return self.given if isinstance(self.given, Context) else self.given()


def rule(
    name: str,
    severity: Severity,
    *,
    why: str,
    source: str,
    bad: str,
    good: str,
    fixes: bool = False,
    given: Context | Callable[[], Context] | None = None,
    needs: Need = "",
) -> Callable[[Check], Rule]:
    """The decorator that makes a `Rule` of a function; the arguments are the rule's fields."""

    def decorated(check: Check) -> Rule:
        what = " ".join((check.__doc__ or "").split())
        return Rule(name, severity, what, why, source, bad, good, check, fixes, given or _THIS_YEAR, needs)

    return decorated
