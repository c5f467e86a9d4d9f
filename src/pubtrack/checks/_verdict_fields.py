"""Compare a work with its record: a `net-*` finding for each difference, with both values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pubtrack.matching.comparison import Compared, is_unpublished
from pubtrack.matching.grades import Comparison, Grade
from pubtrack.matching.work_class import class_of
from pubtrack.model.findings import Finding, Severity
from pubtrack.model.record import Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.sources import titles

WRONG = frozenset("net-doi-dead net-doi-other-work net-title net-authors net-given net-year net-venue".split())
"""The codes that, as an error or a warning, make an entry's verdict `problem`."""

_SHOWN = 120  # characters of a value in a message


def field_findings(work: Work, compared: Compared) -> Iterator[Finding]:
    """What of `work` contradicts the record, field by field; `field` is the CSL variable in snake_case."""
    record = compared.record
    yield from _title(work, compared)
    yield from _people(work, compared)
    yield from _year(work, compared)
    if compared.venue.grade.differs:
        yield _two(work, "net-venue", "warning", "container_title", "the venue is", compared.venue, record)
    for code, variable, named, found in (
        ("net-volume", "volume", "the volume is", compared.volume),
        ("net-issue", "issue", "the issue is", compared.issue),
        ("net-pages", "page", "the pages are", compared.pages),
    ):
        if found.grade.differs:
            yield _two(work, code, "warning", variable, named, found, record)
    if not compared.kind and not compared.version:
        message = f'the type is "{work.type}", the record has "{record.registered_type or record.work.type}"'
        yield finding(work, "net-type", "info", "type", message, record)


def _title(work: Work, compared: Compared) -> Iterator[Finding]:
    title = compared.title
    if not title.grade.differs:
        return
    severity: Severity = "info" if "garbled" in compared.record.traits else "warning"
    message = f"the title is {shown(plain(work.title))}, the record has {shown(title.theirs)}"
    if title.grade is Grade.NEAR:
        message += f" ({title.why})"
    yield finding(work, "net-title", severity, "title", message, compared.record)


def _people(work: Work, compared: Compared) -> Iterator[Finding]:
    people, record = compared.people, compared.record
    if not people.grade.differs or _names_the_first_only(work, compared):
        return
    variable = "author" if work.author else "editor"
    given = people.of("given")
    if given and len(given) == len(people.differences):
        pairs = ", ".join(f'"{one.mine}" is "{one.theirs}" in the record' for one in given[:3])
        yield finding(work, "net-given", "warning", variable, f"another given name: {pairs}", record)
        return
    severity: Severity = "error" if people.grade is Grade.CONTRADICTS else "warning"
    mine, theirs = (", ".join(map(str, one.creators[:6])) for one in (work, record.work))
    message = f"the {variable}s are {shown(mine)}, the record has {shown(theirs)} ({people.why})"
    yield finding(work, "net-authors", severity, variable, message, record)


def _names_the_first_only(work: Work, compared: Compared) -> bool:
    """Whether the record has but one author, the paper's first: some depositors name no other."""
    return len(compared.record.work.creators) == 1 and len(work.creators) > 2 and compared.people.first


def _year(work: Work, compared: Compared) -> Iterator[Finding]:
    year = compared.year
    if year.grade is Grade.CONTRADICTS:
        edition = class_of(work) == "book" and compared.title.grade.agrees
        severity: Severity = "info" if edition else "warning"
        yield _two(work, "net-year", severity, "issued", "the year is", year, compared.record)
    elif year.why == "one year off":
        yield _two(work, "net-year", "info", "issued", "the year is", year, compared.record)


def update_findings(work: Work, record: Record) -> Iterator[Finding]:
    """Retractions, concerns and corrections that the record names; a new version is harmless."""
    for update in record.updates:
        severity = update.severity
        if severity is None:
            continue
        article = "an" if update.kind.startswith(("a", "e", "i", "o", "u")) else "a"
        tie = {"error": "of", "warning": "about", "info": "to"}[severity]
        what = f"there is {article} {update.kind.replace('_', ' ')} {tie} this work"
        notice = f": https://doi.org/{update.notice}" if update.notice else ""
        code = "net-retracted" if severity != "info" else "net-corrected"
        yield finding(work, code, severity, "doi", what + notice, record)


def published_findings(work: Work, records: Iterable[Record]) -> Iterator[Finding]:
    """Where a preprint of the store has been published, by what its records tie it to."""
    if not is_unpublished(work):
        return
    found = dict.fromkeys((doi, record.source) for record in records for doi in record.published_dois)
    for doi, source in list(found)[:1]:
        if doi != work.doi.lower():
            message = f"this preprint has been published, says {titles([source])}: https://doi.org/{doi}"
            yield Finding("net-published", "warning", message, key=work.id, field="doi")


def _two(
    work: Work, code: str, severity: Severity, variable: str, named: str, found: Comparison, record: Record
) -> Finding:
    why = f" ({found.why})" if found.why else ""
    message = f"{named} {shown(found.mine)}, the record has {shown(found.theirs)}{why}"
    return finding(work, code, severity, variable, message, record)


def finding(work: Work, code: str, severity: Severity, variable: str, message: str, record: Record | None) -> Finding:
    """A finding about a variable of `work` with the record's address behind it."""
    address = f"; see {record.url or record.id}" if record is not None and (record.url or record.id) else ""
    return Finding(code, severity, message + address, key=work.id, field=variable)


def shown(value: str) -> str:
    """A value in quotation marks, shortened."""
    value = " ".join(value.split())
    return f'"{value[:_SHOWN]}…"' if len(value) > _SHOWN else f'"{value}"'
