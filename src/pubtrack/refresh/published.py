"""Propose the published version of a preprint: a linked entry, or an upgrade.

`link` adds the published work as an entry of its own and names it in the preprint's `related`; `upgrade` gives the
preprint's own entry the published work's DOI, venue, year and pages, and keeps the eprint. A person chooses and applies
it; no type and no key changes.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Literal

from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.from_work import entry_fields, entry_type
from pubtrack.bibtex.latex import Encoding, encode
from pubtrack.bibtex.preprints import eprint
from pubtrack.matching import normal_doi, published_versions
from pubtrack.model.errors import PubtrackError
from pubtrack.model.record import Identifier, Record
from pubtrack.model.richtext import text
from pubtrack.refresh.bases import Base, Bases
from pubtrack.refresh.field_kinds import biblatex_field, fields_of
from pubtrack.refresh.field_pairs import new_field_name
from pubtrack.refresh.field_spelling import Ways
from pubtrack.refresh.proposal import Addition, Change, Proposal, Remark
from pubtrack.refresh.record_acceptance import AcceptedRecords, Answers, is_version, published_identifiers
from pubtrack.refresh.target import Subject
from pubtrack.store.citation_keys import new_key

Publishing = Literal["link", "upgrade"]
_FIELD = "published"
"""The name of the base that says which published version was settled."""
_REASON = "this preprint has been published"


def propose_published(
    subject: Subject, accepted: AcceptedRecords, answers: Answers, everything: Sequence[Subject], bases: Bases,
    ways: Ways, publishing: Publishing, pattern: str, taken: Container[str], time: str,
) -> tuple[list[Proposal], list[Remark]]:  # fmt: skip
    """The proposals and remarks for the published versions of one entry, none where it is not a preprint."""
    records = _versions(subject, accepted, answers)
    targets = published_identifiers(subject, accepted)
    if not records and not targets:
        return [], list(_by_reference(subject, accepted))
    record = next(iter(records), None)
    doi = normal_doi(record.work.doi or record.id) if record else targets[0].value
    known = bases.get((subject.key, _FIELD))
    if known is not None and known.value == doi:
        return [], []
    twin = next((one for one in everything if one is not subject and _has(one, doi)), None)
    if twin is not None and subject.key in published_versions([subject.work, twin.work]):
        return [], []
    if record is None:
        message = f"published as {doi}, but that record could not be had"
        return [], [Remark("published", "warning", subject.key, message, "", f"https://doi.org/{doi}")]
    base = Base(subject.key, _FIELD, doi, record.source, record.url, time)
    if publishing == "upgrade" and twin is None:
        proposal, remarks = _upgrade(subject, record, doi, ways, base)
        return [proposal], remarks
    return [_link(subject, record, doi, twin, ways, base, pattern, taken)], []


def _versions(subject: Subject, accepted: AcceptedRecords, answers: Answers) -> list[Record]:
    """The records of published versions: those of the entry's own identifiers, and those its records lead to."""
    targets = published_identifiers(subject, accepted)
    led_to = [record for target in targets if target in answers for record in answers[target].records]
    return [
        record
        for record in (*accepted.versions, *led_to)
        if is_version(subject, record) and record.source != "openalex"
    ]


def _has(subject: Subject, doi: str) -> bool:
    return Identifier("doi", doi) in subject.identifiers


def _by_reference(subject: Subject, accepted: AcceptedRecords) -> Iterator[Remark]:
    """arXiv's own word for where a paper appeared, where it names no DOI."""
    for record in accepted.records:
        place = record.work.custom.get("journalref", "")
        if place and record.source == "arxiv":
            message = f"arXiv says that it appeared in {place}"
            yield Remark("published", "info", subject.key, message, record.source, record.url)


def _link(
    subject: Subject, record: Record, doi: str, twin: Subject | None, ways: Ways, base: Base, pattern: str,
    taken: Container[str],
) -> Proposal:  # fmt: skip
    dialect = ways.dialect(subject.entry)
    addition = None if twin is not None else _addition(record, dialect, ways.encoding, pattern, taken)
    key = twin.key if twin is not None else addition.key if addition is not None else ""
    own = subject.own.get("related")
    before = subject.values.get("related", "")
    related = f"{before}, {key}" if before else key
    return Proposal(
        subject.key, own.name if own else "related", None, before or None, related, record.source, "conflict",
        f"{_REASON}: {_place(record, doi)}", "the preprint's record names it", record.url, base.time,
        (Change(own.name if own else "related", own.value if own else None, related),), addition, (base,),
    )  # fmt: skip


def _addition(record: Record, dialect: Dialect, encoding: Encoding, pattern: str, taken: Container[str]) -> Addition:
    fields = tuple(_fields(record, dialect, encoding))
    return Addition(entry_type(record.work, dialect), new_key(record.work, pattern, taken), fields)


def _place(record: Record, doi: str) -> str:
    venue = record.work.get("container_title")
    return f"{venue}, {doi}" if venue else doi


def _upgrade(subject: Subject, record: Record, doi: str, ways: Ways, base: Base) -> tuple[Proposal, list[Remark]]:
    """One proposal for all the fields: half an upgrade would be neither work. The type is left to the person."""
    dialect = ways.dialect(subject.entry)
    changes = []
    for name, value in _fields(record, dialect, ways.encoding):
        if name in ("booktitle", "journaltitle", "journal") and subject.entry.type.lower() == "article":
            name = new_field_name("journaltitle", dialect, "article")  # the field that this type reads
        own = subject.own.get(biblatex_field(name))
        if own is None or own.name.lower() not in subject.twice:
            word = own.name if own is not None else name
            year = value.split("-")[0] if word.lower() == "year" else value
            changes.append(Change(word, own.value if own is not None else None, year))
    own = subject.own.get("doi")
    proposal = Proposal(
        subject.key, own.name if own else "doi", None, subject.work.doi or None, doi, record.source, "conflict",
        f"{_REASON}: {_place(record, doi)}", "the preprint's record names it", record.url, base.time,
        (*changes, *_kept_eprint(subject, dialect, ways.encoding)), settles=(base,),
    )  # fmt: skip
    wanted = entry_type(record.work, dialect)
    if wanted == subject.entry.type.lower():
        return proposal, []
    message = f"published, this is an @{wanted}; a refresh never changes a type, so do that by hand"
    return proposal, [Remark("type-disagrees", "info", subject.key, message, record.source, record.url)]


def _fields(record: Record, dialect: Dialect, encoding: Encoding) -> Iterator[tuple[str, str]]:
    """What the published work's own entry would have, without what a refresh never writes."""
    work = record.work
    try:
        found = entry_fields(work, dialect, encoding)
    except PubtrackError:  # a character has no form in LaTeX
        found = entry_fields(work, dialect, "unicode")
    allowed = fields_of(work.type) - {"url", "month", "editor", "issn"}
    yield from ((name, value) for name, value in found.items() if biblatex_field(name) in allowed)


def _kept_eprint(subject: Subject, dialect: Dialect, encoding: Encoding) -> list[Change]:
    """The fields that keep the preprint's number where only the journal or the DOI, which go, had it."""
    custom = subject.work.custom
    known = eprint(custom.get("eprint", ""), custom.get("eprinttype", ""))
    identifier = known.identifier or subject.work.doi
    if not identifier or "eprint" in subject.own:
        return []
    word = "eprinttype" if dialect == "biblatex" else "archivePrefix"
    archive = [] if "eprinttype" in subject.own else [Change(word, None, known.name or "doi")]
    return [Change("eprint", None, encode(text(identifier), encoding)), *archive]
