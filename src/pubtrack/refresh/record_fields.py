"""Convert a record to the fields that an entry of this type would have, in LaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pubtrack.bibtex.from_work import entry_fields
from pubtrack.model.name import Name
from pubtrack.model.record import Record
from pubtrack.model.work import Work
from pubtrack.refresh.field_kinds import SORTS, class_of, fields_of

_VARIABLES = frozenset(
    "title container_title collection_title volume issue number page publisher doi url isbn issn".split()
)
_KEPT = ("entrytype", "eprint", "eprinttype")


def values_of(work: Work, record: Record) -> Mapping[str, str]:
    """The fields of `record` that can be compared with those of the entry of `work`, by biblatex's names.

    Where the types disagree, those that do not depend on the type.
    """
    theirs = record.work
    fits = record.work.type in class_of(work.type)
    kept = {name: value for name, value in work.custom.items() if name in _KEPT} if fits else {}
    number = {"eid": theirs.custom["eid"]} if "eid" in theirs.custom else {}
    adapted = replace(
        theirs, type=work.type if fits else theirs.type, custom=kept | number,
        values={name: value for name, value in theirs.values.items() if name in _VARIABLES},
        people={role: tuple(map(_plain, names)) for role, names in theirs.people.items()},
    )  # fmt: skip
    wanted = fields_of(work.type) if fits else fields_of("")
    found = {name: value for name, value in entry_fields(adapted).items() if name in SORTS and name in wanted and value}
    if "venue-is-series" in record.traits:
        found.pop("booktitle", None)
    if record.source == "openalex":  # it has one record for a preprint and its article
        found.pop("title", None)
        found.pop("doi", None)
    issued = theirs.issued
    if issued is not None and len(issued.parts) > 1:
        found["month"] = str(issued.parts[1])
    return found


def _plain(name: Name) -> Name:
    return replace(name, roles=frozenset(), orcid="")
