"""JSON Resume: a `Selection` to a document with the schema's `publications`."""

from __future__ import annotations

import re
from typing import Any

from pubtrack.exports import _json_layout, _shared_fields
from pubtrack.exports._selection import Selection
from pubtrack.model.work import Work

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

_YEARS = re.compile("[12]")  # the schema's dates begin so


def export(selection: Selection) -> str:
    """`{"$schema", "basics", "publications"}`; sections follow one another, for the schema knows none.

    The schema has no field for authors, so they begin the summary, the abstract behind them.
    """
    basics = {"basics": {"name": _shared_fields.word(selection.owner)}} if selection.owner else {}
    publications = [_publication(work) for work in selection.works]
    return _json_layout.dump({"$schema": SCHEMA, **basics, "publications": publications})


def is_former(text: str) -> bool:
    """In this very layout, with the members that an export has and no others."""
    value = _json_layout.in_this_layout(text)
    return isinstance(value, dict) and list(value) in (
        ["$schema", "publications"],
        ["$schema", "basics", "publications"],
    )


def _publication(work: Work) -> dict[str, Any]:
    named, others = _shared_fields.people(work)
    authors = ", ".join([*(_shared_fields.word(str(name)) for name in named), *(["et al."] if others else [])])
    when = _shared_fields.iso_date(work.issued)
    members = {
        "name": _shared_fields.words(work.title) or _shared_fields.word(work.id),
        "publisher": _shared_fields.venue(work),
        "releaseDate": when if _YEARS.match(when) else "",
        "url": _shared_fields.address(work),
        "summary": " ".join(
            part
            for part in (
                authors if authors.endswith(".") or not authors else f"{authors}.",
                _shared_fields.words(work.values.get("abstract", ())),
            )
            if part
        ),
    }
    return {name: value for name, value in members.items() if value}
