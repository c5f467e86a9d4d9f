"""What registries say of a work besides its metadata, as remarks: retractions, corrections, another type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pubtrack.bibtex import date_fields
from pubtrack.matching.work_class import may_be_one
from pubtrack.model.record import Record, UpdateNotice
from pubtrack.refresh.proposal import Remark
from pubtrack.refresh.target import Subject


def merge_notices(subject: Subject, records: Sequence[Record]) -> Iterator[Remark]:
    """Each notice about the work once, however many sources and records have it, the gravest first."""
    found: dict[tuple[str, str], tuple[UpdateNotice, Record, frozenset[str]]] = {}
    for record in records:
        for update in record.updates:
            if update.severity is not None:
                known = found.get((update.kind, update.notice.lower()))
                sources = frozenset(update.sources) | (known[2] if known else frozenset())
                found[update.kind, update.notice.lower()] = (
                    (*known[:2], sources) if known else (update, record, sources)
                )
    remarks = [_remark(subject, *rest) for rest in found.values()]
    yield from sorted(remarks, key=lambda remark: ("error", "warning", "info").index(remark.severity))


def _remark(subject: Subject, update: UpdateNotice, record: Record, sources: Iterable[str]) -> Remark:
    when = date_fields.write_date(update.date, biblatex=True).get("date", "") if update.date else ""
    said = ", ".join(sorted(sources))
    notice = f"notice {update.notice}" if update.notice else ""
    parts = (update.kind.replace("_", " "), notice, when, f"said by {said}" if said else "")
    message = ", ".join(part for part in parts if part)
    url = f"https://doi.org/{update.notice}" if update.notice else record.url
    kind = update.kind.replace("_", "-")
    return Remark(kind, update.severity or "info", subject.key, message, record.source, url)


def type_disagrees(subject: Subject, record: Record) -> Iterator[Remark]:
    """A remark where the registry's type can be none of this entry's."""
    if not may_be_one(subject.work, record.work):
        theirs = record.registered_type or record.work.type
        message = f"the entry is @{subject.entry.type}, the registry says {theirs}; a refresh never changes a type"
        yield Remark("type-disagrees", "info", subject.key, message, record.source, record.url)
