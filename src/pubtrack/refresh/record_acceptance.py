"""Decide which records are the entry's work, and say what speaks against the others.

The match rule is `matching`'s: an identifier in common is not enough, title or authors must agree besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pubtrack.matching import Grade, WorkMatch, compare, same_work
from pubtrack.matching.comparison import is_unpublished
from pubtrack.model.record import Identifier, Lookup, Record
from pubtrack.model.richtext import plain, text
from pubtrack.refresh.proposal import Missed, Proposal, Remark
from pubtrack.refresh.target import Subject

Answers = Mapping[Identifier, Lookup]


@dataclass(frozen=True, slots=True)
class AcceptedRecords:
    """`records` are the entry's own version of the work, the best first; `versions` the other one (the preprint of a
    published work, or the published version of a preprint). `evidence` says for a source why it is believed, `asked`
    which identifier led to it."""

    records: tuple[Record, ...] = ()
    versions: tuple[Record, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Identifier] = field(default_factory=dict)
    problems: tuple[Proposal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    missed: tuple[Missed, ...] = ()

    @property
    def all(self) -> tuple[Record, ...]:
        return (*self.records, *self.versions)


def accepted_records(subject: Subject, answers: Answers, venues: Mapping[str, str]) -> AcceptedRecords:
    """What is believed of the entry's identifiers; one that is not among `answers` was not reached."""
    records: list[Record] = []
    versions: list[Record] = []
    evidence: dict[str, str] = {}
    asked: dict[str, Identifier] = {}
    problems: list[Proposal] = []
    remarks: list[Remark] = []
    for identifier in subject.identifiers:
        answer = answers.get(identifier)
        if answer is None:
            continue
        remarks += _of_answer(subject, identifier, answer)
        for record in answer.records:
            if record in records or record in versions:
                continue
            found = _sameness(subject, identifier, record, venues)
            if found:
                (versions if found.compared.version else records).append(record)
                evidence.setdefault(record.source, found.why)
                asked.setdefault(record.source, identifier)
            elif found.by is not None:
                problem = _problem(subject, identifier, found)
                problems += [problem] if problem is not None else []
                remarks += [] if problem is not None else [_unconfirmed(subject, found)]
    unique = {problem.id: problem for problem in problems}
    missed = tuple(_missed(subject, answers))
    return AcceptedRecords(
        tuple(records), tuple(versions), evidence, asked, tuple(unique.values()), tuple(remarks), missed
    )


def _sameness(subject: Subject, asked: Identifier, record: Record, venues: Mapping[str, str]) -> WorkMatch:
    found = same_work(subject.work, record, venues=venues)
    if found.by is None and asked.kind == "doi" and record.id.startswith("10."):
        # The DOI asked for is an alias: the service files the work under another one.
        values = {**subject.work.values, "doi": text(record.id)}
        found = same_work(replace(subject.work, values=values), record, venues=venues)
    return found


def _of_answer(subject: Subject, identifier: Identifier, answer: Lookup) -> Iterator[Remark]:
    if answer.records:
        return
    shown = identifier.value
    if answer.exists is False:
        message = f"{shown} is not registered: look for a slip in it"
        yield Remark("doi-unknown", "error", subject.key, message, "doi", f"https://doi.org/{shown}")
    elif answer.complete:
        at = f" (registered with {answer.agency})" if answer.agency else ""
        yield Remark("not-found", "info", subject.key, f"no service has metadata for {shown}{at}")


def _problem(subject: Subject, identifier: Identifier, found: WorkMatch) -> Proposal | None:
    """The proposal that says that the identifier is another work's, unless too little is known for that."""
    title, people = found.compared.title, found.compared.people
    if title.grade is not Grade.CONTRADICTS or people.grade.agrees:
        return None
    record = found.compared.record
    name, before = ("doi", "doi") if identifier.kind == "doi" else ("eprint", "eprint")
    own = subject.own.get(before)
    registered = f"{plain(record.work.title)} ({_who(record)})"
    return Proposal(
        subject.key, own.name if own else name, None, identifier.value, registered, record.source, "problem",
        f"{identifier.value} belongs to another work; nothing is taken from its record", found.why, record.url,
    )  # fmt: skip


def _who(record: Record) -> str:
    first = str(record.work.author[0]) if record.work.author else "no author"
    issued = record.work.issued
    return f"{first}, {issued.year}" if issued is not None and issued.year is not None else first


def _unconfirmed(subject: Subject, found: WorkMatch) -> Remark:
    record = found.compared.record
    message = "the record for this identifier could not be confirmed by title or authors, so it is not used"
    return Remark("unconfirmed", "warning", subject.key, message, record.source, record.url)


def _missed(subject: Subject, answers: Answers) -> Iterator[Missed]:
    for identifier in subject.identifiers:
        answer = answers.get(identifier)
        if answer is None:
            yield Missed(subject.key, "", f"{identifier.value} was not reached")
        else:
            yield from (Missed(subject.key, failure.source, failure.message) for failure in answer.failures)


# The published version of a preprint -------------------------------------------------------------------------------


def published_identifiers(subject: Subject, accepted: AcceptedRecords) -> tuple[Identifier, ...]:
    """The identifiers under which a preprint has been published, by what its records say."""
    if not is_unpublished(subject.work):
        return ()
    found = dict.fromkeys(Identifier("doi", doi) for record in accepted.all for doi in record.published_dois)
    return tuple(one for one in found if one not in subject.identifiers)


def is_version(subject: Subject, record: Record) -> bool:
    """Whether a record that a registry ties to a preprint is that of its published version: its people agree, or its
    title does, which authors change for print."""
    compared = compare(subject.work, record)
    if is_preprint_like(record):
        return False
    people = compared.people
    people_agree = people.grade.agrees or (people.grade is Grade.NEAR and people.first)
    return people_agree or (compared.title.grade.agrees and people.grade is not Grade.CONTRADICTS)


def is_preprint_like(record: Record) -> bool:
    """Whether a record is that of a preprint itself."""
    return is_unpublished(record.work)
