"""A paper's .bib beside the store: its entries to what the store lacks of them, or says otherwise.

Works are compared, not how they are written: LaTeX, braces, macros, dashes, the order of fields, initials, and the
short name of a venue make no difference (`matching`).
"""

from __future__ import annotations

from pubtrack.paper.entries import PaperEntry, compare, read
from pubtrack.paper.parts import part_of
from pubtrack.paper.unlike import Unlike

__all__ = ["PaperEntry", "Unlike", "compare", "part_of", "read"]
