"""BibTeX of a `Selection`, by the default profile in Unicode; papers get theirs from exports/bib."""

from __future__ import annotations

from pubtrack.exports import _seal
from pubtrack.exports._selection import Selection
from pubtrack.exports.bib.of_works import of_works


def export(selection: Selection) -> str:
    """The works as BibTeX entries, sorted by key."""
    return of_works(selection.works, "bibtex")


is_former = _seal.is_sealed
