"""What a refresh would change, as values: proposals with their changes, and the remarks that change nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from pubtrack.model.findings import Severity
from pubtrack.refresh.bases import Base

Kind = Literal["fill", "update", "conflict", "protected", "problem"]
"""`fill`: the entry has no such field. `update`: the entry still has what was fetched last, and the registry has moved
on. `conflict`: both differ from that. `protected`: theirs would take something away, or the field is locked.
`problem`: the identifier belongs to another work."""

SAFE: frozenset[Kind] = frozenset({"fill", "update"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entry: `name` as in the file, `before` its source there with delimiters (None: no such field),
    `content` what is to stand between the delimiters."""

    name: str
    before: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Addition:
    """An entry that is new in the store: its fields' values as LaTeX, without delimiters."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """One thing that a refresh would change.

    `field` is the word in the file; `base`, `mine` and `theirs` are LaTeX without delimiters, None where there is
    none. `reason` says why it is of its kind, `evidence` why the record is believed; `url` is for a person, `fetched`
    the time of the fetch (ISO 8601, UTC). `settles` are the bases that hold once it is applied or declined.
    """

    key: str
    field: str
    base: str | None
    mine: str | None
    theirs: str
    source: str
    kind: Kind
    reason: str = ""
    evidence: str = ""
    url: str = ""
    fetched: str = ""
    changes: tuple[Change, ...] = ()
    addition: Addition | None = None
    settles: tuple[Base, ...] = ()

    def __repr__(self) -> str:
        theirs = " ".join(self.theirs.split())
        return f"<Proposal {self.id} {self.key}.{self.field}: {self.kind} {theirs} ({self.source})>"

    @property
    def id(self) -> str:
        """A short hash of key, field and theirs: the same proposal has the same id on every machine."""
        return sha256(json.dumps([self.key, self.field, self.theirs]).encode()).hexdigest()[:10]

    @property
    def safe(self) -> bool:
        """Whether `--apply-safe` takes it."""
        return self.kind in SAFE

    @property
    def applicable(self) -> bool:
        return bool(self.changes or self.addition)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of an entry and no edit can settle."""

    code: str
    severity: Severity
    key: str
    message: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """An entry of which not all could be learnt: `source` did not answer, or was not reached."""

    key: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """All that one refresh found. `settled` are the bases on which file and registry agree; `reached` the keys whose
    records were looked at; `sources` counts the works of which each service said something."""

    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    incomplete: tuple[Missed, ...] = ()
    settled: tuple[Base, ...] = ()
    reached: frozenset[str] = frozenset()
    sources: Mapping[str, int] = field(default_factory=dict)
