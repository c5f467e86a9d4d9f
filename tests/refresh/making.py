"""Stores and records for the tests of refresh, made of BibTeX text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pubtrack.bibtex import works
from pubtrack.bibtex.document import Document, parse
from pubtrack.matching import identifiers
from pubtrack.model.record import Identifier, Lookup, Record
from pubtrack.model.richtext import plain
from pubtrack.refresh import apply, undo
from pubtrack.refresh.bases import Bases, settle
from pubtrack.refresh.plan import RefreshOptions, Responses, plan
from pubtrack.refresh.proposal import Proposal, RefreshPlan
from pubtrack.refresh.target import refresh_targets

TIME = "2026-01-02T03:04:05Z"


def record(entry: str, /, **more: Any) -> Record:
    """What Crossref would say of the work that `entry` stands for; `more` are further fields of the record."""
    work = replace(works.work(parse(entry).entries[0]), id="")
    issued = work.issued
    years = {"print": issued.year} if issued is not None and issued.year is not None else {}
    values: dict[str, Any] = {
        "source": "crossref", "id": work.doi, "url": f"https://doi.org/{work.doi}", "years": years,
        "titles": (plain(work.title),), "containers": tuple(filter(None, [work.get("container_title")])),
        "registered_type": "journal-article",
    }  # fmt: skip
    return Record(work, **(values | more))


def answers(*records: Record) -> Mapping[Identifier, Lookup]:
    """Each record as the answer for its own identifiers."""
    return {
        one: Lookup((found,), True, "Crossref", ("crossref",)) for found in records for one in identifiers(found.work)
    }


@dataclass
class World:
    """A store of one file, its bases and its journal, as the command line keeps them."""

    text: str
    bases: Bases = field(default_factory=dict)
    runs: list[undo.AppliedRefresh] = field(default_factory=list)
    refresh_options: RefreshOptions = field(default_factory=RefreshOptions)

    @property
    def document(self) -> Document:
        return parse(self.text, file="a.bib")

    def propose(self, *records: Record, found: Mapping[str, Sequence[Record]] | None = None) -> RefreshPlan:
        everything = list(refresh_targets([self.document]))
        responses = Responses(answers(*records), found or {}, TIME)
        outcome = plan(everything, responses, self.bases, self.refresh_options)
        self.bases = settle(self.bases, outcome.settled)
        return outcome

    def apply(self, proposals: Sequence[Proposal]) -> None:
        if proposals:
            done = apply.apply_to_documents({"a.bib": self.document}, proposals, self.bases, TIME)
            self.text = done.texts.get("a.bib", self.text)
            self.bases = done.bases
            self.runs.append(done.run)

    def apply_safe(self, *records: Record) -> RefreshPlan:
        outcome = self.propose(*records)
        self.apply([one for one in outcome.proposals if one.safe])
        return outcome

    def keep(self, proposals: Sequence[Proposal]) -> None:
        self.bases = apply.decline(proposals, self.bases)

    def undo(self) -> tuple[str, ...]:
        if not self.runs:
            return ()
        back = undo.undo_run(self.runs.pop(), {"a.bib": self.document}, self.bases)
        self.text = back.texts.get("a.bib", self.text)
        self.bases = back.bases
        return back.kept
