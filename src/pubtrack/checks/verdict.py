"""Decide the verdict on an entry from the services' replies: verified, problem, unconfirmed or unchecked.

Only positive evidence accuses: a record that contradicts the entry, or the handle service saying that a DOI does not
exist. That nothing was found, or that a service failed, never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pubtrack.checks._verdict_fields import (
    WRONG,
    field_findings,
    finding,
    published_findings,
    shown,
    update_findings,
)
from pubtrack.checks._verdict_search import judge_search
from pubtrack.matching.comparison import Compared, compare, is_unpublished
from pubtrack.matching.grades import Grade
from pubtrack.matching.match import score_record
from pubtrack.matching.thresholds import TITLE_OTHER
from pubtrack.matching.work_identifiers import identifiers
from pubtrack.model.findings import Finding
from pubtrack.model.record import Identifier, Lookup, Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.sources import titles

__all__ = ["WRONG", "Status", "Verdict", "needs_search", "search_words", "verdict", "verdict_words"]

Status = Literal["verified", "problem", "unconfirmed", "unchecked"]
_AGENCIES = frozenset(("crossref", "datacite"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the registries say of one entry.

    `findings` carry the entry's key and as `field` the CSL variable that they are about (`title`, `author`, `issued`,
    `container_title`, `doi`), but no place in a file. `record` is the one that the entry was judged by, or None.
    """

    status: Status
    findings: tuple[Finding, ...] = ()
    record: Record | None = None


def verdict(
    work: Work,
    answers: Mapping[Identifier, Lookup],
    candidates: Lookup | None = None,
    *,
    venues: Mapping[str, str] | None = None,
) -> Verdict:
    """The verdict about `work`.

    `answers` holds what was answered for the `identifiers(work)`; one that is not there was not asked. `candidates` is
    what a bibliographic search gave, or None if there was none (`needs_search` says when it is worth a request).
    `venues` maps short names of venues to full ones.
    """
    asked = [(one, answers[one]) for one in identifiers(work) if one in answers]
    findings = [*_of_registration(work, asked)]
    records = [record for _, answer in asked for record in answer.records]
    found = _by_records(work, records, venues)
    if found is None and candidates is not None:
        known = any(answer.exists is not False and answer.records for _, answer in asked)
        found = judge_search(work, candidates.records, venues) if not known else None
    if found is not None:
        findings += found[1]
        if found[0] is not None:
            findings += [*update_findings(work, found[0]), *published_findings(work, [*records, found[0]])]
    return _decided(work, findings, found, [*(answer for _, answer in asked), *([candidates] if candidates else [])])


def needs_search(
    work: Work,
    answers: Mapping[Identifier, Lookup],
    candidates: Lookup | None = None,
    *,
    venues: Mapping[str, str] | None = None,
) -> bool:
    """Whether a bibliographic search may tell more than the identifiers' records did.

    So it is for a work without an identifier, without a record of it, with a DOI that does not exist or leads to
    another work. `candidates` is what earlier searches gave, of which Crossref's comes first and that of arXiv second:
    with them the answer says whether the next service is worth asking. A work without a title or without people cannot
    be found again for certain.
    """
    if not plain(work.title).strip() or not work.creators:
        return False
    found = verdict(work, answers, candidates, venues=venues)
    lost = candidates is None and any(one.code in ("net-doi-dead", "net-doi-other-work") for one in found.findings)
    return lost or found.status in ("unconfirmed", "unchecked")


def search_words(work: Work) -> str:
    """What to search for, as Crossref's `query.bibliographic` takes it: the title and the first author's family name.

    The name is one word among others: as a field of its own (`query.author`) it would hide the record that says who the
    authors really are.
    """
    people = work.creators
    first = (people[0].family or people[0].literal) if people else ""
    return " ".join(f"{plain(work.title)} {first}".split())


def _decided(
    work: Work,
    findings: Iterable[Finding],
    found: tuple[Record | None, tuple[Finding, ...], bool] | None,
    answers: Iterable[Lookup],
) -> Verdict:
    findings = tuple(dict.fromkeys(findings))
    record = found[0] if found is not None else None
    if any(one.code in WRONG and one.severity != "info" for one in findings):
        return Verdict("problem", findings, record)
    if found is not None and found[2]:
        return Verdict("verified", findings, record)
    failures = [failure for answer in answers for failure in answer.failures]
    if failures:
        names = titles(failure.source for failure in failures)
        message = f"not checked: no answer from {names}; run it again later"
        return Verdict("unchecked", (*findings, finding(work, "net-incomplete", "info", "", message, None)), record)
    return Verdict("unconfirmed", findings, record)


def _of_registration(work: Work, asked: Iterable[tuple[Identifier, Lookup]]) -> Iterable[Finding]:
    """Whether the DOI exists and who registered it."""
    for one, answer in asked:
        if one.kind != "doi" or answer.records:
            continue
        if answer.exists is False:
            message = f"the DOI {one.value} does not exist; see https://doi.org/{one.value}"
            yield Finding("net-doi-dead", "error", message, key=work.id, field="doi")
        elif answer.agency and answer.agency.lower() not in _AGENCIES:
            message = f"not compared: the DOI {one.value} is of {answer.agency}, whose records are not read"
            yield Finding("net-unregistered", "info", message, key=work.id, field="doi")


def _by_records(
    work: Work, records: Iterable[Record], venues: Mapping[str, str] | None
) -> tuple[Record | None, tuple[Finding, ...], bool] | None:
    """(the record that fits best, what contradicts it, whether it verifies) of an identifier's records, or None."""
    compared = [compare(work, record, venues=venues) for record in records]
    if not compared:
        return None
    best = max(compared, key=score_record)
    if _is_other_work(best):
        theirs = best.record.work
        people = ", ".join(map(str, theirs.creators[:3]))
        mine, other = shown(plain(work.title)), shown(plain(theirs.title))
        message = f"the title is {mine}, but the DOI is that of another work: {other} by {people}"
        return best.record, (finding(work, "net-doi-other-work", "error", "doi", message, best.record),), False
    return best.record, tuple(field_findings(work, best)), _verifies(work, best)


def _is_other_work(compared: Compared) -> bool:
    """Whether title and authors are those of another work: a title far off, and nobody an author of both."""
    people = compared.people
    alien = people.grade is Grade.CONTRADICTS and people.shared == 0
    return compared.title.grade is Grade.CONTRADICTS and compared.title.score < TITLE_OTHER and alien


def _verifies(work: Work, compared: Compared) -> bool:
    """Whether the record confirms title and authors, and nothing contradicts it."""
    fields = (compared.year, compared.venue)
    return (
        compared.title.grade.agrees
        and (compared.people.grade.agrees or not any(field.code in WRONG for field in field_findings(work, compared)))
        and compared.people.grade is not Grade.SILENT
        and not any(field.grade.differs for field in fields)
        and not (is_unpublished(work) and compared.version)
    )


def verdict_words(verdicts: Mapping[str, Verdict], findings: Iterable[Finding]) -> dict[str, Status]:
    """The verdicts in a word each, beside the `findings` that are left.

    A problem that was suppressed or ignored altogether leaves the entry unconfirmed.
    """
    accused = {one.key for one in findings if one.code in WRONG and one.severity != "info"}
    return {
        key: "unconfirmed" if one.status == "problem" and key not in accused else one.status
        for key, one in verdicts.items()
    }
