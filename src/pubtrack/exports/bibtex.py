"""BibTeX of a `Selection`, by the default profile in Unicode; papers get theirs from exports/bib."""

from __future__ import annotations

from pubtrack.exports import _checksum_header
from pubtrack.exports._selection import Selection
from pubtrack.exports.bib.works_to_bib import works_to_bib


def export(selection: Selection) -> str:
    """The works as BibTeX entries, sorted by key."""
    return works_to_bib(selection.works, "bibtex")


is_former = _checksum_header.is_sealed
