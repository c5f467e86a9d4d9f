"""The dialect that a file or an entry is written in, by the words that it uses: BibTeX's or biblatex's."""

from __future__ import annotations

from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.document import Document
from pubtrack.bibtex.fields import Dialect

_BIBLATEX = frozenset(
    "journaltitle date eprinttype eprintclass location langid maintitle eventtitle pubstate subtitle "
    "@online @thesis @report @collection @mvbook @mvcollection @dataset @software @periodical @reference @xdata".split()
)
_BIBTEX = frozenset(
    "journal year month address school archiveprefix primaryclass "
    "@phdthesis @mastersthesis @techreport @conference".split()
)
_ENOUGH = 500  # entries that show which dialect a file is written in


def dialect_of(document: Document, default: Dialect = "bibtex") -> Dialect:
    """The dialect whose words the file has more of; `default` where it has as many of both."""
    return _dialect(sum(map(_balance, document.entries[:_ENOUGH]))) or default


def entry_dialect(entry: Entry) -> Dialect | None:
    """The dialect whose words the entry has more of; None where it has as many of both."""
    return _dialect(_balance(entry))


def _dialect(balance: int) -> Dialect | None:
    return None if balance == 0 else "biblatex" if balance > 0 else "bibtex"


def _balance(entry: Entry) -> int:
    """How many more of biblatex's words than of BibTeX's the entry has: its type and the names of its fields."""
    words = {f"@{entry.type.lower()}", *(field.name.lower() for field in entry.fields)}
    return len(words & _BIBLATEX) - len(words & _BIBTEX)
