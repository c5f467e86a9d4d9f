"""CSV: a `Selection` to a table for a spreadsheet, in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping

from pubtrack.exports import _shared_fields
from pubtrack.exports._selection import Selection
from pubtrack.model.work import Work

_BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine

_HYPHEN = re.compile(r"(?<=\d)-(?=\d)")


def _variable(name: str) -> Callable[[Work], str]:
    return lambda work: _shared_fields.value(work, name)


def _range(name: str) -> Callable[[Work], str]:
    """Numbers with a dash between: "1-9" Excel would take for a day in January."""
    return lambda work: _HYPHEN.sub("–", _shared_fields.value(work, name))


def _people(role: str) -> Callable[[Work], str]:
    """The people of a role as "Doe, Jane; The Loom Society; et al."."""
    return lambda work: "; ".join(name.removesuffix(",") for name in _shared_fields.inverted_names(work, role))


COLUMNS: Mapping[str, Callable[[Work], str]] = {
    "key": lambda work: _shared_fields.word(work.id),
    "type": lambda work: work.type,
    "author": _people("author"),
    "editor": _people("editor"),
    "title": _variable("title"),
    "container-title": _variable("container_title"),
    "collection-title": _variable("collection_title"),
    "year": lambda work: _shared_fields.year(work.issued),
    "issued": lambda work: _shared_fields.iso_date(work.issued),
    "status": _variable("status"),
    "volume": _range("volume"),
    "issue": _range("issue"),
    "number": _variable("number"),
    "page": _range("page"),
    "edition": _variable("edition"),
    "publisher": _variable("publisher"),
    "publisher-place": _variable("publisher_place"),
    "genre": _variable("genre"),
    "DOI": lambda work: _shared_fields.word(work.doi),
    "URL": lambda work: _shared_fields.link(work, "url") or _shared_fields.address(work),
    "ISBN": _variable("isbn"),
    "ISSN": _variable("issn"),
    "language": _variable("language"),
    "keyword": lambda work: "; ".join(_shared_fields.keywords(work)),
    "note": _variable("note"),
    "abstract": _variable("abstract"),
}
"""The columns, in CSL's words, and what stands in them."""

# What a spreadsheet runs: a cell that begins with one of these signs (OWASP, "CSV Injection"), or with their wide forms
# from East Asian keyboards. Where Excel expects semicolons between cells, one within a text begins a cell too.
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@\t\r＝＋－＠])")


def export(selection: Selection) -> str:
    """A row of `COLUMNS` for each work below their names: UTF-8 with a byte order mark, every cell in quotes, CR LF.

    (RFC 4180.) A cell that a spreadsheet would run as a formula begins with an apostrophe, which it does not show.
    """
    rows = [list(COLUMNS), *([_safe(cell(work)) for cell in COLUMNS.values()] for work in selection.works)]
    return _BOM + _written(rows)


def is_former(text: str) -> bool:
    """In this very layout, with these columns; a spreadsheet that saves the table puts fewer cells in quotes."""
    if not text.startswith(_BOM):
        return False
    content = text.removeprefix(_BOM).replace("\n", "\r\n")
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error:
        return False
    return rows[:1] == [list(COLUMNS)] and all(len(row) == len(COLUMNS) for row in rows) and _written(rows) == content


def _safe(cell: str) -> str:
    return _FORMULA.sub(r"\1\2'", cell)


def _written(rows: list[list[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return file.getvalue()
