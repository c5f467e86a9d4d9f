"""Pair the fields of an entry with those of the records that were accepted for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pubtrack.bibtex.document import Field, pieces
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.source_style import MONTHS
from pubtrack.model.record import Record
from pubtrack.refresh.field_kinds import SORTS, FieldKind
from pubtrack.refresh.record_fields import values_of
from pubtrack.refresh.target import Subject

_BLOCKING = {
    "pages": ("eid",), "eid": ("pages",), "number": ("issue",), "issue": ("number",),
    "journaltitle": ("booktitle",), "booktitle": ("journaltitle", "crossref"), "date": ("pubstate",),
    "publisher": ("organization", "crossref"), "institution": ("organization",),
}  # fmt: skip
"""Fields beside which another one is not missing."""


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field. `name` is the word in the file, or the one a new field would have; `field` biblatex's (`date` for
    `year` too). `mine` is LaTeX, None where the entry has no such field; `before` its source in the file. `theirs`
    is what `record` says, LaTeX in Unicode. `is_macro` tells that mine is made of `@string` macros."""

    name: str
    field: str
    sort: FieldKind
    mine: str | None
    before: str | None
    theirs: str
    record: Record
    is_macro: bool = False


def pairs(
    subject: Subject, records: Sequence[Record], filled: Collection[str], dialect: Dialect
) -> Iterator[FieldPair]:
    """The fields of the entry that a record speaks of, and those of `filled` (biblatex's names) that it lacks.

    Of several records the first that says anything of a field counts.
    """
    found: dict[str, tuple[str, Record]] = {}
    for record in records:
        for field, value in values_of(subject.work, record).items():
            found.setdefault(field, (value, record))
    if dialect == "bibtex" and "eid" in found and "eid" not in subject.own and "pages" not in found:
        found["pages"] = found.pop("eid")  # BibTeX's styles know no article number
    for field, (value, record) in found.items():
        pair = _pair(subject, field, value, record, dialect)
        if pair is not None and (pair.mine is not None or _may_fill(subject, field, filled)):
            yield pair


def _pair(subject: Subject, field: str, value: str, record: Record, dialect: Dialect) -> FieldPair | None:
    own = subject.own.get(field)
    if own is None:
        if field in subject.values or (field == "date" and "year" in subject.values):
            return None  # inherited: it stands in the parent
        return FieldPair(
            new_field_name(field, dialect, subject.entry.type), field, SORTS[field], None, None, value, record
        )
    if own.name.lower() in subject.twice:
        return None
    name = "year" if own.name.lower() == "year" else field
    mine = subject.values.get(name, "")
    if field == "title" and "subtitle" in subject.own and mine:
        mine = f"{mine}: {subject.values.get('subtitle', '')}"
    return FieldPair(own.name, field, SORTS[field], mine or None, own.value, value, record, _has_macro(own))


def _has_macro(field: Field) -> bool:
    bare = [piece.text.lower() for piece in pieces(field.value) if piece.kind == "bare" and not piece.text.isdigit()]
    return bool(bare) and not (field.name.lower() == "month" and len(bare) == 1 and bare[0] in MONTHS)


def _may_fill(subject: Subject, field: str, filled: Collection[str]) -> bool:
    if field not in filled:
        return False
    if field == "publisher" and subject.work.type.startswith("article"):
        return False
    if field == "title" and "booktitle" in subject.own and "title" not in subject.own:
        return False
    return not any(other in subject.values for other in _BLOCKING.get(field, ()))


_BIBTEX = {"journaltitle": "journal", "date": "year"}


def new_field_name(field: str, dialect: Dialect, entry_type: str) -> str:
    """The word for a field that is new in an entry."""
    if dialect == "biblatex":
        return field
    if field == "institution" and entry_type.lower().endswith("thesis"):
        return "school"
    return _BIBTEX.get(field, field)
