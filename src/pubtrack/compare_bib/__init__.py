"""A paper's .bib and the store in; what the store lacks or says otherwise out.

Works are compared, not how they are written: LaTeX, braces, macros, dashes, the order of fields, initials, and the
short name of a venue make no difference (`matching`).
"""

from __future__ import annotations

from pubtrack.compare_bib.differences import Unlike
from pubtrack.compare_bib.paper_entries import PaperEntry, compare, read
from pubtrack.compare_bib.subset import select_entries

__all__ = ["PaperEntry", "Unlike", "compare", "read", "select_entries"]
