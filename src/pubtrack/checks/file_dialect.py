"""A file to the dialect that it is written in: BibTeX's words, or biblatex's."""

from __future__ import annotations

from pubtrack.bibtex.document import Document
from pubtrack.bibtex.fields import Dialect

_BIBLATEX = frozenset(
    "journaltitle date eprinttype eprintclass location langid maintitle eventtitle pubstate subtitle "
    "@online @thesis @report @collection @mvbook @mvcollection @dataset @software @periodical @reference @xdata".split()
)
_BIBTEX = frozenset(
    "journal year address school archiveprefix primaryclass @phdthesis @mastersthesis @techreport @conference".split()
)
_ENOUGH = 500  # entries that tell the habit of a file


def dialect_of(document: Document, default: Dialect = "bibtex") -> Dialect:
    """The dialect whose words the file has more of; `default` where it has as many of both."""
    balance = 0
    for entry in document.entries[:_ENOUGH]:
        for word in (f"@{entry.type.lower()}", *(field.name.lower() for field in entry.fields)):
            balance += (word in _BIBLATEX) - (word in _BIBTEX)
    return default if balance == 0 else "biblatex" if balance > 0 else "bibtex"
