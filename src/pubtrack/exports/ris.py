"""RIS: a `Selection` to the tagged lines that EndNote, Zotero, Mendeley, Papers and libraries read.

The tags are those of the RIS format specification (Research Information Systems, 2001 and 2011); lines end in CR LF.
"""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.exports import _checksum_header, _shared_fields
from pubtrack.exports._reference_types import NUMBERED, kind
from pubtrack.exports._selection import Selection
from pubtrack.model.work import Date, Work

_IN_BOOKS = frozenset({"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"})


def export(selection: Selection) -> str:
    """A record for each work, from TY to ER, behind a line which readers skip, for no record has begun.

    Every value is one line, so none can be a tag. Marks are characters (H₂O, x²); a name's parts stand between commas.
    """
    content = "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _record(work)) for work in selection.works)
    return _checksum_header.add_checksum(content, "#").replace("\n", "\r\n")


is_former = _checksum_header.is_sealed


def _record(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", kind(work).ris
    for tag, role in (("AU", "author"), ("ED", "editor"), ("A4", "translator")):
        yield from ((tag, name) for name in _shared_fields.inverted_names(work, role))
    for tag, value in (*_titles(work), *_numbers(work), *_dates(work), *_places(work)):
        if value:
            yield tag, value
    yield from (("KW", keyword) for keyword in _shared_fields.keywords(work))
    for tag, variable in (("AB", "abstract"), ("N1", "note"), ("N1", "status")):
        if value := _shared_fields.value(work, variable):
            yield tag, value
    if key := _shared_fields.word(work.id):
        yield "ID", key
    yield "ER", ""


def _titles(work: Work) -> Iterator[tuple[str, str]]:
    yield "TI", _shared_fields.value(work, "title")
    yield "ST", _shared_fields.value(work, "title_short")
    # T2 and BT mean the same; in parts of books bibutils takes T2 for the series, and Springer writes BT.
    yield "BT" if work.type in _IN_BOOKS else "T2", _shared_fields.value(work, "container_title")
    if work.type == "speech":
        yield "T2", _shared_fields.value(work, "event_title")
    yield "T3", _shared_fields.value(work, "collection_title")
    yield "J2", _shared_fields.value(work, "container_title_short")


def _numbers(work: Work) -> Iterator[tuple[str, str]]:
    first, last = _shared_fields.pages(work)
    number = _shared_fields.value(work, "number")
    standard = _shared_fields.value(work, "isbn") or _shared_fields.value(work, "issn")
    yield "VL", _shared_fields.value(work, "volume")
    yield "IS", _shared_fields.value(work, "issue")
    yield "SP", first
    yield "EP", last
    yield "NV", _shared_fields.value(work, "number_of_volumes")
    yield "ET", _shared_fields.value(work, "edition") or _shared_fields.value(work, "version")
    yield "SE", _shared_fields.value(work, "chapter_number")
    yield "SN", number if work.type in NUMBERED and number else standard
    yield "M1", _shared_fields.value(work, "collection_number") if work.type in NUMBERED else number
    yield "M3", _shared_fields.value(work, "genre")


def _dates(work: Work) -> Iterator[tuple[str, str]]:
    yield "PY", _shared_fields.year(work.issued)
    yield "DA", _date(work.issued)
    yield "Y2", _date(work.dates.get("accessed"))


def _date(when: Date | None) -> str:
    """`when` as YYYY/MM/DD/other, all three slashes there (2001 specification, "PY")."""
    if when is None:
        return ""
    year, month, day = (*_shared_fields.iso_date(when).split("-"), "", "")[:3]
    other = _shared_fields.word(when.literal) or _shared_fields.season(when)
    return f"{year}/{month}/{day}/{other}" if year or other else ""


def _places(work: Work) -> Iterator[tuple[str, str]]:
    yield "PB", _shared_fields.value(work, "publisher")
    yield "CY", _shared_fields.value(work, "publisher_place") or _shared_fields.value(work, "event_place")
    yield "DO", _shared_fields.word(work.doi)
    yield "UR", _shared_fields.link(work, "url")
    yield "LA", _shared_fields.value(work, "language")
