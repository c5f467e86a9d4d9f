"""What a rule is: a function from a view of the library to hits, with what it is called, why it is and what it shows.

`@rule(...)` makes a `Rule` of such a function; its docstring is the sentence that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from pubtrack.bibtex.blocks import Field
from pubtrack.model.findings import Finding, Fix, Severity

if TYPE_CHECKING:
    from pubtrack.bibtex.fields import Dialect
    from pubtrack.checks.library_view import EntryView, View
    from pubtrack.checks.verdict import Verdict
    from pubtrack.citation_scan import Cited
    from pubtrack.model.record import Lookup
    from pubtrack.people.owner import Owner
    from pubtrack.sources.page_status import PageStatus


@dataclass(frozen=True)
class Context:
    """What a check knows beside the library.

    `year` and `month` are this one's; a year of 0 says nothing. `dialect` is that of all files; None: of each file as
    it is written, and `usual_dialect` where a file does not show one. `cited` is what documents cite, None if
    no document was read. `required` names, by entry type or "*", fields that entries must have beside those of their
    type; `words` are names whose capitals titles must keep, `roles` those of people beside the usual ones. `verdicts`
    are what the registries make of each entry, by key, `profile` the works that they file under the owner's ORCID iD,
    and `links` what was seen of the pages that entries link to, by `page_address`; None if nobody was asked.
    """

    owner: Owner | None = None
    year: int = 0
    month: int = 12
    dialect: Dialect | None = None
    usual_dialect: Dialect = "bibtex"
    cited: Cited | None = None
    venues: Mapping[str, str] = field(default_factory=dict)
    key_pattern: str = ""
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    verdicts: Mapping[str, Verdict] | None = None
    profile: Lookup | None = None
    links: Mapping[str, PageStatus] | None = None


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


Need = Literal["", "cited", "verdicts", "profile", "links"]
"""The field of a `Context` without which a rule knows nothing; "" for none."""

Check = Callable[["View", Context], "Iterable[Hit] | Iterable[Finding]"]
"""Hits; a finding where there is no entry to point at."""


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
    given: Context | Callable[[], Context] = Context(year=2026)
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
        return Rule(name, severity, what, why, source, bad, good, check, fixes, given or Context(year=2026), needs)

    return decorated
