"""Run where bibtexparser 1 is: a .bib file to the number of its entries that have a title."""

from __future__ import annotations

import sys
from pathlib import Path

import bibtexparser

parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
entries = bibtexparser.loads(Path(sys.argv[1]).read_text(encoding="utf-8"), parser=parser).entries
assert all(entry.get("title") for entry in entries)
print(len(entries))
