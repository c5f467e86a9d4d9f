"""Entries, the answers of the registries and the bases to all that a refresh has to propose and to say; pure."""

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
from pubtrack.refresh.field_kinds import canonical
from pubtrack.refresh.field_pairs import Pair, pairs, written
from pubtrack.refresh.field_spelling import Ways, spelled
from pubtrack.refresh.merge import judge
from pubtrack.refresh.notices import notices, type_disagrees
from pubtrack.refresh.proposal import Change, Kind, Missed, Outcome, Proposal, Remark
from pubtrack.refresh.published import Publishing, published
from pubtrack.refresh.record_acceptance import Answers, Belief, believed
from pubtrack.refresh.target import Subject
from pubtrack.store.citation_keys import DEFAULT_PATTERN

Found = Mapping[str, Sequence[Record]]
"""By key: the candidates that a search for an entry without identifier gave, best first."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the user wants it: fields that may be filled and those that are locked (biblatex's names), what to do with
    published preprints, the dialect of a file that has none, short names of venues, the pattern of new keys."""

    filled: frozenset[str] = frozenset(map(canonical, RefreshConfig().fill))
    locked: frozenset[str] = frozenset()
    publishing: Publishing = "link"
    dialect: Dialect = "bibtex"
    venues: Mapping[str, str] = field(default_factory=dict)
    key_pattern: str = DEFAULT_PATTERN


@dataclass(frozen=True, slots=True)
class Heard:
    """What the registries said. `time` is that of this run, `times` when the reply of a service was fetched for an
    identifier (ISO 8601, UTC); `unasked` tells of which entries a search failed."""

    answers: Answers = field(default_factory=dict)
    found: Found = field(default_factory=dict)
    time: str = ""
    times: Mapping[tuple[Identifier, str], str] = field(default_factory=dict)
    unasked: Mapping[str, Missed] = field(default_factory=dict)


def plan(
    chosen: Sequence[Subject], heard: Heard, bases: Bases, wishes: Wishes, everything: Sequence[Subject] = ()
) -> Outcome:
    """What to propose for the entries `chosen` of the store `everything` (the same entries if not given)."""
    ways: dict[str, Ways] = {}
    proposals: list[Proposal] = []
    remarks: list[Remark] = []
    missed: list[Missed] = []
    settled: list[Base] = []
    sources: Counter[str] = Counter()
    taken = {subject.key.lower() for subject in everything or chosen}
    for subject in chosen:
        way = ways.setdefault(subject.document.file, Ways(subject.document, wishes.dialect))
        belief = believed(subject, heard.answers, wishes.venues)
        plan_ = _Plan(subject, belief, heard, bases, wishes, way)
        proposals += belief.problems
        proposals += plan_.proposals()
        settled += plan_.settled
        new, said = published(subject, belief, heard.answers, everything or chosen, bases, way, wishes.publishing,
                              wishes.key_pattern, taken, heard.time)  # fmt: skip
        proposals += new
        taken |= {one.addition.key.lower() for one in new if one.addition is not None}
        remarks += (*notices(subject, belief.all), *belief.remarks, *said, *plan_.remarks())
        missed += belief.missed
        missed += [heard.unasked[subject.key]] if subject.key in heard.unasked else []
        sources.update({record.source for record in belief.all})
    reached = frozenset(subject.key for subject in chosen) - {one.key for one in missed}
    return Outcome(
        tuple(proposals), tuple(remarks), tuple(dict.fromkeys(missed)), tuple(settled), reached, dict(sources)
    )


class _Plan:
    """One entry's."""

    def __init__(
        self, subject: Subject, belief: Belief, heard: Heard, bases: Bases, wishes: Wishes, ways: Ways
    ) -> None:
        self.subject, self.belief, self.heard = subject, belief, heard
        self.bases, self.wishes, self.ways = bases, wishes, ways
        self.settled: list[Base] = []

    def proposals(self) -> Iterator[Proposal]:
        if not self.subject.identifiers:
            yield from self._matched()
            return
        dialect = self.ways.dialect(self.subject.entry)
        for pair in pairs(self.subject, self.belief.records, self.wishes.filled, dialect):
            yield from self._of_pair(pair, self.belief.evidence.get(pair.record.source, ""))

    def _time(self, record: Record) -> str:
        identifier = self.belief.asked.get(record.source)
        return self.heard.times.get((identifier, record.source), self.heard.time) if identifier else self.heard.time

    def remarks(self) -> Iterator[Remark]:
        if self.belief.records:
            yield from type_disagrees(self.subject, self.belief.records[0])

    def _of_pair(self, pair: Pair, evidence: str) -> Iterator[Proposal]:
        subject = self.subject
        known = self.bases.get((subject.key, pair.field))
        judgement = judge(pair, known.value if known else None, self.wishes.locked | subject.locked)
        base = Base(subject.key, pair.field, pair.theirs, pair.record.source, pair.record.url, self._time(pair.record))
        if judgement.settles:
            self.settled.append(base)
        if judgement.kind is None:
            return
        content = spelled(pair, self.ways)
        kind, reason = judgement.kind, judgement.reason
        lost = lost_commands(pair.mine or "", content)
        if self.ways.is_narrow and not content.isascii():
            lost = "the file is not UTF-8, and cannot hold this"
        if lost and kind != "protected":
            kind, reason = "protected", lost
        yield self._proposal(pair, known, base, kind, reason, content, evidence)

    def _proposal(
        self, pair: Pair, known: Base | None, base: Base, kind: Kind, reason: str, content: str, evidence: str
    ) -> Proposal:
        return Proposal(
            self.subject.key, pair.name, known.value if known else None, pair.mine, content, pair.record.source, kind,
            reason, evidence, pair.record.url, base.time, self._changes(pair, content), settles=(base,),
        )  # fmt: skip

    def _changes(self, pair: Pair, content: str) -> tuple[Change, ...]:
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
        candidates = self.heard.found.get(subject.key, ())
        match = best_match(subject.work, candidates, venues=self.wishes.venues)
        if match is None:
            return
        record = match.compared.record
        doi = normal_doi(record.work.doi) or normal_doi(record.id)
        if doi and "doi" in self.wishes.filled and "doi" not in subject.own:
            name = written("doi", self.ways.dialect(subject.entry), subject.entry.type)
            pair = Pair(name, "doi", "doi", None, None, doi, record)
            score = f"{match.why} (title {match.compared.title.score:.2f}); found by searching"
            yield from self._of_pair(pair, score)
