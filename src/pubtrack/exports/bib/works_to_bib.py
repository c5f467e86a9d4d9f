"""Works, of which no entry is known, to a .bib in one dialect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pubtrack.bibtex.fields import Dialect
from pubtrack.exports.bib import export_bib
from pubtrack.exports.bib.profiles import DEFAULT
from pubtrack.model.work import Work
from pubtrack.store.library import Library


def works_to_bib(works: Sequence[Work], dialect: Dialect) -> str:
    """The works by the default profile, characters as they are."""
    return export_bib([Library(items=tuple(works))], None, replace(DEFAULT, dialect=dialect, encoding="unicode")).text
