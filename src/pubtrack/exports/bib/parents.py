"""What a child entry must say itself: its fields less those that BibTeX or biber gives it.

BibTeX gives a child every field that it lacks, under the same name, from one parent (btxdoc, section 2.2, "crossref");
biber by biblatex's default setup (manual, appendix B). Where two or more children of a parent are cited, it is listed
itself and they only refer to it (min-crossrefs), so it is exported whole. A child never loses a field, nor gets one
that it did not have: where that cannot be had, it stands for itself, without the reference.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pubtrack.bibtex import inheritance
from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.fields import Dialect
from pubtrack.bibtex.inheritance import ResolvedEntry
from pubtrack.exports.bib.entry_fields import ExportedEntry

CROSSREF = "crossref"
_PART_TYPES = frozenset({"inproceedings", "incollection"})
_BOOK_TYPES = frozenset({"book", "proceedings"})
_DATES = frozenset({"date", "year", "month", "day"})
_HARMLESS = frozenset({"key", "crossref", "booktitle", "xdata", "ids", "sortkey", "related", "relatedtype", "day"})


def may_refer(child: ExportedEntry, parent: ExportedEntry, dialect: Dialect) -> bool:
    """Whether styles can print the child as a part of the parent: BibTeX's know parts of books and proceedings."""
    return dialect == "biblatex" or (child.type in _PART_TYPES and parent.type in _BOOK_TYPES)


def as_parent(parent: ExportedEntry, dialect: Dialect) -> ExportedEntry:
    """The parent as its children need it: BibTeX's have their `booktitle` from one of its own."""
    if dialect == "biblatex" or parent.fields.get("booktitle") or "title" not in parent.fields:
        return parent
    return ExportedEntry(parent.type, {**parent.fields, "booktitle": parent.fields["title"]}, parent.unsaid)


def without_inherited(
    child: ExportedEntry, parent: ExportedEntry, dialect: Dialect, own: Collection[str]
) -> ExportedEntry | None:
    """The child with what the parent does not give it; None if it cannot refer to the parent without harm.

    `own` are the fields that are not inherited, under biblatex's names.
    """
    given = _given(child, parent, dialect, own)
    if any(name not in child.fields and name not in _HARMLESS for name in given):
        return None
    left = {name: value for name, value in child.fields.items() if name == CROSSREF or given.get(name) != value}
    return ExportedEntry(child.type, left, child.unsaid)


def _given(child: ExportedEntry, parent: ExportedEntry, dialect: Dialect, own: Collection[str]) -> Mapping[str, str]:
    if dialect == "bibtex":
        return parent.fields
    above, below = (ResolvedEntry(Entry(one.type, ""), "", one.type, dict(one.fields)) for one in (parent, child))
    given = inheritance.inheritable_fields(above, below, strict=True)
    dated = not _DATES.isdisjoint(own)
    return {name: value for name, value in given.items() if not (dated and name in _DATES)}
