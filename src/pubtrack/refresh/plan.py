"""Plan a refresh: entries, the registries' replies and the bases to proposals and remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pubtrack.bibtex.fields import Dialect
from pubtrack.config import RefreshConfig
from pubtrack.matching import best_match, normal_doi
from pubtrack.model.record import Identifier, Record
from pubtrack.refresh.bases import Base, Bases
from pubtrack.refresh.data_loss import lost_commands
from pubtrack.refresh.field_kinds import biblatex_field
from pubtrack.refresh.field_pairs import FieldPair, new_field_name, pairs
from pubtrack.refresh.field_spelling import Ways, spell_value
from pubtrack.refresh.merge import judge_field
from pubtrack.refresh.notices import merge_notices, type_disagrees
from pubtrack.refresh.proposal import Change, Kind, Missed, Proposal, RefreshPlan, Remark
from pubtrack.refresh.published import Publishing, propose_published
from pubtrack.refresh.record_acceptance import AcceptedRecords, Answers, accepted_records
from pubtrack.refresh.target import Subject
from pubtrack.store.citation_keys import DEFAULT_PATTERN

Found = Mapping[str, Sequence[Record]]
"""By key: the candidates that a search for an entry without identifier gave, best first."""


@dataclass(frozen=True, slots=True)
class RefreshOptions:
    """How the user wants it: fields that may be filled and those that are locked (biblatex's names), what to do with
    published preprints, the dialect of a file that has none, short names of venues, the pattern of new keys."""

    filled: frozenset[str] = frozenset(map(biblatex_field, RefreshConfig().fill))
    locked: frozenset[str] = frozenset()
    publishing: Publishing = "link"
    dialect: Dialect = "bibtex"
    venues: Mapping[str, str] = field(default_factory=dict)
    key_pattern: str = DEFAULT_PATTERN


@dataclass(frozen=True, slots=True)
class Responses:
    """What the registries said. `time` is that of this run, `times` when the reply of a service was fetched for an
    identifier (ISO 8601, UTC); `unasked` tells of which entries a search failed."""

    answers: Answers = field(default_factory=dict)
    found: Found = field(default_factory=dict)
    time: str = ""
    times: Mapping[tuple[Identifier, str], str] = field(default_factory=dict)
    unasked: Mapping[str, Missed] = field(default_factory=dict)


def plan(
    chosen: Sequence[Subject],
    responses: Responses,
    bases: Bases,
    refresh_options: RefreshOptions,
    everything: Sequence[Subject] = (),
) -> RefreshPlan:
    """What to propose for the entries `chosen` of the store `everything` (the same entries if not given)."""
    ways: dict[str, Ways] = {}
    proposals: list[Proposal] = []
    remarks: list[Remark] = []
    missed: list[Missed] = []
    settled: list[Base] = []
    sources: Counter[str] = Counter()
    taken = {subject.key.lower() for subject in everything or chosen}
    for subject in chosen:
        way = ways.setdefault(subject.document.file, Ways(subject.document, refresh_options.dialect))
        accepted = accepted_records(subject, responses.answers, refresh_options.venues)
        plan_ = _Plan(subject, accepted, responses, bases, refresh_options, way)
        proposals += accepted.problems
        proposals += plan_.proposals()
        settled += plan_.settled
        new, said = propose_published(
            subject, accepted, responses.answers, everything or chosen, bases, way, refresh_options.publishing,
            refresh_options.key_pattern, taken, responses.time,
        )  # fmt: skip
        proposals += new
        taken |= {one.addition.key.lower() for one in new if one.addition is not None}
        remarks += (*merge_notices(subject, accepted.all), *accepted.remarks, *said, *plan_.remarks())
        missed += accepted.missed
        missed += [responses.unasked[subject.key]] if subject.key in responses.unasked else []
        sources.update({record.source for record in accepted.all})
    reached = frozenset(subject.key for subject in chosen) - {one.key for one in missed}
    return RefreshPlan(
        tuple(proposals), tuple(remarks), tuple(dict.fromkeys(missed)), tuple(settled), reached, dict(sources)
    )


class _Plan:
    """One entry's."""

    def __init__(
        self,
        subject: Subject,
        accepted: AcceptedRecords,
        responses: Responses,
        bases: Bases,
        refresh_options: RefreshOptions,
        ways: Ways,
    ) -> None:
        self.subject, self.accepted, self.responses = subject, accepted, responses
        self.bases, self.refresh_options, self.ways = bases, refresh_options, ways
        self.settled: list[Base] = []

    def proposals(self) -> Iterator[Proposal]:
        if not self.subject.identifiers:
            yield from self._matched()
            return
        dialect = self.ways.dialect(self.subject.entry)
        for pair in pairs(self.subject, self.accepted.records, self.refresh_options.filled, dialect):
            yield from self._of_pair(pair, self.accepted.evidence.get(pair.record.source, ""))

    def _time(self, record: Record) -> str:
        identifier = self.accepted.asked.get(record.source)
        return (
            self.responses.times.get((identifier, record.source), self.responses.time)
            if identifier
            else self.responses.time
        )

    def remarks(self) -> Iterator[Remark]:
        if self.accepted.records:
            yield from type_disagrees(self.subject, self.accepted.records[0])

    def _of_pair(self, pair: FieldPair, evidence: str) -> Iterator[Proposal]:
        subject = self.subject
        known = self.bases.get((subject.key, pair.field))
        judgement = judge_field(pair, known.value if known else None, self.refresh_options.locked | subject.locked)
        base = Base(subject.key, pair.field, pair.theirs, pair.record.source, pair.record.url, self._time(pair.record))
        if judgement.settles:
            self.settled.append(base)
        if judgement.kind is None:
            return
        content = spell_value(pair, self.ways)
        kind, reason = judgement.kind, judgement.reason
        lost = lost_commands(pair.mine or "", content)
        if self.ways.is_narrow and not content.isascii():
            lost = "the file is not UTF-8, and cannot hold this"
        if lost and kind != "protected":
            kind, reason = "protected", lost
        yield self._proposal(pair, known, base, kind, reason, content, evidence)

    def _proposal(
        self, pair: FieldPair, known: Base | None, base: Base, kind: Kind, reason: str, content: str, evidence: str
    ) -> Proposal:
        return Proposal(
            self.subject.key, pair.name, known.value if known else None, pair.mine, content, pair.record.source, kind,
            reason, evidence, pair.record.url, base.time, self._changes(pair, content), settles=(base,),
        )  # fmt: skip

    def _changes(self, pair: FieldPair, content: str) -> tuple[Change, ...]:
        """The fields that take `content`: a title beside a subtitle is divided at its colon."""
        subtitle = self.subject.own.get("subtitle")
        if pair.field != "title" or subtitle is None:
            return (Change(pair.name, pair.before, content),)
        title, _, rest = content.partition(": ")
        if not rest or title.count("{") != title.count("}"):
            return ()
        return Change(pair.name, pair.before, title), Change(subtitle.name, subtitle.value, rest)

    def _matched(self) -> Iterator[Proposal]:
        """A match without an identifier proposes the DOI and nothing else."""
        subject = self.subject
        candidates = self.responses.found.get(subject.key, ())
        match = best_match(subject.work, candidates, venues=self.refresh_options.venues)
        if match is None:
            return
        record = match.compared.record
        doi = normal_doi(record.work.doi) or normal_doi(record.id)
        if doi and "doi" in self.refresh_options.filled and "doi" not in subject.own:
            name = new_field_name("doi", self.ways.dialect(subject.entry), subject.entry.type)
            pair = FieldPair(name, "doi", "doi", None, None, doi, record)
            score = f"{match.why} (title {match.compared.title.score:.2f}); found by searching"
            yield from self._of_pair(pair, score)
