"""What a check knows beside the library: the owner, the day, what documents cite, what registries and pages said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pubtrack.bibtex.fields import Dialect
    from pubtrack.checks.verdict import Verdict
    from pubtrack.citation_scan import Cited
    from pubtrack.model.record import Lookup
    from pubtrack.people.owner import Owner
    from pubtrack.sources.page_status import PageStatus

Need = Literal["", "cited", "verdicts", "profile", "links"]
"""The field of a `Context` without which a rule knows nothing; "" for none."""


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
