"""What a registry says of one work, as a value: sources/ makes it, matching, checks and refresh read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pubtrack.model.findings import Severity
from pubtrack.model.work import Date, Work

IdentifierKind = Literal["doi", "arxiv", "pmid", "isbn", "orcid", "url"]
Quirk = Literal[
    "caps-title",  # the title is in capitals throughout
    "markup",  # the title came with tags or MathML, which are marks or plain text now
    "garbled",  # characters that were decoded wrongly stood in it, and could not be repaired for certain
    "initials",  # given names are initials only, for all authors
    "caps-names",  # family names are in capitals throughout
    "order-unreliable",  # the authors' order is not the paper's (an A to Z deposit, a depositor known for it)
    "authors-truncated",  # there are more authors than the record lists
    "venue-is-series",  # the container is, or may be, the series and not the book or the conference
]  # fmt: skip

ARXIV_DOI = "10.48550/arxiv."
"""What DataCite puts before an arXiv number to make a DOI of it (info.arxiv.org/help/doi.html)."""
PREPRINT_OF, HAS_PREPRINT = "is-preprint-of", "has-preprint"
SAME_WORK = frozenset(
    (PREPRINT_OF, HAS_PREPRINT, "is-version-of", "has-version", "is-new-version-of", "is-previous-version-of",
     "is-identical-to")
)  # fmt: skip
"""Relations between versions of one work. Only the first says that the work has been published elsewhere."""

_SEVERITIES: Mapping[str, Severity | None] = {
    "retraction": "error", "partial_retraction": "error", "withdrawal": "error", "removal": "error",
    "expression_of_concern": "warning", "new_version": None, "new_edition": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name of a work in a registry, normalised: a DOI in lower case without resolver, an arXiv id without version."""

    kind: IdentifierKind
    value: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another work, in Crossref's words: `is-preprint-of`, `has-preprint`, `is-version-of`, …"""

    kind: str
    target: Identifier


@dataclass(frozen=True, slots=True)
class UpdateNotice:
    """A notice about the work, in Crossref's words: `retraction`, `correction`, `expression_of_concern`, …

    `kind` is in small letters with underscores, however it was given.
    `notice` is the DOI of the notice; `sources` who says so (`publisher`, `retraction-watch`).
    """

    kind: str
    notice: str = ""
    date: Date | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.kind.lower().replace("-", "_").replace(" ", "_"))

    @property
    def severity(self) -> Severity | None:
        """How much it says against the work: a correction little, a new version nothing (None)."""
        return _SEVERITIES.get(self.kind, "info")


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """One work as one service has it, cleaned at the door.

    `work` is in CSL's variables, its `id` empty. `source` is the service's name in `sources.SOURCES`, `id` the name
    under which the service files it (for an alias the prime one), `url` an address for a person. `years` holds
    those it gives, by kind (`print`, `online`, `issued`, `posted`); `titles` every form of the title (whole, without
    subtitle, original), `containers` every name of the venue, long and short; `registered_type` is the service's own
    word.
    """

    work: Work
    source: str
    id: str
    url: str = ""
    years: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    registered_type: str = ""
    relations: tuple[Relation, ...] = ()
    updates: tuple[UpdateNotice, ...] = ()
    traits: frozenset[Quirk] = frozenset()

    def __repr__(self) -> str:
        return f"<Record {self.source} {self.id}: {self.work.label}>"

    @property
    def published_dois(self) -> tuple[str, ...]:
        """The DOIs under which a preprint has been published; those of arXiv itself are not."""
        found = (
            relation.target.value
            for relation in self.relations
            if relation.kind == PREPRINT_OF and relation.target.kind == "doi"
        )
        return tuple(doi for doi in dict.fromkeys(found) if not doi.startswith(ARXIV_DOI))


@dataclass(frozen=True, slots=True)
class ServiceFailure:
    """A service that did not answer as it should; `message` is for people and holds no address of anybody."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """All that the services said of one identifier.

    `exists` is what the handle service says of a DOI: None where it was not asked or did not answer. `asked` names the
    services that answered, also with "not found"; a service that failed is in `failures` and says nothing.
    """

    records: tuple[Record, ...] = ()
    exists: bool | None = None
    agency: str = ""
    asked: tuple[str, ...] = ()
    failures: tuple[ServiceFailure, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every service that was to be asked did answer."""
        return not self.failures
